"""Talking in a thread: what either side says, and who waits for whom from then on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions.events import log
from shop.actions.locking import hold_row
from shop.actions.telling import tell_buyer, tell_producer
from shop.domain.deal import must_be_open_for_talk
from shop.domain.errors import WrongInput
from shop.domain.roles import Actor
from shop.domain.words import N_
from shop.models import Inquiry, Message, MessagePhoto, Person, Photo

MOST_PHOTOS_A_MESSAGE = 4


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
    message = say(session, inquiry, side=side, by=by, text=text, photos=photos, form_key=form_key, at=at)
    message.on_behalf = on_behalf
    _note_answer(inquiry, side, at)
    log(session, "reply", by=by, actor=side, at=at, inquiry=inquiry)
    _tell_of_message(session, inquiry, message, handed_by=handed_by, at=at)
    return message


def say(
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
    """Put a message into the thread; tells nobody."""
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
