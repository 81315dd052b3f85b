"""Finding people."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from shop.models import Member, Person, SignIn


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
