"""Getting back in: a new password by letter, by a hand, or with the old one."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from shop.actions.events import log
from shop.actions.inquiries import keep_confirmed
from shop.actions.notices import tell
from shop.actions.one_time_links import make_link, revoke_links, use_link
from shop.actions.signing_in import actor_of, end_sign_ins
from shop.domain.errors import NotAllowed
from shop.domain.roles import Actor
from shop.domain.tokens import LinkMaker, NewLink
from shop.domain.words import N_
from shop.models import Notice, OneTimeLink, Person, SignIn
from shop.queries.people import by_contact

PASSWORD_LINKS = ("reset_password", "first_password")
ONE_HAND_OVER_IN = timedelta(days=1)


class StaffKeepTheirOwn(NotAllowed):
    sentence = N_("Tautan kata sandi untuk kurator dan pengurus hanya dapat dibuat pengurus.")


def ask_for_password(
    session: Session, links: LinkMaker, email: str | None, phone: str | None, *, at: datetime
) -> None:
    """A letter with a link to whoever this is; without an e-mail, a task for the gallery to hand it over.

    Staff without an e-mail ask an administrator: a curator must not be handed the link of another one.
    """
    person = by_contact(session, email, phone)
    if person is None or not person.may_sign_in:
        return
    if not person.email and (_is_staff(person) or _waits_for_a_hand(session, person, at)):
        return
    purpose = "reset_password" if person.email else "first_password"
    link = make_link(session, links, purpose, person=person, at=at)
    log(session, "password_asked", by=None, actor=Actor.SYSTEM, person=person, at=at)
    tell(session, person, "reset_password", at=at, facts={"seed": link.seed})


def _is_staff(person: Person) -> bool:
    return person.is_curator or person.is_administrator


def _waits_for_a_hand(session: Session, person: Person, at: datetime) -> bool:
    waiting = exists().where(
        Notice.person_id == person.id,
        Notice.kind == "reset_password",
        Notice.created_at > at - ONE_HAND_OVER_IN,
    )
    return bool(session.scalar(select(waiting)))


def make_password_link(
    session: Session, links: LinkMaker, person: Person, *, by: Person, actor: Actor, at: datetime
) -> NewLink:
    """A link that a curator, the chair or an administrator hands over. Raises StaffKeepTheirOwn."""
    if _is_staff(person) and actor is not Actor.ADMINISTRATOR:
        raise StaffKeepTheirOwn
    revoke_links(session, person, "first_password", at=at)
    link = make_link(session, links, "first_password", person=person, by=by, at=at)
    log(session, "password_link_made", by=by, actor=actor, person=person, at=at)
    return link


def take_password(session: Session, link: OneTimeLink, password_hash: str, *, at: datetime) -> Person:
    """The link's person has a new password, and every browser is out. Raises LinkGone if it was used meanwhile."""
    person = session.get_one(Person, link.person_id)
    use_link(session, link, at=at)
    if link.purpose == "reset_password" and person.email and person.email_confirmed_at is None:
        person.email_confirmed_at = at  # who opened a link from that letter reads that address
        session.flush()
        keep_confirmed(session, person, at=at)
    _set(session, person, password_hash, at=at)
    return person


def change_password(session: Session, sign_in: SignIn, password_hash: str, *, at: datetime) -> None:
    """A new password for who knows the old one; every other browser is out."""
    _set(session, sign_in.person, password_hash, at=at, keep=sign_in)


def _set(
    session: Session, person: Person, password_hash: str, *, at: datetime, keep: SignIn | None = None
) -> None:
    person.password_hash = password_hash
    revoke_links(session, person, *PASSWORD_LINKS, at=at)
    log(session, "password_changed", by=person, actor=actor_of(person), person=person, at=at)
    end_sign_ins(session, person, by=person, at=at, keep=keep)
    if person.email:
        tell(session, person, "password_changed", at=at)
