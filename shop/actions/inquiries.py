"""How a thread ends before there is a price, and how a guest's becomes a person's."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions import documents
from shop.actions.events import log
from shop.actions.locking import hold_row
from shop.actions.telling import tell_buyer, tell_producer
from shop.domain.deal import deal_step
from shop.domain.errors import NotAllowed
from shop.domain.roles import Actor
from shop.models import Inquiry, Person


def decline(
    session: Session,
    inquiry: Inquiry,
    *,
    by: Person | None,
    reason: str,
    at: datetime,
    handed_by: Person | None = None,
) -> None:
    """The maker cannot. Raises WrongState where the table has no such step."""
    _end(session, inquiry, "decline", by=by, actor=Actor.PRODUCER, reason=reason, at=at)
    tell_buyer(session, inquiry, "inquiry_declined", at=at, by=handed_by, facts={"reason": reason})


def withdraw(session: Session, inquiry: Inquiry, *, by: Person | None, reason: str, at: datetime) -> None:
    """The buyer no longer wants it. Raises WrongState where the table has no such step."""
    _end(session, inquiry, "withdraw", by=by, actor=Actor.BUYER, reason=reason, at=at)
    tell_producer(session, inquiry, "inquiry_withdrawn", at=at, facts={"reason": reason})


def lapse(session: Session, inquiry: Inquiry, *, at: datetime) -> None:
    """Nothing was heard for too long. Raises WrongState where the table has no such step."""
    _end(session, inquiry, "lapse", by=None, actor=Actor.SYSTEM, reason="", at=at)
    tell_buyer(session, inquiry, "inquiry_lapsed", at=at, by=None)
    tell_producer(session, inquiry, "inquiry_lapsed", at=at)


def keep(session: Session, inquiry: Inquiry, *, by: Person, at: datetime) -> None:
    """A guest who signed in takes the thread into their account. Raises NotAllowed when it is somebody's."""
    hold_row(session, inquiry)
    if inquiry.buyer_id == by.id:
        return
    if inquiry.buyer_id is not None:
        raise NotAllowed
    inquiry.buyer_id = by.id
    log(session, "keep", by=by, actor=Actor.BUYER, at=at, inquiry=inquiry)


def keep_confirmed(session: Session, person: Person, *, at: datetime) -> int:
    """All guest threads left under a person's confirmed e-mail join their account; how many."""
    if person.email is None or person.email_confirmed_at is None:
        return 0
    query = select(Inquiry).where(Inquiry.buyer_id.is_(None), Inquiry.buyer_email == person.email)
    found = session.scalars(query.order_by(Inquiry.id)).all()
    for inquiry in found:
        keep(session, inquiry, by=person, at=at)
    return len(found)


def _end(
    session: Session,
    inquiry: Inquiry,
    step: str,
    *,
    by: Person | None,
    actor: Actor,
    reason: str,
    at: datetime,
) -> None:
    hold_row(session, inquiry)
    before = inquiry.status
    inquiry.status = deal_step(before, step, by=actor).value
    inquiry.closed_reason, inquiry.changed_at, inquiry.waiting_since = reason, at, None
    log(
        session, step, by=by, actor=actor, at=at, inquiry=inquiry,
        from_status=before, to_status=inquiry.status,
    )  # fmt: skip
    documents.follow(session, inquiry, None, at=at)
