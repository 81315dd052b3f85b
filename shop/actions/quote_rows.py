"""The rows of an agreement: a quote out of what a maker offers, an order out of the quote, every term copied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.domain.listing import Availability
from shop.domain.quote import Line, Sum, add_up
from shop.models import Inquiry, Listing, Order, OrderLine, Person, Quote, QuoteLine


@dataclass(frozen=True)
class Offered:
    """One line of an offer; `listing_id` where it is a work of the shop."""

    title: str
    quantity: int
    unit_idr: int
    listing_id: int | None = None
    size: str = ""
    material: str = ""


@dataclass(frozen=True)
class Offer:
    """What the producer writes. `valid_until` is a moment, not a day."""

    lines: Sequence[Offered]
    shipping_idr: int
    packing_idr: int
    deposit_percent: int
    lead_time_days: int
    valid_until: datetime
    shipping_by: str = ""
    note: str = ""

    def sum(self) -> Sum:
        return add_up(
            [Line(line.title, line.quantity, line.unit_idr) for line in self.lines],
            shipping_idr=self.shipping_idr,
            packing_idr=self.packing_idr,
            deposit_percent=self.deposit_percent,
        )


@dataclass(frozen=True)
class Delivery:
    """Where it goes: an address as it was given, or pick-up at the gallery."""

    pick_up: bool = False
    address: dict[str, Any] = field(default_factory=dict)


def quote_row(
    session: Session, inquiry: Inquiry, offer: Offer, *, by: Person | None, form_key: str, at: datetime
) -> Quote:
    total = offer.sum()
    last = session.scalar(select(func.max(Quote.number)).where(Quote.inquiry_id == inquiry.id))
    quote = Quote(
        inquiry_id=inquiry.id,
        number=(last or 0) + 1,
        form_key=form_key,
        by_id=by.id if by else None,
        shipping_idr=offer.shipping_idr,
        packing_idr=offer.packing_idr,
        total_idr=total.total_idr,
        deposit_percent=offer.deposit_percent,
        deposit_idr=total.deposit_idr,
        lead_time_days=offer.lead_time_days,
        shipping_by=offer.shipping_by,
        note=offer.note,
        sent_at=at,
        valid_until=offer.valid_until,
        lines=[
            QuoteLine(
                position=position,
                listing_id=line.listing_id,
                title=line.title,
                size=line.size,
                material=line.material,
                quantity=line.quantity,
                unit_idr=line.unit_idr,
            )
            for position, line in enumerate(offer.lines)
        ],
    )
    session.add(quote)
    session.flush()
    return quote


def order_row(
    session: Session,
    inquiry: Inquiry,
    quote: Quote,
    listings: dict[int, Listing],
    delivery: Delivery,
    *,
    at: datetime,
) -> Order:
    photos = {item.listing_id: item.photo_id for item in inquiry.items}
    ready = [listings[line.listing_id] for line in quote.lines if line.listing_id in listings]
    made = len(ready) < len(quote.lines) or any(
        one.availability == Availability.MADE_TO_ORDER for one in ready
    )
    order = Order(
        inquiry=inquiry,
        quote_id=quote.id,
        goods_idr=quote.total_idr - quote.shipping_idr - quote.packing_idr,
        shipping_idr=quote.shipping_idr,
        packing_idr=quote.packing_idr,
        total_idr=quote.total_idr,
        deposit_idr=quote.deposit_idr,
        lead_time_days=quote.lead_time_days,
        to_make=made,
        pick_up=delivery.pick_up,
        address=delivery.address,
        accepted_at=at,
        entered_at=at,
        lines=[_line(line, photos) for line in quote.lines],
    )
    session.add(order)
    session.flush()
    return order


def _line(line: QuoteLine, photos: Mapping[int, int | None]) -> OrderLine:
    return OrderLine(
        position=line.position,
        listing_id=line.listing_id,
        photo_id=photos.get(line.listing_id) if line.listing_id else None,
        title=line.title,
        size=line.size,
        material=line.material,
        quantity=line.quantity,
        unit_idr=line.unit_idr,
    )
