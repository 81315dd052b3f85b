"""Becoming somebody here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shop.actions.events import log
from shop.actions.notices import tell
from shop.actions.one_time_links import make_link
from shop.domain.consent import Purpose
from shop.domain.roles import Actor
from shop.domain.tokens import LinkMaker
from shop.models import Consent, Person
from shop.queries.people import anybody_with


def register(
    session: Session,
    links: LinkMaker,
    *,
    name: str,
    email: str | None,
    phone: str | None,
    password_hash: str,
    language: str,
    consents: Iterable[Purpose],
    at: datetime,
) -> Person | None:
    """A new person, told to confirm their address; None when somebody has it already, who then gets a letter."""
    taken = anybody_with(session, email, phone)
    if taken is None:
        person = Person(
            name=name, email=email, phone=phone, password_hash=password_hash, language=language, created_at=at
        )
        if _added(session, person):
            _welcome(session, links, person, consents, at)
            return person
        taken = anybody_with(session, email, phone)
    if taken is not None and taken.email and taken.email == email and taken.may_sign_in:
        tell(session, taken, "already_registered", at=at)
    return None


def _added(session: Session, person: Person) -> bool:
    """False when somebody with the same address was faster."""
    try:
        with session.begin_nested():
            session.add(person)
            session.flush()
    except IntegrityError:
        return False
    return True


def _welcome(
    session: Session, links: LinkMaker, person: Person, consents: Iterable[Purpose], at: datetime
) -> None:
    for purpose in consents:
        give_consent(session, person, purpose, at=at)
    log(session, "register", by=person, actor=Actor.BUYER, person=person, at=at)
    if person.email:
        ask_to_confirm(session, links, person, at=at)


def ask_to_confirm(session: Session, links: LinkMaker, person: Person, *, at: datetime) -> None:
    """A letter with the link that confirms the person's address."""
    link = make_link(session, links, "confirm_email", person=person, at=at, facts={"email": person.email})
    tell(session, person, "confirm_email", at=at, facts={"seed": link.seed})


def give_consent(session: Session, person: Person, purpose: Purpose, *, at: datetime) -> None:
    session.add(Consent(person_id=person.id, purpose=purpose.value, given_at=at))
    log(
        session,
        "consent",
        by=person,
        actor=Actor.BUYER,
        person=person,
        at=at,
        facts={"purpose": purpose.value},
    )
