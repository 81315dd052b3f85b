"""A person's addresses: confirming, changing, and changing back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shop.actions.events import log
from shop.actions.inquiries import keep_confirmed
from shop.actions.notices import tell, tell_address
from shop.actions.one_time_links import make_link, revoke_links, use_link
from shop.actions.signing_in import actor_of, end_sign_ins
from shop.domain.errors import ChangedMeanwhile, WrongInput
from shop.domain.tokens import LinkMaker, NewLink
from shop.domain.words import N_
from shop.models import OneTimeLink, Person
from shop.queries.people import anybody_with


class AddressTaken(ChangedMeanwhile):
    sentence = N_("Alamat ini sudah dipakai akun lain. Hubungi Galeri bila alamat ini milik Anda.")


def ask_for_new_email(
    session: Session, links: LinkMaker, person: Person, email: str, *, at: datetime
) -> None:
    """A letter to the new address; nothing changes before its link is used. Who has the address gets a letter too."""
    log(session, "email_change_asked", by=person, actor=actor_of(person), person=person, at=at)
    owner = anybody_with(session, email, None)
    if owner is not None:
        if owner is not person and owner.may_sign_in:
            tell(session, owner, "already_registered", at=at)
        return
    revoke_links(session, person, "change_email", at=at)
    link = make_link(session, links, "change_email", person=person, at=at, facts={"email": email})
    tell_address(
        session,
        "change_email",
        email=email,
        phone=None,
        language=person.language,
        person=person,
        at=at,
        facts={"seed": link.seed},
    )


def confirm_email(session: Session, links: LinkMaker, link: OneTimeLink, *, at: datetime) -> Person:
    """The address of the link is the person's own now. Raises LinkGone, AddressTaken."""
    person = session.get_one(Person, link.person_id)
    use_link(session, link, at=at)
    if link.purpose == "change_email":
        _take(session, links, person, link.facts["email"], at=at)
    elif person.email != link.facts["email"]:
        raise ChangedMeanwhile
    person.email_confirmed_at = at
    log(session, "email_confirmed", by=person, actor=actor_of(person), person=person, at=at)
    session.flush()
    keep_confirmed(session, person, at=at)
    return person


def _take(session: Session, links: LinkMaker, person: Person, email: str, *, at: datetime) -> None:
    """Change the address, and give the old one seven days to change it back."""
    old = person.email
    _change(session, person, email)
    log(session, "email_changed", by=person, actor=actor_of(person), person=person, at=at)
    revoke_links(session, person, "confirm_email", "reset_password", at=at)
    if old:
        undo = make_link(session, links, "undo_email", person=person, at=at, facts={"email": old})
        tell_address(
            session,
            "email_changed",
            email=old,
            phone=None,
            language=person.language,
            person=person,
            at=at,
            facts={"seed": undo.seed},
        )


def _change(session: Session, person: Person, email: str) -> None:
    try:
        with session.begin_nested():
            person.email = email
            session.flush()
    except IntegrityError as error:
        raise AddressTaken from error


def undo_email(session: Session, links: LinkMaker, link: OneTimeLink, *, at: datetime) -> NewLink:
    """The old address is back and every browser is out; comes back: a link to a new password. Raises LinkGone."""
    person = session.get_one(Person, link.person_id)
    use_link(session, link, at=at)
    _change(session, person, link.facts["email"])
    person.email_confirmed_at = at
    revoke_links(
        session,
        person,
        "change_email",
        "confirm_email",
        "reset_password",
        "first_password",
        "undo_email",
        at=at,
    )
    log(session, "email_change_undone", by=person, actor=actor_of(person), person=person, at=at)
    end_sign_ins(session, person, by=person, at=at)
    return make_link(session, links, "reset_password", person=person, at=at)


def change_phone(session: Session, person: Person, phone: str | None, *, at: datetime) -> None:
    """Another number, or none when there is an e-mail. Raises WrongInput when somebody else has it."""
    if phone is None and not person.email:
        raise WrongInput("phone", N_("Tanpa email, nomor WhatsApp tidak dapat dikosongkan"))
    try:
        with session.begin_nested():
            person.phone = phone
            session.flush()
    except IntegrityError as error:
        raise WrongInput(
            "phone", N_("Nomor ini sudah dipakai akun lain. Hubungi Galeri bila nomor ini milik Anda")
        ) from error
    log(session, "phone_changed", by=person, actor=actor_of(person), person=person, at=at)
    if person.email:
        tell(session, person, "phone_changed", at=at)
