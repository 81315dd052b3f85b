"""Producers as curators see them: by state, with search, page by page."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from shop.domain.producer import ProducerStatus
from shop.domain.roles import MemberRole
from shop.models import Event, Listing, Member, OneTimeLink, Person, Producer

PER_PAGE = 25
HISTORY = 50


def counts(session: Session) -> dict[str, int]:
    """How many producers stand in each state, in one query."""
    found = dict(session.execute(select(Producer.status, func.count()).group_by(Producer.status)).all())
    return {status.value: found.get(status.value, 0) for status in ProducerStatus}


def page_of(session: Session, status: str, words: str, *, page: int) -> tuple[list[Producer], int]:
    """One page of a state, who waits longest first, with crafts; and how many there are."""
    where = [Producer.status == status]
    if words:
        where.append(
            or_(
                Producer.name.icontains(words, autoescape=True),
                Producer.village.icontains(words, autoescape=True),
            )
        )
    total = session.scalar(select(func.count()).select_from(Producer).where(*where)) or 0
    order = (
        (Producer.applied_at, Producer.id)
        if status == ProducerStatus.APPLIED
        else (Producer.name, Producer.id)
    )
    query = (
        select(Producer)
        .where(*where)
        .options(selectinload(Producer.crafts))
        .order_by(*order)
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    )
    return list(session.scalars(query)), total


def standing_members(session: Session, producer: Producer) -> list[Member]:
    """Those who belong to it now, chairs first."""
    return list(session.scalars(_members(producer).where(Member.left_at.is_(None))))


def past_members(session: Session, producer: Producer) -> list[Member]:
    """Those who left, the last first."""
    query = (
        _members(producer).where(Member.left_at.is_not(None)).order_by(None).order_by(Member.left_at.desc())
    )
    return list(session.scalars(query))


def history(session: Session, producer: Producer) -> list[tuple[Event, str]]:
    """The newest steps of the producer itself (not of its works and threads), each with the name of who took it."""
    query = (
        select(Event, func.coalesce(Person.name, ""))
        .outerjoin(Person, Person.id == Event.by_id)
        .where(Event.producer_id == producer.id, Event.listing_id.is_(None), Event.inquiry_id.is_(None))
        .order_by(Event.id.desc())
        .limit(HISTORY)
    )
    return [(event, who) for event, who in session.execute(query)]


def works_by_status(session: Session, producer: Producer) -> dict[str, int]:
    query = (
        select(Listing.status, func.count())
        .where(Listing.producer_id == producer.id)
        .group_by(Listing.status)
    )
    return dict(session.execute(query).all())


def open_invitations(session: Session, producer: Producer | None, *, at: datetime) -> list[OneTimeLink]:
    """Invitations into a producer (or to new ones) that still open something, the newest first."""
    whose = OneTimeLink.producer_id == producer.id if producer else OneTimeLink.producer_id.is_(None)
    query = (
        select(OneTimeLink)
        .where(
            OneTimeLink.purpose == "join_producer",
            whose,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.revoked_at.is_(None),
            OneTimeLink.expires_at > at,
        )
        .order_by(OneTimeLink.id.desc())
        .limit(HISTORY)
    )
    return list(session.scalars(query))


def _members(producer: Producer) -> Select[Member]:
    chairs_first = case((Member.role == MemberRole.CHAIR.value, 0), else_=1)
    return (
        select(Member)
        .where(Member.producer_id == producer.id)
        .options(joinedload(Member.person), joinedload(Member.producer))
        .order_by(chairs_first, Member.id)
    )
