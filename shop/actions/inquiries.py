"""Asking, talking, ending: everything done in a thread before there is a price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shop.actions.events import log
from shop.actions.locking import hold_row
from shop.actions.telling import tell_buyer, tell_producer
from shop.domain.deal import CannotAsk, DealStatus, deal_step, must_be_open_for_talk, new_code
from shop.domain.errors import NotAllowed, WrongInput
from shop.domain.listing import Status
from shop.domain.producer import ProducerStatus
from shop.domain.roles import Actor
from shop.domain.words import N_
from shop.models import Inquiry, InquiryItem, Listing, Message, MessagePhoto, Person, Photo
from shop.queries.inquiries import by_form_key

MOST_PHOTOS_A_MESSAGE = 4


@dataclass(frozen=True)
class Wanted:
    """One work and how many of it."""

    listing: Listing
    quantity: int = 1


@dataclass(frozen=True)
class Question:
    """What a buyer wants to know, and how to reach them. `person` is None for a guest."""

    name: str
    phone: str
    email: str | None
    language: str
    destination: str
    needed_by: date | None = None
    wish: str = ""
    person: Person | None = None


def ask(
    session: Session,
    wanted: Sequence[Wanted],
    question: Question,
    *,
    form_key: str,
    prefix: str,
    at: datetime,
) -> tuple[Inquiry, bool]:
    """The inquiry about works of one maker, and whether it is new: the same form gives the same inquiry.

    `prefix` begins its code. Raises CannotAsk for a work that is not on show.
    """
    known = by_form_key(session, form_key)
    if known is not None:
        return known, False
    _check_on_show(wanted)
    while True:
        inquiry = _inquiry(wanted, question, form_key=form_key, code=new_code(prefix), at=at)
        try:
            with session.begin_nested():
                session.add(inquiry)
            break
        except IntegrityError:  # the same form arrived twice at this moment, or a code was drawn twice
            known = by_form_key(session, form_key)
            if known is not None:
                return known, False
    _tell_of_question(session, inquiry, question, at=at)
    return inquiry, True


def reply(
    session: Session,
    inquiry: Inquiry,
    *,
    side: Actor,
    by: Person | None,
    text: str,
    photos: Sequence[Photo] = (),
    form_key: str,
    at: datetime,
    on_behalf: bool = False,
    handed_by: Person | None = None,
) -> Message:
    """What one side says; the same form gives the same message. Tells the others, a buyer without e-mail by
    `handed_by`, else by the gallery.

    Raises ThreadClosed after the end, WrongInput without words and photos.
    """
    hold_row(session, inquiry)
    known = session.scalar(
        select(Message).where(Message.inquiry_id == inquiry.id, Message.form_key == form_key)
    )
    if known is not None:
        return known
    must_be_open_for_talk(inquiry.status)
    if not text and not photos:
        raise WrongInput("pesan", N_("Tulis pesan atau pilih foto"))
    message = _say(session, inquiry, side=side, by=by, text=text, photos=photos, form_key=form_key, at=at)
    message.on_behalf = on_behalf
    _note_answer(inquiry, side, at)
    _log(session, inquiry, "reply", by=by, actor=side, at=at)
    _tell_of_message(session, inquiry, message, handed_by=handed_by, at=at)
    return message


def decline(
    session: Session,
    inquiry: Inquiry,
    *,
    by: Person | None,
    reason: str,
    at: datetime,
    handed_by: Person | None = None,
) -> None:
    """The maker cannot. Raises WrongState where the table has no such step."""
    _end(session, inquiry, "decline", by=by, actor=Actor.PRODUCER, reason=reason, at=at)
    tell_buyer(session, inquiry, "inquiry_declined", at=at, by=handed_by, facts={"reason": reason})


def withdraw(session: Session, inquiry: Inquiry, *, by: Person | None, reason: str, at: datetime) -> None:
    """The buyer no longer wants it. Raises WrongState where the table has no such step."""
    _end(session, inquiry, "withdraw", by=by, actor=Actor.BUYER, reason=reason, at=at)
    tell_producer(session, inquiry, "inquiry_withdrawn", at=at, facts={"reason": reason})


def lapse(session: Session, inquiry: Inquiry, *, at: datetime) -> None:
    """Nothing was heard for too long. Raises WrongState where the table has no such step."""
    _end(session, inquiry, "lapse", by=None, actor=Actor.SYSTEM, reason="", at=at)
    tell_buyer(session, inquiry, "inquiry_lapsed", at=at, by=None)
    tell_producer(session, inquiry, "inquiry_lapsed", at=at)


def keep(session: Session, inquiry: Inquiry, *, by: Person, at: datetime) -> None:
    """A guest who signed in takes the thread into their account. Raises NotAllowed when it is somebody's."""
    hold_row(session, inquiry)
    if inquiry.buyer_id == by.id:
        return
    if inquiry.buyer_id is not None:
        raise NotAllowed
    inquiry.buyer_id = by.id
    _log(session, inquiry, "keep", by=by, actor=Actor.BUYER, at=at)


def keep_confirmed(session: Session, person: Person, *, at: datetime) -> int:
    """All guest threads left under a person's confirmed e-mail join their account; how many."""
    if person.email is None or person.email_confirmed_at is None:
        return 0
    query = select(Inquiry).where(Inquiry.buyer_id.is_(None), Inquiry.buyer_email == person.email)
    found = session.scalars(query.order_by(Inquiry.id)).all()
    for inquiry in found:
        keep(session, inquiry, by=person, at=at)
    return len(found)


def _check_on_show(wanted: Sequence[Wanted]) -> None:
    if len({one.listing.producer_id for one in wanted}) != 1:
        raise ValueError("an inquiry is about works of one maker")
    for one in wanted:
        if one.listing.status != Status.PUBLISHED or one.listing.producer.status != ProducerStatus.VERIFIED:
            raise CannotAsk(status=one.listing.status, step="ask")


def _inquiry(
    wanted: Sequence[Wanted], question: Question, *, form_key: str, code: str, at: datetime
) -> Inquiry:
    return Inquiry(
        code=code,
        form_key=form_key,
        producer_id=wanted[0].listing.producer_id,
        buyer_id=question.person.id if question.person else None,
        status=DealStatus.ASKED.value,
        buyer_name=question.name,
        buyer_phone=question.phone,
        buyer_email=question.email,
        language=question.language,
        destination=question.destination,
        needed_by=question.needed_by,
        created_at=at,
        changed_at=at,
        waiting_since=at,
        items=[_item(one, question.wish) for one in wanted],
        messages=[],
    )


def _item(one: Wanted, wish: str) -> InquiryItem:
    """The work as it stands now."""
    revision = one.listing.live_revision
    if revision is None:
        raise CannotAsk(status=one.listing.status, step="ask")
    return InquiryItem(
        listing_id=one.listing.id,
        revision_id=revision.id,
        title=revision.title_id,
        photo_id=revision.photos[0].photo_id if revision.photos else None,
        price_idr=one.listing.price_idr,
        price_kind=one.listing.price_kind,
        quantity=one.quantity,
        wish=wish,
    )


def _tell_of_question(session: Session, inquiry: Inquiry, question: Question, *, at: datetime) -> None:
    if question.wish:
        _say(
            session,
            inquiry,
            side=Actor.BUYER,
            by=question.person,
            text=question.wish,
            photos=(),
            form_key=inquiry.form_key,
            at=at,
        )
    _log(session, inquiry, "ask", by=question.person, actor=Actor.BUYER, at=at, to=DealStatus.ASKED.value)
    tell_producer(session, inquiry, "inquiry_new", at=at, facts={"text": question.wish})
    if inquiry.buyer_email or (question.person and question.person.email):
        tell_buyer(session, inquiry, "inquiry_received", at=at, by=None)


def _say(
    session: Session,
    inquiry: Inquiry,
    *,
    side: Actor,
    by: Person | None,
    text: str,
    photos: Sequence[Photo],
    form_key: str,
    at: datetime,
) -> Message:
    message = Message(
        inquiry_id=inquiry.id,
        side=side.value,
        author_id=by.id if by else None,
        text=text,
        form_key=form_key,
        at=at,
        photos=[
            MessagePhoto(photo_id=photo.id, position=position)
            for position, photo in enumerate(photos[:MOST_PHOTOS_A_MESSAGE])
        ],
    )
    session.add(message)
    session.flush()
    return message


def _note_answer(inquiry: Inquiry, side: Actor, at: datetime) -> None:
    """Who waits for whom from now on. The gallery's words are no answer of the maker."""
    inquiry.changed_at = at
    if side is Actor.PRODUCER:
        inquiry.answered_at = inquiry.answered_at or at
        inquiry.waiting_since = None
    elif side is Actor.BUYER:
        inquiry.waiting_since = inquiry.waiting_since or at


def _tell_of_message(
    session: Session, inquiry: Inquiry, message: Message, *, handed_by: Person | None, at: datetime
) -> None:
    facts = {"text": message.text}
    if message.side != Actor.PRODUCER:
        tell_producer(session, inquiry, "inquiry_message", at=at, message=message, facts=facts)
    if message.side != Actor.BUYER:
        tell_buyer(session, inquiry, "inquiry_message", at=at, by=handed_by, message=message, facts=facts)


def _end(
    session: Session,
    inquiry: Inquiry,
    step: str,
    *,
    by: Person | None,
    actor: Actor,
    reason: str,
    at: datetime,
) -> None:
    hold_row(session, inquiry)
    before = inquiry.status
    inquiry.status = deal_step(before, step, by=actor).value
    inquiry.closed_reason, inquiry.changed_at, inquiry.waiting_since = reason, at, None
    _log(session, inquiry, step, by=by, actor=actor, at=at, start=before, to=inquiry.status)


def _log(
    session: Session,
    inquiry: Inquiry,
    what: str,
    *,
    by: Person | None,
    actor: Actor,
    at: datetime,
    start: str | None = None,
    to: str | None = None,
) -> None:
    log(session, what, by=by, actor=actor, at=at, inquiry=inquiry, from_status=start, to_status=to)
