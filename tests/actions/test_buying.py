"""Buying what stands ready: held for a day, sold once, given back, never twice; prices said before anything is paid."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from shop import database
from shop.actions import buying, order_clock, payments, proofs, quotes
from shop.actions.asking import CannotAsk
from shop.actions.buying import Parcel, Piece
from shop.actions.quote_rows import Delivery
from shop.actions.ready_orders import Buyer
from shop.actions.stock import SoldOut
from shop.domain.buying import FewerLeft, NotReady, PriceChanged, ShippingChanged
from shop.domain.payment import Method
from shop.models import (
    BankAccount,
    Inquiry,
    Listing,
    Notice,
    Order,
    Producer,
    ShippingPlace,
    ShippingRate,
    ShippingZone,
    StockHold,
)
from shop.operations import money_check
from shop.operations.check import PROMISES
from shop.queries.deals import deal_of
from tests import factories
from tests.actions.test_deals import offer_for
from tests.factories import AT

RATNA = Buyer("Ratna Wulandari", "+6281234563210", "ratna@contoh.test", "id")
KUPANG = {"penerima": "Ratna", "jalan": "Jl. Merdeka 1", "kode": "53.71.04", "kecamatan": "Oebobo",
          "kabupaten": "Kota Kupang", "provinsi": "Nusa Tenggara Timur"}  # fmt: skip
LOOKS = [
    promise
    for promise in PROMISES
    if promise not in ("database", "live versions", "catalogue", "stock", "prices", "guards")
]
SENT, PICKED_UP = Delivery(address=KUPANG), Delivery(pick_up=True)


@pytest.fixture(autouse=True)
def everything_is_as_it_must_be(session: Session) -> Iterator[None]:
    """Whatever a test did: what `flask check` asks of deals, money and stock at its end."""
    yield
    session.flush()
    found = [sentence for look in LOOKS for sentence in PROMISES[look](session.connection())]
    assert not found


@dataclass
class Stage:
    session: Session
    producer: Producer
    listing: Listing
    other: Listing


def stage(session: Session, **content: Any) -> Stage:
    """A weaver with three of one cloth, and a plaiter with a basket."""
    chair = factories.person(session, "Maria")
    producer = factories.producer(session, chair=chair)
    plaiters = factories.producer(session, "Kelompok Anyam", crafts=["anyaman"])
    listing = factories.published(session, producer, chair, **({"stock": 3} | content))
    other = factories.published(session, plaiters, chair, title_id="Tanasak", price_idr=85_000)
    return Stage(session, producer, listing, other)


def rates(session: Session, *, places: tuple[str, ...] = ("53",), **steps: int) -> ShippingZone:
    zone = ShippingZone(name=f"Zona {places[0]}", courier="JNE REG", divisor=6000, changed_at=AT)
    zone.places = [ShippingPlace(code=code) for code in places]
    zone.rates = [
        ShippingRate(up_to_g=up_to, price_idr=price)
        for up_to, price in ({2000: 40_000, 10_000: 90_000} if not steps else {}).items()
    ]
    session.add(zone)
    session.flush()
    return zone


def parcel(work: Listing, quantity: int = 1, *, shipping_idr: int | None = 0, **piece: Any) -> Parcel:
    wanted = Piece(work.id, quantity, work.price_idr or 0)
    return Parcel(work.producer_id, (replace(wanted, **piece),), shipping_idr)


def bought(on: Stage, *parcels: Parcel, delivery: Delivery = PICKED_UP, key: str = "f" * 32) -> list[Inquiry]:
    wanted = parcels or (parcel(on.listing),)
    return buying.buy(on.session, wanted, RATNA, delivery, form_key=key, prefix="BLU", at=AT)


def clock(session: Session, *, at: datetime) -> int:
    """What the worker does at that moment; how many deals changed."""
    return sum(order_clock.do(session, one, at=at) for one in order_clock.due(session, at=at))


def order_of(session: Session, inquiry: Inquiry) -> Order:
    return session.scalars(select(Order).where(Order.inquiry_id == inquiry.id)).one()


def test_works_of_two_makers_are_two_orders_with_prices_copied_and_pieces_held(session: Session) -> None:
    on = stage(session)
    first, second = bought(on, parcel(on.listing, 2), parcel(on.other))
    order = order_of(session, first)
    assert (first.status, second.status) == ("deposit_due", "deposit_due")
    assert (order.total_idr, order.deposit_idr, order.shipping_idr) == (2_700_000, 2_700_000, 0)
    assert [(line.title, line.quantity, line.unit_idr) for line in order.lines] == [
        ("Tais Lajur Merah", 2, 1_350_000)
    ]
    assert (on.listing.stock, on.other.stock) == (1, 0)
    assert {hold.until for hold in session.scalars(select(StockHold))} == {AT + timedelta(hours=24)}
    kinds = Counter(session.scalars(select(Notice.kind)))
    assert kinds == {"order_bought": 2, "order_placed": 2}
    on.listing.price_idr = 9_000_000
    assert order.lines[0].unit_idr == 1_350_000


def test_what_is_paid_goes_to_the_maker_to_ship_at_once(session: Session) -> None:
    on = stage(session)
    (inquiry,) = bought(on)
    payment = payments.begin(session, inquiry, Method.QRIS, at=AT)
    assert payment.expires_at == AT + timedelta(hours=24)
    payments.take(session, payment, received_idr=payment.total_idr, key="a", by=None, at=AT)
    assert inquiry.status == "to_ship"
    assert [hold.kept_at for hold in session.scalars(select(StockHold))] == [AT]
    assert deal_of(session, inquiry, at=AT).held_until is None


def test_a_hold_that_runs_out_gives_the_piece_back_and_says_so_one_second_late(session: Session) -> None:
    on = stage(session)
    (inquiry,) = bought(on)
    day = AT + timedelta(hours=24)
    assert clock(session, at=day - timedelta(seconds=1)) == 0
    assert clock(session, at=day) == 1
    assert clock(session, at=day + timedelta(days=7)) == 0
    assert (inquiry.status, on.listing.stock) == ("lapsed", 3)
    assert "hold_ended" in set(session.scalars(select(Notice.kind)))
    assert not list(money_check.holds(session.connection()))


def test_the_clock_of_a_hold_stands_still_while_a_proof_is_checked(session: Session) -> None:
    on = stage(session)
    (inquiry,) = bought(on)
    payment = payments.begin(session, inquiry, Method.QRIS, at=AT)
    proofs.send(session, payment, factories.photo(session), at=AT)
    assert clock(session, at=AT + timedelta(days=2)) == 0
    assert inquiry.status == "deposit_due"


def test_an_order_out_of_a_quote_still_has_its_three_days(session: Session) -> None:
    on = stage(session)
    inquiry = factories.inquiry(session, on.listing)
    offer = offer_for(on.listing)
    quote = quotes.send_quote(session, inquiry, offer, by=None, form_key="q", at=AT)
    quotes.accept(session, inquiry, quote, delivery=PICKED_UP, by=None, at=AT)
    assert clock(session, at=AT + timedelta(days=2)) == 0
    assert clock(session, at=AT + timedelta(days=3)) == 1


def test_a_rate_for_the_place_is_part_of_the_order_and_the_nearer_place_wins(session: Session) -> None:
    on = stage(session)
    rates(session)
    (inquiry,) = bought(on, parcel(on.listing, 2, shipping_idr=90_000), delivery=SENT)
    order = order_of(session, inquiry)
    assert (order.shipping_idr, order.total_idr) == (90_000, 2_790_000)
    assert (order.address["kabupaten"], inquiry.destination) == ("Kota Kupang", "Oebobo, Kota Kupang")
    near = rates(session, places=("53.71",))
    near.rates[0].price_idr = 15_000
    session.flush()
    (inquiry,) = bought(on, parcel(on.listing, shipping_idr=15_000), delivery=SENT, key="e" * 32)
    assert order_of(session, inquiry).shipping_idr == 15_000


@pytest.mark.parametrize("reason", ["no rate", "not measured", "too heavy"])
def test_without_a_rate_the_maker_is_asked_for_the_shipping_alone(session: Session, reason: str) -> None:
    on = stage(session, **({"weight_g": None} if reason == "not measured" else {}))
    if reason != "no rate":
        rates(session)
    quantity = 3 if reason == "not measured" else 1
    if reason == "too heavy":
        assert on.listing.live_revision is not None
        on.listing.live_revision.weight_g = 11_000
    (inquiry,) = bought(on, parcel(on.listing, quantity, shipping_idr=None), delivery=SENT)
    assert (inquiry.status, inquiry.only_shipping, on.listing.stock) == ("asked", True, 3)
    assert inquiry.address["jalan"] == "Jl. Merdeka 1"
    assert session.scalars(select(Order)).all() == []
    assert "shipping_wanted" in set(session.scalars(select(Notice.kind)))


def test_the_same_form_is_the_same_order_even_after_the_last_piece(session: Session) -> None:
    on = stage(session, stock=1)
    (first,) = bought(on)
    (again,) = bought(on)
    assert again is first
    assert len(session.scalars(select(Order)).all()) == 1


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"price_idr": 1_400_000}, PriceChanged),
        ({"stock": 0}, SoldOut),
        ({"stock": 1}, FewerLeft),
        ({"availability": "made_to_order"}, NotReady),
        ({"price_kind": "from"}, NotReady),
        ({"status": "hidden_by_producer"}, CannotAsk),
    ],
)
def test_what_changed_meanwhile_is_said_and_nothing_of_the_form_is_held(
    session: Session, change: dict[str, Any], error: type[Exception]
) -> None:
    on = stage(session)
    wanted = (parcel(on.other), parcel(on.listing, 2))
    for name, value in change.items():
        setattr(on.listing, name, value)
    session.commit()
    with pytest.raises(error):
        bought(on, *wanted)
    session.rollback()
    assert on.other.stock == 1
    assert session.scalars(select(Inquiry)).all() == []


def test_another_price_for_sending_than_was_seen_is_said(session: Session) -> None:
    on = stage(session)
    rates(session)
    for seen in (39_000, None):
        with pytest.raises(ShippingChanged):
            bought(on, parcel(on.listing, shipping_idr=seen), delivery=SENT)


def test_twenty_at_the_same_moment_give_one_order_and_nineteen_clear_answers(
    session: Session, database_url: str
) -> None:
    on = stage(session, availability="one_of_a_kind", stock=1)
    wanted = parcel(on.listing)
    session.commit()
    engine = create_engine(database_url, pool_size=20)
    database.prepare_sqlite(engine)
    outcomes: list[str] = []

    def press(key: str) -> None:
        with Session(engine) as mine:
            try:
                buying.buy(mine, [wanted], RATNA, PICKED_UP, form_key=key, prefix="BLU", at=AT)
                mine.commit()
                outcomes.append("order")
            except SoldOut as refused:
                outcomes.append(refused.sentence)

    threads = [threading.Thread(target=press, args=(f"{number:032x}",)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine.dispose()
    assert Counter(outcomes) == {"order": 1, SoldOut.sentence: 19}
    session.expire_all()
    assert on.listing.stock == 0
    assert len(session.scalars(select(Order)).all()) == 1


def test_one_form_pressed_by_several_hands_at_once_is_one_order(session: Session, database_url: str) -> None:
    on = stage(session, stock=3)
    wanted = [parcel(on.other), parcel(on.listing)]
    session.commit()
    engine = create_engine(database_url, pool_size=8)
    database.prepare_sqlite(engine)
    codes: list[tuple[str, ...]] = []

    def press() -> None:
        with Session(engine) as mine:
            deals = buying.buy(mine, wanted, RATNA, PICKED_UP, form_key="a" * 32, prefix="BLU", at=AT)
            mine.commit()
            codes.append(tuple(deal.code for deal in deals))

    threads = [threading.Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine.dispose()
    assert len(codes) == 8
    assert len(set(codes)) == 1
    session.expire_all()
    assert on.listing.stock == 2


def test_a_bank_account_takes_money_for_works_that_stood_ready(session: Session) -> None:
    """The unique sum ends with the hold."""
    on = stage(session)
    curator, other = factories.curator(session), factories.curator(session, "Rina")
    account = BankAccount(bank="Bank NTT", number="001", holder="Dekranasda", proposed_by_id=curator.id,
                          proposed_at=AT, confirmed_by_id=other.id, confirmed_at=AT)  # fmt: skip
    session.add(account)
    session.flush()
    (inquiry,) = bought(on)
    payment = payments.begin(session, inquiry, Method.TRANSFER, account=account, at=AT)
    assert payment.expires_at == AT + timedelta(hours=24)
    assert 1 <= payment.code_idr <= 999
