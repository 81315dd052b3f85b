"""What happens when nobody answers: the maker is reminded, the gallery looks, the matter lapses. Each once.

All three read the clock they are handed, so a worker that was down for a week does each of them once, late; what
has lapsed is not reminded of.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from shop.actions.events import log
from shop.actions.inquiries import lapse
from shop.actions.telling import tell_producer
from shop.domain.deal import ESCALATE_AFTER, LAPSE_AFTER, NUDGE_AFTER, DealStatus
from shop.domain.roles import Actor
from shop.models import Inquiry

AT_ONCE = 50
#: Where the next step is an answer in words or a quote.
BY_WORDS = (DealStatus.ASKED.value, DealStatus.COUNTERED.value)


def anything_due(session: Session, *, at: datetime) -> bool:
    """Whether a timer has run out; reads only."""
    due = or_(_to_lapse(at), _to_nudge(at), _to_escalate(at))
    return session.scalar(select(Inquiry.id).where(due).limit(1)) is not None


def lapse_due(session: Session, *, at: datetime) -> int:
    """Close what nothing was heard of for fourteen days; how many, at most fifty."""
    found = _held(session, _to_lapse(at))
    for inquiry in found:
        lapse(session, inquiry, at=at)
    return len(found)


def nudge_due(session: Session, *, at: datetime) -> int:
    """Remind makers of questions a day old; how many, at most fifty."""
    found = _held(session, _to_nudge(at))
    for inquiry in found:
        inquiry.nudged_at = at
        log(session, "nudge", by=None, actor=Actor.SYSTEM, at=at, inquiry=inquiry)
        tell_producer(session, inquiry, "inquiry_nudge", at=at)
    return len(found)


def escalate_due(session: Session, *, at: datetime) -> int:
    """Put questions two days old before the curators; how many, at most fifty."""
    found = _held(session, _to_escalate(at))
    for inquiry in found:
        inquiry.escalated_at = at
        log(session, "escalate", by=None, actor=Actor.SYSTEM, at=at, inquiry=inquiry)
    return len(found)


def _held(session: Session, due: ColumnElement[bool]) -> Sequence[Inquiry]:
    """The ones that wait longest, taken so that no other worker does the same."""
    query = select(Inquiry).where(due).order_by(Inquiry.changed_at, Inquiry.id).limit(AT_ONCE)
    return session.scalars(query.with_for_update(skip_locked=True, of=Inquiry)).all()


def _to_lapse(at: datetime) -> ColumnElement[bool]:
    return and_(Inquiry.status.in_(BY_WORDS), Inquiry.changed_at <= at - LAPSE_AFTER)


def _to_nudge(at: datetime) -> ColumnElement[bool]:
    not_yet = or_(Inquiry.nudged_at.is_(None), Inquiry.nudged_at < Inquiry.waiting_since)
    return and_(_waiting(), Inquiry.waiting_since <= at - NUDGE_AFTER, not_yet)


def _to_escalate(at: datetime) -> ColumnElement[bool]:
    not_yet = or_(Inquiry.escalated_at.is_(None), Inquiry.escalated_at < Inquiry.waiting_since)
    return and_(_waiting(), Inquiry.waiting_since <= at - ESCALATE_AFTER, not_yet)


def _waiting() -> ColumnElement[bool]:
    return and_(Inquiry.status.in_(BY_WORDS), Inquiry.waiting_since.is_not(None))
