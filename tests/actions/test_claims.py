"""Holding works: who holds what, for how long, and two curators at the same moment."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.actions import claims, decisions, review_drafts
from shop.domain.curation import HeldByAnother, Judgement, OwnGroup
from shop.domain.errors import ChangedMeanwhile, ShopError
from shop.extensions import db
from shop.models import Decision, Event, Person, ReviewDraft, Revision
from tests import factories
from tests.curating import LATER, PASSES, SENT_BACK, Cast, cast, revision_of_live, work
from tests.factories import AT

HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture
def who(session: Session) -> Cast:
    return cast(session)


def test_a_hold_leaves_the_version_alone_and_stands_in_the_log(session: Session, who: Cast) -> None:
    revision = work(session, who)
    version = revision.version
    claims.claim(session, revision, by=who.sari, at=LATER)
    assert (revision.status, revision.listing.status) == ("in_review", "in_review")
    assert (revision.claimed_by_id, revision.claim_active_at) == (who.sari.id, LATER)
    claims.release(session, revision, by=who.sari, at=LATER)
    assert (revision.status, revision.listing.status, revision.claimed_by_id) == (
        "submitted",
        "submitted",
        None,
    )
    assert revision.version == version
    steps = [(event.what, event.from_status, event.to_status) for event in session.scalars(select(Event))]
    assert steps == [("claim", "submitted", "in_review"), ("release", "in_review", "submitted")]


def test_what_a_colleague_holds_cannot_be_taken_until_half_an_hour_without_a_sign_of_life(
    session: Session, who: Cast
) -> None:
    revision = work(session, who, "in_review")
    with pytest.raises(HeldByAnother):
        claims.claim(session, revision, by=who.agus, at=AT + HALF_AN_HOUR - timedelta(seconds=1))
    claims.claim(session, revision, by=who.agus, at=AT + HALF_AN_HOUR)
    assert revision.claimed_by_id == who.agus.id
    assert [(event.what, event.actor) for event in session.scalars(select(Event).order_by(Event.id))] == [
        ("release", "system"), ("claim", "curator")]  # fmt: skip
    with pytest.raises(HeldByAnother):
        decisions.approve(
            session, revision, PASSES, by=who.sari, version=revision.version, at=AT + HALF_AN_HOUR
        )


def test_filling_in_the_form_keeps_the_hold_alive(session: Session, who: Cast) -> None:
    revision = work(session, who, "in_review")
    review_drafts.save_draft(session, revision, SENT_BACK, by=who.sari, at=AT + timedelta(minutes=29))
    assert claims.return_stale(session, at=AT + timedelta(minutes=31)) == 0
    assert claims.return_stale(session, at=AT + timedelta(minutes=59)) == 1
    assert revision.status == "submitted"
    draft = session.scalar(select(ReviewDraft))
    assert draft is not None
    assert (draft.note, draft.internal_note) == (SENT_BACK.note, SENT_BACK.internal_note)


def test_a_draft_of_somebody_else_keeps_no_hold_alive(session: Session, who: Cast) -> None:
    revision = work(session, who, "in_review")
    review_drafts.save_draft(session, revision, SENT_BACK, by=who.agus, at=LATER)
    assert revision.claim_active_at == AT
    with pytest.raises(OwnGroup):
        review_drafts.save_draft(session, revision, SENT_BACK, by=who.own, at=LATER)


def test_only_the_holder_gives_back(session: Session, who: Cast) -> None:
    revision = work(session, who, "in_review")
    with pytest.raises(ChangedMeanwhile):
        claims.release(session, revision, by=who.agus, at=LATER)


def test_the_next_work_is_the_oldest_that_is_free_and_not_of_the_own_group(
    session: Session, who: Cast
) -> None:
    newer = work(session, who)
    newer.submitted_at = AT + timedelta(hours=1)
    held = work(session, who, "in_review", holder=who.fransiskus)
    oldest = work(session, who)
    oldest.submitted_at = AT - timedelta(days=9)
    session.flush()
    assert claims.claim_next(session, by=who.own, at=LATER) is None
    assert claims.claim_next(session, by=who.sari, at=LATER) is oldest
    assert claims.claim_next(session, by=who.sari, at=LATER) is newer
    assert claims.claim_next(session, by=who.sari, at=LATER) is None
    assert claims.claim_next(session, by=who.sari, at=AT + HALF_AN_HOUR) is held


def test_after_skipping_comes_the_one_behind_and_then_the_front_again(session: Session, who: Cast) -> None:
    first, second, third = (work(session, who) for _ in range(3))
    assert claims.claim_next(session, by=who.sari, at=LATER, after=first) is second
    claims.release(session, second, by=who.sari, at=LATER)
    assert claims.claim_next(session, by=who.sari, at=LATER, after=second) is third
    claims.release(session, third, by=who.sari, at=LATER)
    assert claims.claim_next(session, by=who.sari, at=LATER, after=third) is first


def test_a_hold_on_a_revision_leaves_the_live_work_alone(session: Session, who: Cast) -> None:
    revision = revision_of_live(session, who)
    claims.claim(session, revision, by=who.sari, at=LATER)
    assert (revision.status, revision.listing.status) == ("in_review", "published")


# --- at the same moment -----------------------------------------------------------------------


def together(app: Flask, *acts: Callable[[Session], Any]) -> list[Any]:
    """Each act in a thread and a session of its own, all let go at once; what came of each."""
    with app.app_context():
        engine = db.engine
    gate = threading.Barrier(len(acts))
    outcomes: list[Any] = [None] * len(acts)

    def run(number: int, act: Callable[[Session], Any]) -> None:
        with Session(engine) as own:
            gate.wait()
            try:
                outcomes[number] = act(own)
                own.commit()
            except ShopError as refused:
                own.rollback()
                outcomes[number] = refused

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


def test_of_two_curators_who_decide_at_once_one_wins_and_the_other_hears_that_it_moved(
    app: Flask, session: Session, who: Cast
) -> None:
    revision = work(session, who)
    number, version, ids = revision.id, revision.version, (who.sari.id, who.agus.id)
    session.commit()

    def approve(own: Session) -> str:
        mine, by = own.get_one(Revision, number), own.get_one(Person, ids[0])
        return decisions.approve(own, mine, PASSES, by=by, version=version, at=LATER).kind

    def reject(own: Session) -> str:
        mine, by = own.get_one(Revision, number), own.get_one(Person, ids[1])
        return decisions.reject(own, mine, SENT_BACK, by=by, version=version, at=LATER).kind

    outcomes = together(app, approve, reject)
    won = [outcome for outcome in outcomes if isinstance(outcome, str)]
    assert len(won) == 1
    assert [type(outcome) for outcome in outcomes if not isinstance(outcome, str)] == [ChangedMeanwhile]
    assert session.scalars(select(Decision.kind)).all() == won
    session.refresh(revision)
    assert revision.status == {"approve": "published", "reject": "rejected"}[won[0]]


def test_two_curators_who_take_the_next_at_once_get_two_works(
    app: Flask, session: Session, who: Cast
) -> None:
    works = {work(session, who).id for _ in range(4)}
    ids = [person.id for person in (who.sari, who.agus, who.fransiskus)]
    session.commit()

    def next_for(person_id: int) -> Callable[[Session], int]:
        def act(own: Session) -> int:
            taken = claims.claim_next(own, by=own.get_one(Person, person_id), at=LATER)
            assert taken is not None
            return taken.id

        return act

    outcomes = together(app, *(next_for(person_id) for person_id in ids))
    assert len(set(outcomes)) == 3
    assert set(outcomes) <= works
    assert (
        session.scalar(select(func.count()).select_from(Revision).where(Revision.status == "in_review")) == 3
    )


def test_a_claim_against_a_decision_at_once_leaves_one_holder_or_one_decision(
    app: Flask, session: Session, who: Cast
) -> None:
    revision = work(session, who)
    number, version, ids = revision.id, revision.version, (who.sari.id, who.agus.id)
    session.commit()

    def claim(own: Session) -> str:
        claims.claim(own, own.get_one(Revision, number), by=own.get_one(Person, ids[0]), at=LATER)
        return "claimed"

    def approve(own: Session) -> str:
        mine, by = own.get_one(Revision, number), own.get_one(Person, ids[1])
        return decisions.approve(own, mine, PASSES, by=by, version=version, at=LATER).kind

    outcomes = [outcome for outcome in together(app, claim, approve) if isinstance(outcome, str)]
    assert outcomes in (["claimed"], ["approve"])
    session.refresh(revision)
    assert revision.status == {"claimed": "in_review", "approve": "published"}[outcomes[0]]


def test_a_judgement_without_anything_is_an_empty_draft(session: Session, who: Cast) -> None:
    revision = work(session, who)
    draft = review_drafts.save_draft(session, revision, Judgement(), by=who.sari, at=LATER)
    assert (draft.gates, draft.codes, draft.note) == ({}, [], "")
    assert revision.submitted_at == factories.AT
