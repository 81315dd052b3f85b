"""The deal of one maker's works that stand ready: an order at once, or a question about the shipping alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from shop.actions import stock
from shop.actions.asking import Wanted, item_of
from shop.actions.events import log
from shop.actions.quote_rows import Delivery
from shop.actions.telling import tell_buyer, tell_producer
from shop.domain.deal import HOLD_LASTS, deal_start
from shop.domain.roles import Actor
from shop.models import Inquiry, InquiryItem, Order, OrderLine, Person
from shop.queries import shipping


@dataclass(frozen=True)
class Buyer:
    """Who buys, and how to reach them; `phone` is empty for who left an e-mail alone. `person` is None for a guest."""

    name: str
    phone: str
    email: str | None
    language: str
    person: Person | None = None


def inquiry_of(
    wanted: Sequence[Wanted], buyer: Buyer, delivery: Delivery, *, code: str, key: str, at: datetime
) -> Inquiry:
    address = delivery.address
    place = ", ".join(address[name] for name in ("kecamatan", "kabupaten", "negara") if address.get(name))
    return Inquiry(
        code=code,
        form_key=key,
        producer_id=wanted[0].listing.producer_id,
        buyer_id=buyer.person.id if buyer.person else None,
        status=deal_start("ask", by=Actor.BUYER).value,
        buyer_name=buyer.name,
        buyer_phone=buyer.phone,
        buyer_email=buyer.email,
        language=buyer.language,
        destination=place,
        address=dict(address),
        only_shipping=True,
        created_at=at,
        changed_at=at,
        waiting_since=at,
        items=[item_of(one) for one in wanted],
        messages=[],
    )


def ask_for_shipping(session: Session, inquiry: Inquiry, buyer: Buyer, *, at: datetime) -> None:
    """Nobody knows yet what sending costs: the maker writes that line, the rest stands."""
    _log(session, inquiry, "ask", buyer, at=at)
    tell_producer(session, inquiry, "shipping_wanted", at=at)
    if inquiry.buyer_email:
        tell_buyer(session, inquiry, "shipping_asked", at=at, by=None)


def order(
    session: Session,
    inquiry: Inquiry,
    carriage: shipping.Carriage,
    buyer: Buyer,
    delivery: Delivery,
    *,
    at: datetime,
) -> Order:
    """The order of works that stand ready, paid in one; its pieces are held for a day."""
    inquiry.status = deal_start("buy", by=Actor.BUYER).value
    inquiry.waiting_since = None
    goods = sum((item.price_idr or 0) * item.quantity for item in inquiry.items)
    order = Order(
        inquiry=inquiry,
        quote_id=None,
        goods_idr=goods,
        shipping_idr=carriage.price_idr,
        packing_idr=0,
        total_idr=goods + carriage.price_idr,
        deposit_idr=goods + carriage.price_idr,
        lead_time_days=0,
        to_make=False,
        pick_up=delivery.pick_up,
        address=dict(delivery.address),
        accepted_at=at,
        entered_at=at,
        lines=[_line(position, item) for position, item in enumerate(inquiry.items)],
    )
    session.add(order)
    session.flush()
    stock.hold(session, order, until=at + HOLD_LASTS, at=at)
    _log(session, inquiry, "buy", buyer, at=at)
    tell_producer(session, inquiry, "order_bought", at=at)
    if inquiry.buyer_email:
        tell_buyer(session, inquiry, "order_placed", at=at, by=None, facts={"total_idr": order.total_idr})
    return order


def _line(position: int, item: InquiryItem) -> OrderLine:
    return OrderLine(
        position=position,
        listing_id=item.listing_id,
        photo_id=item.photo_id,
        title=item.title,
        quantity=item.quantity,
        unit_idr=item.price_idr or 0,
    )


def _log(session: Session, inquiry: Inquiry, what: str, buyer: Buyer, *, at: datetime) -> None:
    """The consent that the form asked for stands with the step; a guest has no other row for it."""
    facts = {"consent": "order"}
    log(
        session,
        what,
        by=buyer.person,
        actor=Actor.BUYER,
        at=at,
        inquiry=inquiry,
        from_status=None,
        to_status=inquiry.status,
        facts=facts,
    )
