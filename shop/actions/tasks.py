"""Work for people of the council: opened once for each subject, closed with an outcome."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shop.models import Inquiry, Payment, Person, StaffTask


def open_task(
    session: Session,
    kind: str,
    subject: str,
    *,
    at: datetime,
    inquiry: Inquiry | None = None,
    payment: Payment | None = None,
    facts: dict[str, Any] | None = None,
) -> StaffTask:
    """The open task of this kind for this subject; a second opening is the same task."""
    query = select(StaffTask).filter_by(kind=kind, subject=subject, done_at=None)
    known = session.scalar(query)
    if known is not None:
        return known
    task = StaffTask(
        kind=kind,
        subject=subject,
        inquiry_id=inquiry.id if inquiry else None,
        payment_id=payment.id if payment else None,
        facts=facts or {},
        opened_at=at,
    )
    try:
        with session.begin_nested():
            session.add(task)
    except IntegrityError:
        return session.scalars(query).one()
    return task


def close_task(
    session: Session, kind: str, subject: str, *, by: Person | None, outcome: str, at: datetime
) -> None:
    """Done, whoever did it; nothing happens where none is open."""
    for task in session.scalars(select(StaffTask).filter_by(kind=kind, subject=subject, done_at=None)):
        task.done_at, task.done_by_id, task.outcome = at, by.id if by else None, outcome
    session.flush()


def close_all(
    session: Session, kind: str, inquiry: Inquiry, *, outcome: str, at: datetime, by: Person | None = None
) -> None:
    """Every open task of this kind about this deal."""
    open_ones = select(StaffTask).filter_by(kind=kind, inquiry_id=inquiry.id, done_at=None)
    for task in session.scalars(open_ones).all():
        task.done_at, task.done_by_id, task.outcome = at, by.id if by else None, outcome
    session.flush()
