"""What waits to be done by the worker or by people, and for how long; for those who watch the shop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from shop.models import Inquiry, Notice, Photo, Revision


@dataclass(frozen=True, slots=True)
class Waiting:
    """`oldest_s`: whole seconds since the oldest began to wait, 0 when nothing waits."""

    what: str
    count: int
    oldest_s: int


def queues(session: Session, *, at: datetime) -> list[Waiting]:
    """Photos to render, notices to send, works to review, questions without an answer."""
    unsent = (Notice.channel == "email") & Notice.sent_at.is_(None) & Notice.cancelled_at.is_(None)
    return [
        _waiting(session, "photos", Photo.received_at, Photo.state.in_(("received", "rendering")), at),
        _waiting(session, "photos_parked", Photo.received_at, Photo.state == "parked", at),
        _waiting(session, "emails", Notice.due_at, unsent & (Notice.due_at <= at), at),
        _waiting(
            session, "reviews", Revision.submitted_at, Revision.status.in_(("submitted", "in_review")), at
        ),
        _waiting(session, "questions", Inquiry.waiting_since, Inquiry.status == "asked", at),
    ]


def _waiting(
    session: Session, what: str, since: InstrumentedAttribute[Any], which: ColumnElement[bool], at: datetime
) -> Waiting:
    count, oldest = session.execute(select(func.count(), func.min(since)).where(which)).one()
    return Waiting(what, count, max(0, int((at - oldest).total_seconds())) if oldest else 0)
