"""Finding people."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from shop.models import Consent, Member, Person, SignIn


def by_contact(session: Session, email: str | None, phone: str | None) -> Person | None:
    """Whoever has this e-mail address or, without one, this number."""
    if email:
        return session.scalar(select(Person).where(Person.email == email))
    return session.scalar(select(Person).where(Person.phone == phone)) if phone else None


def anybody_with(session: Session, email: str | None, phone: str | None) -> Person | None:
    """Somebody who has the address or the number, the owner of the address first."""
    has = [column == value for column, value in ((Person.email, email), (Person.phone, phone)) if value]
    if not has:
        return None
    found = session.scalars(select(Person).where(or_(*has))).all()
    return next((p for p in found if p.email == email), found[0] if found else None)


def standing_sign_ins(session: Session, person: Person, *, at: datetime) -> list[SignIn]:
    """The browsers a person is signed in with, the newest first."""
    query = (
        select(SignIn)
        .where(SignIn.person_id == person.id, SignIn.revoked_at.is_(None), SignIn.expires_at > at)
        .order_by(SignIn.id.desc())
    )
    return list(session.scalars(query))


def is_member(session: Session, person: Person) -> bool:
    """Whether the person stands in some producer's business or group."""
    standing = exists().where(Member.person_id == person.id, Member.left_at.is_(None))
    return bool(session.scalar(select(standing)))


def memberships(session: Session, person: Person) -> list[Member]:
    """Where the person stands, with the producers, the first joined first."""
    query = (
        select(Member)
        .where(Member.person_id == person.id, Member.left_at.is_(None))
        .options(joinedload(Member.producer))
        .order_by(Member.id)
    )
    return list(session.scalars(query))


def curators(session: Session) -> list[Person]:
    """Those who can act now."""
    query = select(Person).where(Person.is_curator, *_active()).order_by(Person.id)
    return list(session.scalars(query))


def other_administrators(session: Session, person: Person) -> int:
    """How many besides the person can act as administrators now."""
    query = select(func.count()).where(Person.is_administrator, Person.id != person.id, *_active())
    return session.scalar(query) or 0


def standing_consents(session: Session, person: Person) -> dict[str, datetime]:
    """Purpose → since when, for what the person agrees to now."""
    query = select(Consent.purpose, Consent.given_at).where(
        Consent.person_id == person.id, Consent.withdrawn_at.is_(None)
    )
    return dict(session.execute(query).all())


def _active() -> tuple[ColumnElement[bool], ...]:
    return (Person.suspended_at.is_(None), Person.deletion_asked_at.is_(None), Person.deleted_at.is_(None))


def has_a_room(session: Session, person: Person, *, at: datetime) -> bool:
    """Whether the person is signed in somewhere, so that a list of theirs is looked at."""
    query = select(SignIn.id).where(
        SignIn.person_id == person.id, SignIn.revoked_at.is_(None), SignIn.expires_at > at
    )
    return session.scalar(query.limit(1)) is not None
