"""Opening and closing the door: sign-ins are rows, so that ending one ends it at once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from shop.actions.events import log
from shop.domain.roles import Actor
from shop.domain.sessions import SIGN_IN_LASTS
from shop.domain.tokens import hash_token
from shop.models import Person, SignIn


def sign_in(session: Session, person: Person, *, token: str, browser: str, at: datetime) -> SignIn:
    """A standing sign-in of one browser, which holds the token."""
    row = SignIn(
        token_hash=hash_token(token),
        person=person,
        browser=browser,
        created_at=at,
        seen_at=at,
        expires_at=at + SIGN_IN_LASTS,
    )
    session.add(row)
    session.flush()
    log(
        session, "sign_in", by=person, actor=actor_of(person), person=person, at=at, facts={"sign_in": row.id}
    )
    return row


def sign_out(session: Session, row: SignIn, *, at: datetime) -> None:
    row.revoked_at = at
    person = row.person
    log(
        session,
        "sign_out",
        by=person,
        actor=actor_of(person),
        person=person,
        at=at,
        facts={"sign_in": row.id},
    )


def end_sign_ins(
    session: Session, person: Person, *, by: Person | None, at: datetime, keep: SignIn | None = None
) -> None:
    """Every browser of the person is out at once, but for the one to keep."""
    standing = [SignIn.person_id == person.id, SignIn.revoked_at.is_(None)]
    if keep is not None:
        standing.append(SignIn.id != keep.id)
    session.execute(update(SignIn).where(*standing).values(revoked_at=at))
    actor = actor_of(by) if by else Actor.SYSTEM
    log(session, "sign_ins_ended", by=by, actor=actor, person=person, at=at)


def actor_of(person: Person) -> Actor:
    """In what capacity a person acts on accounts."""
    if person.is_administrator:
        return Actor.ADMINISTRATOR
    return Actor.CURATOR if person.is_curator else Actor.BUYER
