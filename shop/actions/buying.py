"""Buying works that stand ready: one order for each maker, its pieces held for a day, all of a form or nothing.

Where the table of rates says what sending costs, or the buyer picks up, the order begins at once. Otherwise the
maker is asked for the shipping alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions import documents, stock
from shop.actions.asking import Wanted, begin, check_on_show
from shop.actions.deals import order_of
from shop.actions.locking import keep_row
from shop.actions.quote_rows import Delivery
from shop.actions.ready_orders import Buyer, ask_for_shipping, inquiry_of, order
from shop.domain.buying import FewerLeft, NotReady, PriceChanged, ShippingChanged, stands_ready
from shop.domain.deal import DealStatus
from shop.domain.errors import NotFound
from shop.domain.money import rupiah
from shop.models import Inquiry, Listing, Producer
from shop.queries import shipping
from shop.queries.inquiries import by_form_key


@dataclass(frozen=True)
class Piece:
    """A work, how many of it, and its price as the buyer saw it."""

    listing_id: int
    quantity: int
    price_idr: int


@dataclass(frozen=True)
class Parcel:
    """What one maker sends. `shipping_idr` is the price the buyer saw; None: none was known, the maker is asked."""

    producer_id: int
    pieces: tuple[Piece, ...]
    shipping_idr: int | None


def buy(
    session: Session,
    parcels: Sequence[Parcel],
    buyer: Buyer,
    delivery: Delivery,
    *,
    form_key: str,
    prefix: str,
    at: datetime,
) -> list[Inquiry]:
    """The deals of one form, one for each maker; the same form gives the same ones.

    Raises CannotAsk, NotReady, PriceChanged, ShippingChanged, FewerLeft, SoldOut: then nothing was held.
    """
    known = _known(session, parcels, form_key)
    if known:
        return known
    _keep_makers(session, parcels)
    listings = _held(session, parcels)
    known = _known(session, parcels, form_key)  # the same form may have come first and have been waited for
    if known:
        return known
    checked = [_checked(session, parcel, listings, delivery) for parcel in parcels]
    deals = [
        _deal(session, wanted, carriage, buyer, delivery, key=_key(form_key, parcel), prefix=prefix, at=at)
        for parcel, (wanted, carriage) in zip(parcels, checked, strict=True)
    ]
    for inquiry in deals:  # numbers last: whoever takes one holds the counter
        if inquiry.status == DealStatus.DEPOSIT_DUE:
            documents.follow(session, inquiry, order_of(session, inquiry), at=at)
    return deals


def _key(form_key: str, parcel: Parcel) -> str:
    return hashlib.sha256(f"buy:{form_key}:{parcel.producer_id}".encode()).hexdigest()[:32]


def _known(session: Session, parcels: Sequence[Parcel], form_key: str) -> list[Inquiry]:
    found = [by_form_key(session, _key(form_key, parcel)) for parcel in parcels]
    return [inquiry for inquiry in found if inquiry is not None]


def _keep_makers(session: Session, parcels: Sequence[Parcel]) -> None:
    """A suspension of one of them comes before this purchase and is seen, or waits for it and finds its order."""
    for producer_id in sorted({parcel.producer_id for parcel in parcels}):
        producer = session.get(Producer, producer_id)
        if producer is None:
            raise NotFound
        keep_row(session, producer)


def _held(session: Session, parcels: Sequence[Parcel]) -> dict[int, Listing]:
    """Every work of the form, locked in the order of the ids, so that two buyers never wait for each other."""
    ids = sorted({piece.listing_id for parcel in parcels for piece in parcel.pieces})
    query = select(Listing).where(Listing.id.in_(ids)).order_by(Listing.id).with_for_update(of=Listing)
    found = session.scalars(query.execution_options(populate_existing=True))
    return {listing.id: listing for listing in found}


def _checked(
    session: Session, parcel: Parcel, listings: dict[int, Listing], delivery: Delivery
) -> tuple[list[Wanted], shipping.Carriage | None]:
    """The works of one maker, as the buyer saw them, and what sending them costs; None where the maker is asked."""
    works = [listings[piece.listing_id] for piece in parcel.pieces if piece.listing_id in listings]
    if len(works) < len(parcel.pieces):
        raise NotFound
    check_on_show(works)
    for piece, work in zip(parcel.pieces, works, strict=True):
        _check(piece, work)
    wanted = [Wanted(work, piece.quantity) for piece, work in zip(parcel.pieces, works, strict=True)]
    return wanted, _carriage(session, parcel, works, delivery)


def _deal(
    session: Session,
    wanted: Sequence[Wanted],
    carriage: shipping.Carriage | None,
    buyer: Buyer,
    delivery: Delivery,
    *,
    key: str,
    prefix: str,
    at: datetime,
) -> Inquiry:
    inquiry, new = begin(
        session,
        lambda code: inquiry_of(wanted, buyer, delivery, code=code, key=key, at=at),
        form_key=key,
        prefix=prefix,
    )
    if new and carriage is None:
        ask_for_shipping(session, inquiry, buyer, at=at)
    elif new and carriage is not None:
        order(session, inquiry, carriage, buyer, delivery, at=at)
    return inquiry


def _check(piece: Piece, work: Listing) -> None:
    """What the buyer saw still holds."""
    title = work.live_revision.title_id if work.live_revision else ""
    if not stands_ready(work.availability, work.price_kind, work.price_idr):
        raise NotReady(status=work.status, step="buy", title=title)
    if work.price_idr != piece.price_idr:
        raise PriceChanged(title=title, before=rupiah(piece.price_idr), after=rupiah(work.price_idr or 0))
    if work.stock == 0:
        raise stock.SoldOut(status="sold", step="buy", title=title)
    if work.stock < piece.quantity:
        raise FewerLeft(title=title, left=work.stock)


def _carriage(
    session: Session, parcel: Parcel, works: Sequence[Listing], delivery: Delivery
) -> shipping.Carriage | None:
    """What sending costs now; None where the maker must be asked. Raises ShippingChanged when another price was seen."""
    if delivery.pick_up:
        return shipping.Carriage("", "", 0, 0)
    packed = [
        shipping.packed(work.live_revision, piece.quantity) if work.live_revision else None
        for piece, work in zip(parcel.pieces, works, strict=True)
    ]
    zone = shipping.zone_of(session, delivery.address.get("kode", ""))
    found = shipping.carriage(zone, packed)
    now_idr = found.price_idr if found else None
    if now_idr != parcel.shipping_idr:
        words = {"before": _words(parcel.shipping_idr), "after": _words(now_idr)}
        raise ShippingChanged(producer=works[0].producer.name, **words)
    return found


def _words(amount_idr: int | None) -> str:
    return rupiah(amount_idr) if amount_idr is not None else "–"
