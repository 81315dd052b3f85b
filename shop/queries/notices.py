"""Which notices wait: for the mail, for a hand, for somebody to see why they failed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from shop.domain.notice import LEFT_LYING, MOST_TRIES
from shop.models import Inquiry, Notice, Person


def due(at: datetime) -> ColumnElement[bool]:
    """E-mails that may go now."""
    return and_(
        Notice.channel == "email",
        *_unsent(at),
        Notice.attempts < MOST_TRIES,
        or_(Notice.leased_until.is_(None), Notice.leased_until <= at),
    )


def any_due(session: Session, *, at: datetime) -> bool:
    """Whether an e-mail may go now."""
    return session.scalar(select(Notice.id).where(due(at)).limit(1)) is not None


def to_hand_over(
    session: Session, *, at: datetime, by: Person | None = None, curator: Person | None = None, most: int = 50
) -> list[Notice]:
    """WhatsApp messages somebody must send, oldest first: `by`'s own; or the gallery's, when nobody is named, with
    those that others left lying for half a day, and a curator's own.
    """
    query = (
        select(Notice)
        .where(*_unsent(at), Notice.channel == "whatsapp", Notice.to_phone.is_not(None))
        .where(Notice.hand_over_by_id == by.id if by else _for_gallery(at, curator))
        .options(joinedload(Notice.person), joinedload(Notice.inquiry).joinedload(Inquiry.producer))
        .order_by(Notice.due_at, Notice.id)
        .limit(most)
    )
    return list(session.scalars(query))


def failed(session: Session, *, most: int = 50) -> list[Notice]:
    """E-mails that were tried and did not go, newest trouble first; given up ones among them."""
    query = (
        select(Notice)
        .where(
            Notice.channel == "email",
            Notice.sent_at.is_(None),
            Notice.cancelled_at.is_(None),
            Notice.last_problem != "",
        )
        .options(joinedload(Notice.person), joinedload(Notice.inquiry))
        .order_by(Notice.id.desc())
        .limit(most)
    )
    return list(session.scalars(query))


def waiting_counts(session: Session, *, at: datetime, curator: Person | None = None) -> tuple[int, int]:
    """How many messages the gallery (or this curator) must hand over, and how many e-mails are in trouble."""
    mine = _for_gallery(at, curator)
    hand = and_(*_unsent(at), Notice.channel == "whatsapp", Notice.to_phone.is_not(None), mine)
    trouble = and_(*_unsent(at), Notice.channel == "email", Notice.last_problem != "")
    query = select(
        select(func.count()).select_from(Notice).where(hand).scalar_subquery(),
        select(func.count()).select_from(Notice).where(trouble).scalar_subquery(),
    )
    first, second = session.execute(query).one()
    return first, second


def _for_gallery(at: datetime, curator: Person | None) -> ColumnElement[bool]:
    anybodys = or_(Notice.hand_over_by_id.is_(None), Notice.due_at <= at - LEFT_LYING)
    return or_(anybodys, Notice.hand_over_by_id == curator.id) if curator else anybodys


def _unsent(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (Notice.sent_at.is_(None), Notice.cancelled_at.is_(None), Notice.due_at <= at)
