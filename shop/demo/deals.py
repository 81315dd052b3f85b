"""The demo's deals, through the real actions: one quote to answer, one order being made; and work for curators."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shop.actions import bank_accounts, orders, payments, payouts, quotes, reports
from shop.actions.quote_rows import Delivery, Offer, Offered
from shop.demo.people import Cast
from shop.domain.payment import Method
from shop.domain.roles import Actor
from shop.models import BankAccount, Inquiry, InquiryItem, Listing, Notice, Person
from shop.queries.deals import standing_quote


def make_deals(session: Session, listings: list[Listing], cast: Cast, *, at: datetime) -> None:
    """Needs the threads. The notices of what happened in the past count as sent."""
    by_title = {listing.revisions[0].title_id: listing for listing in listings}
    account = _account(session, cast, at=at - timedelta(days=100))
    cupboard, bag = by_title.get("Lemari Dua Pintu Ukir"), by_title.get("Tas Anyam Jati")
    if cupboard is not None:
        _quote(session, cupboard, cast, 7_100_000, 850_000, at=at - timedelta(hours=20), now=at)
    if bag is not None:
        _order(session, bag, cast, account, at=at - timedelta(hours=15), now=at)
    cloth, shelf = by_title.get("Tais Lingkar Nila"), by_title.get("Rak Buku Lima Susun")
    if cloth is not None and _newest(session, cloth, "Penginapan Lahurus"):
        _sold(session, cloth, "Penginapan Lahurus", cast, account, 1_450_000, days=60, now=at)
        payouts.pay(session, cloth.producer, 1_000_000, bank_reference="CONTOH-0117", by=cast.curators[0],
                    at=at - timedelta(days=9))  # fmt: skip
    if shelf is not None and _newest(session, shelf, cast.buyer.name):
        _sold(session, shelf, cast.buyer.name, cast, account, 1_850_000, days=34, now=at)
    for_curators(session, by_title, at=at)
    session.execute(update(Notice).where(Notice.sent_at.is_(None)).values(sent_at=Notice.created_at))
    session.flush()


def for_curators(session: Session, by_title: dict[str, Listing], *, at: datetime) -> None:
    """A change that a trusted maker published at once, and a visitor's report."""
    changed, reported = by_title.get("Tais Kota"), by_title.get("Topi Kebun")
    if changed is not None:
        changed.producer.trusted = True
        changed.unacknowledged_since = at - timedelta(days=1)
    if reported is not None:
        reports.file_report(
            session,
            reported,
            reason="photo",
            text="Fotonya terlihat seperti topi yang saya lihat di situs lain.",
            contact="",
            form_key="demo",
            at=at - timedelta(hours=9),
        )
    session.flush()


def _account(session: Session, cast: Cast, *, at: datetime) -> BankAccount:
    account = bank_accounts.propose(
        session,
        bank="Bank Contoh",
        number="0010203004175",
        holder="Dekranasda (contoh)",
        by=cast.administrator,
        at=at,
    )
    bank_accounts.confirm(session, account, by=cast.curators[0], at=at)
    return account


def _quote(
    session: Session,
    listing: Listing,
    cast: Cast,
    unit_idr: int,
    shipping_idr: int,
    *,
    at: datetime,
    now: datetime,
) -> Inquiry:
    inquiry = session.scalars(
        select(Inquiry).join(InquiryItem).where(InquiryItem.listing_id == listing.id).order_by(Inquiry.id)
    ).first()
    assert inquiry is not None  # noqa: S101  (the demo's own threads)
    item = inquiry.items[0]
    offer = Offer(
        lines=[Offered(item.title, 1, unit_idr, listing.id, size=item.wish)],
        shipping_idr=shipping_idr,
        packing_idr=0,
        deposit_percent=50,
        lead_time_days=listing.lead_time_days or 7,
        valid_until=now + timedelta(days=6),
        shipping_by="kargo",
    )
    chair = cast.chairs[inquiry.producer.name]
    quotes.send_quote(session, inquiry, offer, by=chair, form_key="demo", at=at)
    return inquiry


def _newest(session: Session, listing: Listing, buyer: str) -> Inquiry | None:
    """The demo's thread of this buyer about this work."""
    about = select(Inquiry).join(InquiryItem).where(InquiryItem.listing_id == listing.id)
    return session.scalars(about.where(Inquiry.buyer_name == buyer).order_by(Inquiry.id.desc())).first()


def _sold(
    session: Session,
    listing: Listing,
    buyer: str,
    cast: Cast,
    account: BankAccount,
    unit_idr: int,
    *,
    days: int,
    now: datetime,
) -> None:
    """An order of the past, from the quote to the buyer's hand in under three weeks; paid in two parts."""
    inquiry, began = _newest(session, listing, buyer), now - timedelta(days=days - 1)
    if inquiry is None:
        return
    chair, curator = cast.chairs[inquiry.producer.name], cast.curators[0]
    lines = [Offered(inquiry.items[0].title, 1, unit_idr, listing.id, size=inquiry.items[0].wish)]
    offer = Offer(lines, 85_000, 25_000, 50, 14, began + timedelta(days=7), "kargo")
    quote = quotes.send_quote(session, inquiry, offer, by=chair, form_key="demo", at=began)
    by = session.get(Person, inquiry.buyer_id) if inquiry.buyer_id else None
    quotes.accept(session, inquiry, quote, delivery=Delivery(address={"kota": inquiry.destination}), by=by,
                  at=began + timedelta(hours=6))  # fmt: skip
    for part, day in (("deposit", 1), ("balance", 15)):
        at = began + timedelta(days=day)
        payment = payments.begin(session, inquiry, Method.TRANSFER, account=account, at=at)
        payments.take(
            session,
            payment,
            received_idr=payment.total_idr,
            key=f"demo:{inquiry.id}:{part}",
            by=curator,
            at=at,
        )
        photo = inquiry.items[0].photo
        if part == "deposit" and photo is not None:
            orders.ready(session, inquiry, photo, by=chair, note="", at=began + timedelta(days=14))
    orders.ship(session, inquiry, courier="Kargo Laut", tracking_number=f"CTH{inquiry.id:06d}", by=chair,
                at=began + timedelta(days=16))  # fmt: skip
    orders.receive(session, inquiry, actor=Actor.BUYER, by=by, at=began + timedelta(days=20))


def _order(
    session: Session, listing: Listing, cast: Cast, account: BankAccount, *, at: datetime, now: datetime
) -> None:
    inquiry = _quote(session, listing, cast, 165_000, 35_000, at=at, now=now)
    quote = standing_quote(session, inquiry)
    assert quote is not None  # noqa: S101  (sent a line above)
    quotes.accept(
        session, inquiry, quote, delivery=Delivery(pick_up=True), by=None, at=at + timedelta(hours=2)
    )
    payment = payments.begin(session, inquiry, Method.TRANSFER, account=account, at=at + timedelta(hours=3))
    payments.take(
        session,
        payment,
        received_idr=payment.total_idr,
        key="demo",
        by=cast.curators[0],
        at=at + timedelta(hours=5),
    )
