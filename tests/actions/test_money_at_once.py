"""Two people, or a person and a machine, on the same deal at the same moment: it counts once, and nobody waits for ever."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.actions import (
    bank_lists,
    buying,
    disputes,
    odd_money,
    order_clock,
    orders,
    payments,
    producers,
    quotes,
    refunds,
)
from shop.actions.card_notices import take_checkout, take_notice
from shop.actions.catalogue import refresh
from shop.actions.locking import hold_row
from shop.actions.quote_rows import Delivery
from shop.domain.deal import HOLD_LASTS, CannotAsk
from shop.domain.errors import ChangedMeanwhile, WrongInput, WrongState
from shop.domain.payment import Method
from shop.domain.quote import QuoteReplaced
from shop.domain.roles import Actor
from shop.models import Journal, Order, Payment, Person, Refund, StatementLine
from shop.queries.ledger import came_idr, held_idr, surplus_idr
from tests import factories
from tests.actions.test_bank_lists import ZONE
from tests.actions.test_buying import PICKED_UP, RATNA, bought, parcel
from tests.actions.test_buying import stage as shelf
from tests.actions.test_card_notices import asked, paid_notice
from tests.actions.test_deals import Stage, accepted, offer_for, paid, stage
from tests.at_once import Step, at_once, meanwhile
from tests.factories import AT

POSTGRESQL = pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)


def of(row: Any) -> Callable[[Session], Any]:
    """The same row in another session."""
    kind, number = type(row), row.id
    return lambda own: own.get_one(kind, number)


def booking(payment: Payment, by: Person, key: str) -> Step:
    payment_of, by_of, total = of(payment), of(by), payment.total_idr

    def step(own: Session) -> None:
        money = {"received_idr": total, "key": key, "by": by_of(own), "at": AT, "seen": "open/0"}
        payments.take(own, payment_of(own), **money)

    return step


def waited_for(on: Stage, method: Method = Method.TRANSFER) -> Payment:
    accepted(on)
    return payments.begin(on.session, on.inquiry, method, account=on.account, at=AT)


def listed(on: Stage, amount_idr: int) -> StatementLine:
    """A line of the bank's list that nobody has compared yet."""
    source = bank_lists.source_of(on.session, on.account)
    line = StatementLine(
        source_id=source.id,
        fingerprint="a",
        booked_on=AT.date(),
        amount_idr=amount_idr,
        imported_at=AT,
        imported_by_id=on.curator.id,
    )
    on.session.add(line)
    on.session.flush()
    return line


@pytest.mark.parametrize("method", [Method.TRANSFER, Method.QRIS])
def test_two_of_the_staff_book_the_same_money(app: Flask, session: Session, method: Method) -> None:
    on = stage(session)
    payment = waited_for(on, method)
    outcomes = at_once(app, session, *(booking(payment, on.curator, key) for key in "ab"))
    assert [type(error) for error in outcomes if error] == [ChangedMeanwhile]
    assert (held_idr(session, payment.order), surplus_idr(session, payment.order)) == (payment.total_idr, 0)


@POSTGRESQL
def test_the_list_waits_for_who_is_recording_the_same_arrival(app: Flask, session: Session) -> None:
    on = stage(session)
    payment = waited_for(on)
    line = listed(on, payment.total_idr)
    line_of = of(line)
    session.commit()
    payments.take(session, payment, received_idr=payment.total_idr, key="a", by=on.curator, at=AT)
    with meanwhile(app, lambda own: bank_lists.compare(own, line_of(own), zone=ZONE, at=AT)):
        session.commit()
    session.expire_all()
    assert (line.payment_id, surplus_idr(session, payment.order)) == (payment.id, 0)


def test_the_notice_the_pay_page_and_the_asker_tell_of_one_payment(app: Flask, session: Session) -> None:
    on = stage(session)
    payment = asked(on)
    payment_of, first, second = of(payment), paid_notice(payment), paid_notice(payment, "evt_2")
    checkout = first.checkout
    assert checkout is not None
    at_once(
        app,
        session,
        lambda own: take_notice(own, first, at=AT),
        lambda own: take_notice(own, first, at=AT),
        lambda own: take_notice(own, second, at=AT),
        lambda own: take_checkout(own, payment_of(own), checkout, at=AT),
    )
    assert session.scalar(select(func.count()).select_from(Journal)) == 1
    assert (on.inquiry.status, surplus_idr(session, payment.order)) == ("in_production", 0)


def test_a_card_is_paid_while_the_buyer_cancels(app: Flask, session: Session) -> None:
    """One of the two comes first; the money is the order's or the buyer's, never lost."""
    on = stage(session)
    payment = asked(on)
    inquiry_of, notice = of(on.inquiry), paid_notice(payment)

    def cancel(own: Session) -> None:
        orders.cancel(own, inquiry_of(own), actor=Actor.BUYER, by=None, why="Batal", at=AT)

    refused, _ = at_once(app, session, cancel, lambda own: take_notice(own, notice, at=AT))
    held, surplus = held_idr(session, payment.order), surplus_idr(session, payment.order)
    if isinstance(refused, WrongState):
        assert (on.inquiry.status, held, surplus) == ("in_production", payment.total_idr, 0)
    else:
        assert (refused, on.inquiry.status, held, surplus) == (None, "cancelled", 0, payment.total_idr)


def test_two_curators_give_back_at_once_never_more_than_came(app: Flask, session: Session) -> None:
    on = stage(session)
    accepted(on)
    payment = paid(on, key="a")
    payments.take(session, payment, received_idr=payment.total_idr, key="b", by=on.curator, at=AT)
    orders.problem(session, on.inquiry, by=None, words="Retak", at=AT)
    inquiry_of, by_of, total = of(on.inquiry), of(on.curator), payment.total_idr

    def surplus_back(key: str) -> Step:
        return lambda own: odd_money.refund_surplus(
            own, inquiry_of(own), total, why="Dua kali", key=key, by=by_of(own), at=AT
        )

    def all_back(own: Session) -> None:
        disputes.refund_all(own, inquiry_of(own), by=by_of(own), why="Retak", at=AT)

    outcomes = at_once(app, session, surplus_back("x"), surplus_back("y"), all_back, all_back)
    assert sorted(type(error).__name__ for error in outcomes if error) == ["WrongInput", "WrongState"]
    back = session.scalar(select(func.sum(Refund.amount_idr)))
    assert back == came_idr(session, payment) == 2 * total
    with pytest.raises(WrongInput):
        refunds.decide(session, payment.order, 1, why="", key="z", by=on.curator, at=AT)


def test_the_buyer_accepts_while_the_maker_sends_another_round(app: Flask, session: Session) -> None:
    """Either the order has the terms that were read, or there is none."""
    on = stage(session)
    quote = quotes.send_quote(session, on.inquiry, offer_for(on.listing), by=on.chair, form_key="1", at=AT)
    inquiry_of, quote_of, by_of = of(on.inquiry), of(quote), of(on.chair)
    dearer = offer_for(on.listing, shipping_idr=900_000)

    def accept(own: Session) -> None:
        quotes.accept(own, inquiry_of(own), quote_of(own), delivery=Delivery(), by=None, at=AT)

    def send(own: Session) -> None:
        quotes.send_quote(own, inquiry_of(own), dearer, by=by_of(own), form_key="2", at=AT)

    late_buyer, late_maker = at_once(app, session, accept, send)
    order = session.scalar(select(Order))
    if late_buyer is None:
        assert isinstance(late_maker, WrongState)
        assert order is not None
        assert order.total_idr == quote.total_idr
    else:
        assert (type(late_buyer), late_maker, order) == (QuoteReplaced, None, None)


@POSTGRESQL
def test_who_gives_two_works_back_does_not_wait_for_a_buyer_who_waits_for_him(
    app: Flask, session: Session
) -> None:
    """The second work is somebody's who wants the catalogue's turn next: the first must not have taken it."""
    on = shelf(session)
    second = factories.published(session, on.producer, on.producer.members[0].person, title_id="Sarung")
    first, last = sorted((on.listing, second), key=lambda work: work.id)
    both = parcel(first).pieces + parcel(last).pieces
    (inquiry,) = bought(on, type(parcel(first))(on.producer.id, both, 0))
    inquiry_of = of(inquiry)
    session.commit()
    hold_row(session, last)
    with meanwhile(
        app, lambda own: orders.cancel(own, inquiry_of(own), actor=Actor.BUYER, by=None, why="", at=AT)
    ) as refused:
        refresh(session, last)
        session.commit()
    assert refused == [None]
    session.expire_all()
    assert inquiry.status == "cancelled"


def test_two_workers_find_the_same_hold_run_out(app: Flask, session: Session) -> None:
    on = shelf(session, stock=1)
    (inquiry,) = bought(on)
    late = AT + HOLD_LASTS
    (found,) = order_clock.due(session, at=late)
    done: list[bool] = []
    at_once(app, session, *[lambda own: done.append(order_clock.do(own, found, at=late))] * 2)
    assert sorted(done) == [False, True]
    assert (inquiry.status, on.listing.stock) == ("lapsed", 1)


@POSTGRESQL
def test_a_purchase_waits_for_a_suspension_and_is_refused(app: Flask, session: Session) -> None:
    on = shelf(session)
    wanted = [parcel(on.other), parcel(on.listing)]
    curator = factories.curator(session, "Rina")
    session.commit()
    producers.suspend(session, on.producer, why="Palsu", by=curator, at=AT)
    with meanwhile(
        app, lambda own: buying.buy(own, wanted, RATNA, PICKED_UP, form_key="a" * 32, prefix="BLU", at=AT)
    ) as refused:
        session.commit()
    assert [type(error) for error in refused] == [CannotAsk]
    assert session.scalar(select(Order)) is None
