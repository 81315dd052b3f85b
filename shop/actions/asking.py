"""Asking about works: the first words of a thread, once however often the form arrives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shop.actions.events import log
from shop.actions.locking import keep_row
from shop.actions.talking import say
from shop.actions.telling import tell_buyer, tell_producer
from shop.domain.deal import CannotAsk, DealStatus, new_code
from shop.domain.listing import Status
from shop.domain.producer import ProducerStatus
from shop.domain.roles import Actor
from shop.models import Inquiry, InquiryItem, Listing, Person
from shop.queries.inquiries import by_form_key


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
    keep_row(session, wanted[0].listing.producer)  # a suspension comes before the question, or waits for it
    check_on_show([one.listing for one in wanted])
    inquiry, new = begin(
        session,
        lambda code: _inquiry(wanted, question, form_key=form_key, code=code, at=at),
        form_key=form_key,
        prefix=prefix,
    )
    if new:
        _tell_of_question(session, inquiry, question, at=at)
    return inquiry, new


def begin(
    session: Session, make: Callable[[str], Inquiry], *, form_key: str, prefix: str
) -> tuple[Inquiry, bool]:
    """The row that `make` gives for a new code, and whether it is new: one form is one row, however often it comes."""
    while True:
        inquiry = make(new_code(prefix))
        try:
            with session.begin_nested():
                session.add(inquiry)
        except IntegrityError:  # the same form arrived twice at this moment, or a code was drawn twice
            known = by_form_key(session, form_key)
            if known is not None:
                return known, False
        else:
            return inquiry, True


def check_on_show(listings: Sequence[Listing]) -> None:
    """Works of one maker that buyers may see. Raises CannotAsk."""
    if len({listing.producer_id for listing in listings}) != 1:
        raise ValueError("an inquiry is about works of one maker")
    for listing in listings:
        if listing.status != Status.PUBLISHED or listing.producer.status != ProducerStatus.VERIFIED:
            raise CannotAsk(status=listing.status, step="ask")


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
        items=[item_of(one, question.wish) for one in wanted],
        messages=[],
    )


def item_of(one: Wanted, wish: str = "") -> InquiryItem:
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
        say(
            session,
            inquiry,
            side=Actor.BUYER,
            by=question.person,
            text=question.wish,
            photos=(),
            form_key=inquiry.form_key,
            at=at,
        )
    log(
        session, "ask", by=question.person, actor=Actor.BUYER, at=at, inquiry=inquiry,
        from_status=None, to_status=DealStatus.ASKED.value,
    )  # fmt: skip
    tell_producer(session, inquiry, "inquiry_new", at=at, facts={"text": question.wish})
    if inquiry.buyer_email or (question.person and question.person.email):
        tell_buyer(session, inquiry, "inquiry_received", at=at, by=None)
