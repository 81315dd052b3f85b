"""Deleting an account: the door closes now, the facts go when nothing needs them any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from shop.actions.events import log
from shop.actions.membership import leave
from shop.actions.notices import tell
from shop.actions.one_time_links import revoke_links
from shop.actions.signing_in import actor_of, end_sign_ins
from shop.domain.address import without_person
from shop.domain.errors import NotAllowed
from shop.domain.roles import Actor
from shop.domain.sessions import LINK_LASTS
from shop.domain.words import N_
from shop.models import (
    Consent,
    Inquiry,
    Notice,
    OneTimeLink,
    Order,
    Person,
    PrivateLink,
    RecoveryCode,
    SavedAddress,
    SavedWork,
    SignIn,
)
from shop.queries import buyer
from shop.queries.people import memberships, other_administrators

NOBODY = "Akun dihapus"
LETTER_HAS = timedelta(days=2)


class LastAdministrator(NotAllowed):
    sentence = N_("Toko ini perlu paling sedikit satu pengurus. Undang pengurus lain dulu.")


def ask_to_leave(session: Session, person: Person, *, at: datetime) -> None:
    """Nobody signs in as this person any more. Raises LastChair, LastAdministrator."""
    if person.is_administrator and not other_administrators(session, person):
        raise LastAdministrator
    for member in memberships(session, person):
        leave(session, member, by=person, at=at)
    person.deletion_asked_at = at
    session.execute(
        update(Consent)
        .where(Consent.person_id == person.id, Consent.withdrawn_at.is_(None))
        .values(withdrawn_at=at)
    )
    revoke_links(session, person, *LINK_LASTS, at=at)
    log(session, "deletion_asked", by=person, actor=actor_of(person), person=person, at=at)
    if person.email:
        tell(session, person, "account_closed", at=at)
    end_sign_ins(session, person, by=person, at=at)


def finish_deletions(session: Session, *, at: datetime) -> int:
    """Forget those who asked, have nothing open and got their last letter; how many that were."""
    waiting = select(Person).where(Person.deletion_asked_at.is_not(None), Person.deleted_at.is_(None))
    ready = [person for person in session.scalars(waiting) if _may_go(session, person, at)]
    for person in ready:
        forget(session, person, at=at)
    return len(ready)


def _may_go(session: Session, person: Person, at: datetime) -> bool:
    letter = select(Notice.id).where(
        Notice.person_id == person.id,
        Notice.kind == "account_closed",
        Notice.sent_at.is_(None),
        Notice.created_at > at - LETTER_HAS,
    )
    return session.scalar(letter.limit(1)) is None and not buyer.has_open(session, person)


def forget(session: Session, person: Person, *, at: datetime) -> None:
    """The row stays for what it did; who it was goes. Threads stay, under nobody's name."""
    theirs = select(Inquiry.id).where(Inquiry.buyer_id == person.id)
    session.execute(
        update(PrivateLink)
        .where(
            PrivateLink.inquiry_id.in_(theirs), PrivateLink.side == "buyer", PrivateLink.revoked_at.is_(None)
        )
        .values(revoked_at=at)
    )
    _blank_notices(session, person)
    session.execute(
        update(Inquiry)
        .where(Inquiry.buyer_id == person.id)
        .values(buyer_name=NOBODY, buyer_phone="", buyer_email=None, address={})
    )
    for order in session.scalars(select(Order).where(Order.inquiry_id.in_(theirs))):
        order.address = without_person(order.address)
        order.refund_account, order.refund_account_at = {}, None
    for table in (SignIn, RecoveryCode, OneTimeLink, SavedAddress, SavedWork):
        session.execute(delete(table).where(table.person_id == person.id))
    person.name, person.email, person.phone, person.password_hash = NOBODY, None, None, None
    person.email_confirmed_at = person.totp_confirmed_at = person.totp_secret = person.totp_last_step = None
    person.is_curator = person.is_administrator = person.matches_payments = False
    person.deleted_at = at
    log(session, "deleted", by=None, actor=Actor.SYSTEM, person=person, at=at)


def _blank_notices(session: Session, person: Person) -> None:
    """Letters to the person, and what letters to others said about their threads."""
    theirs = select(Inquiry.id).where(Inquiry.buyer_id == person.id)
    about = or_(Notice.person_id == person.id, Notice.inquiry_id.in_(theirs))
    session.execute(
        update(Notice).where(about, Notice.sent_at.is_(None)).values(cancelled_at=person.deletion_asked_at)
    )
    session.execute(update(Notice).where(about).values(facts={}))
    session.execute(
        update(Notice)
        .where(or_(Notice.person_id == person.id, about & Notice.person_id.is_(None)))
        .values(channel="whatsapp", to_email=None, to_phone=None)
    )
