"""People as administrators see them: by task, with search, page by page; and what happened to one of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased

from shop.models import Event, Member, OneTimeLink, Person

PER_PAGE = 25
EVENTS_PER_PAGE = 50
GROUPS = ("semua", "kurator", "pengurus", "perajin", "ditangguhkan")


def counts(session: Session) -> dict[str, int]:
    """How many people stand in each group, in one query."""
    columns = [func.count().filter(_in_group(group)).label(group) for group in GROUPS]
    row = session.execute(select(*columns).select_from(Person)).one()
    return dict(zip(GROUPS, row, strict=True))


def page_of(
    session: Session, group: str, words: str, phone: str | None, *, page: int
) -> tuple[list[Person], int]:
    """One page of a group by name, and how many there are. `phone` is the words read as a number."""
    where = [_in_group(group)]
    if words:
        fits = [Person.name.icontains(words, autoescape=True), Person.email.icontains(words, autoescape=True)]
        where.append(or_(*fits, Person.phone == phone) if phone else or_(*fits))
    total = session.scalar(select(func.count()).select_from(Person).where(*where)) or 0
    query = (
        select(Person)
        .where(*where)
        .order_by(Person.name, Person.id)
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    )
    return list(session.scalars(query)), total


def events_of(session: Session, person: Person, *, page: int) -> tuple[list[tuple[Event, str]], int]:
    """What the person did and what was done to them, the newest first, with the name of who did it."""
    about = or_(Event.person_id == person.id, Event.by_id == person.id)
    actor = aliased(Person)
    total = session.scalar(select(func.count()).select_from(Event).where(about)) or 0
    query = (
        select(Event, func.coalesce(actor.name, ""))
        .outerjoin(actor, actor.id == Event.by_id)
        .where(about)
        .order_by(Event.at.desc(), Event.id.desc())
        .limit(EVENTS_PER_PAGE)
        .offset((page - 1) * EVENTS_PER_PAGE)
    )
    return [(event, who) for event, who in session.execute(query)], total


def open_staff_invitations(session: Session, *, at: datetime) -> list[OneTimeLink]:
    """Invitations to the staff that nobody accepted yet, the newest first."""
    query = (
        select(OneTimeLink)
        .where(
            OneTimeLink.purpose == "invite_staff",
            OneTimeLink.used_at.is_(None),
            OneTimeLink.revoked_at.is_(None),
            OneTimeLink.expires_at > at,
        )
        .order_by(OneTimeLink.id.desc())
        .limit(PER_PAGE)
    )
    return list(session.scalars(query))


def _in_group(group: str) -> ColumnElement[bool]:
    here = Person.deleted_at.is_(None)
    if group == "kurator":
        return here & Person.is_curator
    if group == "pengurus":
        return here & Person.is_administrator
    if group == "ditangguhkan":
        return here & Person.suspended_at.is_not(None)
    if group == "perajin":
        standing = select(Member.id).where(Member.person_id == Person.id, Member.left_at.is_(None)).exists()
        return here & standing
    return here
