"""Offers and answers: the producer quotes, the buyer counters, asks again or accepts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shop.actions import documents, stock
from shop.actions.deals import lock, move
from shop.actions.locking import keep_row
from shop.actions.quote_rows import Delivery, Offer, order_row, quote_row
from shop.actions.telling import tell_buyer, tell_producer
from shop.domain.errors import NotAllowed, WrongState
from shop.domain.listing import Status
from shop.domain.producer import ProducerStatus
from shop.domain.quote import QuoteExpired, QuoteReplaced, is_expired
from shop.domain.roles import Actor
from shop.domain.words import N_
from shop.models import Inquiry, Listing, Order, Person, Quote, QuoteLine


class ProducerSuspended(NotAllowed):
    sentence = N_("Perajin ini sedang ditangguhkan. Hubungi Galeri.")


class TakenDown(WrongState):
    sentence = N_("Salah satu karya diturunkan kurator. Hubungi Galeri.")


def send_quote(
    session: Session, inquiry: Inquiry, offer: Offer, *, by: Person | None, form_key: str, at: datetime
) -> Quote:
    """A new round; the one before is superseded and stays readable. The same form gives the same quote."""
    lock(session, inquiry)
    known = session.scalar(select(Quote).where(Quote.inquiry_id == inquiry.id, Quote.form_key == form_key))
    if known is not None:
        return known
    _check_producer(session, inquiry)
    move(session, inquiry, "quote", actor=Actor.PRODUCER, by=by, at=at)
    session.execute(
        update(Quote)
        .where(Quote.inquiry_id == inquiry.id, Quote.superseded_at.is_(None))
        .values(superseded_at=at)
    )
    quote = quote_row(session, inquiry, offer, by=by, form_key=form_key, at=at)
    inquiry.answered_at = inquiry.answered_at or at
    inquiry.waiting_since = None
    tell_buyer(session, inquiry, "quote_sent", at=at, by=by, facts={"total_idr": quote.total_idr})
    documents.quote(session, inquiry, quote, at=at)
    return quote


def counter(session: Session, inquiry: Inquiry, *, by: Person | None, words: str, at: datetime) -> None:
    """The buyer asks for a change, in words."""
    lock(session, inquiry)
    move(session, inquiry, "counter", actor=Actor.BUYER, by=by, at=at, why=words)
    inquiry.waiting_since = at
    tell_producer(session, inquiry, "quote_countered", at=at, facts={"text": words})


def ask_again(session: Session, inquiry: Inquiry, *, by: Person | None, at: datetime) -> None:
    """A quote ran out, and the buyer still wants it."""
    lock(session, inquiry)
    move(session, inquiry, "ask_again", actor=Actor.BUYER, by=by, at=at)
    inquiry.waiting_since = at
    tell_producer(session, inquiry, "quote_asked_again", at=at)


def accept(
    session: Session, inquiry: Inquiry, quote: Quote, *, delivery: Delivery, by: Person | None, at: datetime
) -> Order:
    """The order, with every term copied and every ready piece held, or nothing at all.

    Accepting the same quote twice gives the same order. Raises QuoteExpired, QuoteReplaced, SoldOut,
    ProducerSuspended, TakenDown, WrongState.
    """
    lock(session, inquiry)
    session.refresh(quote)
    if quote.inquiry_id != inquiry.id:
        raise QuoteReplaced
    known = session.scalar(select(Order).where(Order.quote_id == quote.id))
    if known is not None:
        return known
    if quote.superseded_at is not None:
        raise QuoteReplaced
    if is_expired(quote.valid_until, at=at):
        raise QuoteExpired(when=quote.valid_until)
    _check_producer(session, inquiry)
    listings = _listings(session, quote)
    if any(listing.status == Status.HIDDEN_BY_CURATOR for listing in listings.values()):
        raise TakenDown(status=inquiry.status, step="accept")
    order = order_row(session, inquiry, quote, listings, delivery, at=at)
    stock.hold(session, order, until=None, at=at)
    quote.accepted_at = at
    move(session, inquiry, "accept", actor=Actor.BUYER, by=by, at=at, order=order)
    tell_producer(session, inquiry, "quote_accepted", at=at)
    tell_buyer(session, inquiry, "deposit_wanted", at=at, by=None, facts={"amount_idr": order.deposit_idr})
    return order


def sell_elsewhere(session: Session, listings: Sequence[Listing], *, at: datetime) -> None:
    """Their last pieces are gone: other quotes that offer one are declined, and their buyers told. Those deals are
    locked in the order of their ids, so that two sales never wait for each other.
    """
    query = (
        select(Inquiry)
        .join(Quote, Quote.inquiry_id == Inquiry.id)
        .join(QuoteLine, QuoteLine.quote_id == Quote.id)
        .where(
            Inquiry.status == "quoted",
            Quote.superseded_at.is_(None),
            QuoteLine.listing_id.in_([one.id for one in listings]),
        )
        .order_by(Inquiry.id)
        .distinct()
    )
    for inquiry in session.scalars(query).all():
        lock(session, inquiry)
        if inquiry.status == "quoted":
            move(session, inquiry, "sold", actor=Actor.SYSTEM, by=None, at=at, why="sold")
            inquiry.closed_reason = "sold"
            tell_buyer(session, inquiry, "piece_sold", at=at, by=None)


def _check_producer(session: Session, inquiry: Inquiry) -> None:
    """As the maker stands now; a suspension waits until this is done."""
    keep_row(session, inquiry.producer)
    if inquiry.producer.status != ProducerStatus.VERIFIED:
        raise ProducerSuspended


def _listings(session: Session, quote: Quote) -> dict[int, Listing]:
    ids = sorted({line.listing_id for line in quote.lines if line.listing_id is not None})
    query = select(Listing).where(Listing.id.in_(ids)).order_by(Listing.id).with_for_update(of=Listing)
    return {listing.id: listing for listing in session.scalars(query)}
