"""Nobody answers: a reminder after a day, the gallery after two, the end after fourteen. Each once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions import patience
from shop.actions.talking import reply
from shop.domain.roles import Actor
from shop.models import Event, Inquiry, Notice
from tests import factories
from tests.factories import AT

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


@pytest.fixture
def asked(session: Session) -> Callable[..., Inquiry]:
    maker = factories.person(session, "Maria")
    work = factories.published(session, factories.producer(session, chair=maker), maker)

    def make(**values: Any) -> Inquiry:
        return factories.inquiry(session, work, **{"buyer_email": "ratna@contoh.test"} | values)

    return make


def what_happened(session: Session) -> list[str]:
    return list(session.scalars(select(Event.what).order_by(Event.id)))


def run(session: Session, at: Any) -> None:
    """What the worker does each minute."""
    for step in (patience.lapse_due, patience.nudge_due, patience.escalate_due):
        step(session, at=at)


def test_after_a_day_the_maker_is_reminded_once(session: Session, asked: Callable[..., Inquiry]) -> None:
    asked()
    run(session, AT + 24 * HOUR - SECOND)
    assert what_happened(session) == []
    assert not patience.anything_due(session, at=AT + 24 * HOUR - SECOND)
    assert patience.anything_due(session, at=AT + 24 * HOUR)
    run(session, AT + 24 * HOUR)
    run(session, AT + 25 * HOUR)
    assert what_happened(session) == ["nudge"]
    assert session.scalars(select(Notice.kind)).all() == ["inquiry_nudge"]
    assert not patience.anything_due(session, at=AT + 25 * HOUR)


def test_after_two_days_it_stands_before_the_curators_once(
    session: Session, asked: Callable[..., Inquiry]
) -> None:
    inquiry = asked()
    for hours in (24, 47, 48, 49, 100):
        run(session, AT + hours * HOUR)
    assert what_happened(session) == ["nudge", "escalate"]
    assert inquiry.escalated_at == AT + 48 * HOUR


def test_after_fourteen_days_it_lapses_and_both_are_told(
    session: Session, asked: Callable[..., Inquiry]
) -> None:
    inquiry = asked()
    run(session, AT + timedelta(days=14) - SECOND)
    assert inquiry.status == "asked"
    run(session, AT + timedelta(days=14))
    assert inquiry.status == "lapsed"
    assert what_happened(session)[-1] == "lapse"
    told = session.scalars(select(Notice.kind).where(Notice.kind == "inquiry_lapsed")).all()
    assert len(told) == 2


def test_a_worker_that_was_down_for_a_week_does_each_thing_once_and_late(
    session: Session, asked: Callable[..., Inquiry]
) -> None:
    asked()
    week = AT + timedelta(days=7)
    run(session, week)
    run(session, week + SECOND)
    assert what_happened(session) == ["nudge", "escalate"]


def test_what_lapses_is_not_reminded_of(session: Session, asked: Callable[..., Inquiry]) -> None:
    asked()
    run(session, AT + timedelta(days=30))
    assert what_happened(session) == ["lapse"]


def test_an_answer_ends_the_waiting_and_the_next_question_begins_it_anew(
    session: Session, asked: Callable[..., Inquiry]
) -> None:
    inquiry = asked()
    run(session, AT + 24 * HOUR)
    reply(session, inquiry, side=Actor.PRODUCER, by=None, text="Bisa.", form_key="a", at=AT + 25 * HOUR)
    run(session, AT + 60 * HOUR)
    assert what_happened(session) == ["nudge", "reply"]
    reply(session, inquiry, side=Actor.BUYER, by=None, text="Kapan?", form_key="b", at=AT + 61 * HOUR)
    run(session, AT + 85 * HOUR)
    run(session, AT + 109 * HOUR)
    assert what_happened(session) == ["nudge", "reply", "reply", "nudge", "escalate"]


def test_the_fourteen_days_begin_with_the_last_word(session: Session, asked: Callable[..., Inquiry]) -> None:
    inquiry = asked()
    late = AT + timedelta(days=10)
    reply(session, inquiry, side=Actor.PRODUCER, by=None, text="Bisa.", form_key="a", at=late)
    run(session, AT + timedelta(days=20))
    assert inquiry.status == "asked"
    run(session, late + timedelta(days=14))
    assert inquiry.status == "lapsed"


@pytest.mark.parametrize("status", ["declined", "withdrawn", "lapsed", "completed"])
def test_what_has_ended_is_left_alone(session: Session, asked: Callable[..., Inquiry], status: str) -> None:
    asked(status=status)
    run(session, AT + timedelta(days=400))
    assert what_happened(session) == []


def test_more_than_one_lot_is_done_lot_by_lot(session: Session, asked: Callable[..., Inquiry]) -> None:
    for _ in range(patience.AT_ONCE + 3):
        asked()
    assert patience.nudge_due(session, at=AT + 24 * HOUR) == patience.AT_ONCE
    assert patience.nudge_due(session, at=AT + 24 * HOUR) == 3
    assert patience.nudge_due(session, at=AT + 24 * HOUR) == 0
