"""The deal with money: from a quote to delivery, and whatever arrives twice, late or at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

from shop import database
from shop.actions import disputes, orders, payment_ends, payments, payouts, producers, proofs, quotes, refunds
from shop.actions.quote_rows import Delivery, Offer, Offered
from shop.actions.stock import SoldOut
from shop.domain.errors import NotAllowed, WrongInput, WrongState
from shop.domain.ledger import Account
from shop.domain.payment import Method, PaymentStatus
from shop.domain.quote import QuoteExpired, QuoteReplaced
from shop.domain.roles import Actor
from shop.models import (
    BankAccount,
    Inquiry,
    Listing,
    Order,
    Payment,
    Person,
    Posting,
    Producer,
    Quote,
    Refund,
    StaffTask,
)
from shop.operations import money_check
from shop.queries.ledger import debt_idr, held_idr, owed_idr, payable_idr, surplus_idr
from tests import factories
from tests.factories import AT

MONEY = (
    money_check.journals,
    money_check.payments,
    money_check.balances,
    money_check.payouts,
    money_check.bank_lines,
    money_check.holds,
    money_check.documents,
)


@pytest.fixture(autouse=True)
def the_books_are_in_order(session: Session) -> Iterator[None]:
    """Whatever a test did: what `flask check` asks of money and stock holds at its end."""
    yield
    session.flush()
    found = [sentence for look in MONEY for sentence in look(session.connection())]
    assert not found


@dataclass
class Stage:
    """A weaver, her work, a buyer's question, two curators and an account of the council."""

    session: Session
    producer: Producer
    chair: Person
    curator: Person
    listing: Listing
    inquiry: Inquiry
    account: BankAccount


def stage(session: Session, **content: Any) -> Stage:
    chair, curator, other = (
        factories.person(session, "Maria"),
        factories.curator(session, "Sari"),
        factories.curator(session, "Rina"),
    )
    producer = factories.producer(session, chair=chair)
    made = {"availability": "made_to_order", "stock": 0, "lead_time_days": 30}
    listing = factories.published(session, producer, chair, **(made | content))
    account = BankAccount(
        bank="Bank NTT",
        number="0010203004175",
        holder="Dekranasda",
        proposed_by_id=curator.id,
        proposed_at=AT,
        confirmed_by_id=other.id,
        confirmed_at=AT,
    )
    session.add(account)
    session.flush()
    return Stage(session, producer, chair, curator, listing, factories.inquiry(session, listing), account)


def offer_for(listing: Listing, **values: Any) -> Offer:
    offer = Offer(
        lines=[Offered("Tais Lajur Merah", 1, 4_500_000, listing.id)],
        shipping_idr=300_000,
        packing_idr=100_000,
        deposit_percent=50,
        lead_time_days=30,
        valid_until=AT + timedelta(days=7),
    )
    return replace(offer, **values)


def accepted(on: Stage, *, at: datetime = AT, **values: Any) -> Order:
    quote = quotes.send_quote(
        on.session, on.inquiry, offer_for(on.listing, **values), by=on.chair, form_key="q1", at=AT
    )
    return quotes.accept(on.session, on.inquiry, quote, delivery=Delivery(), by=None, at=at)


def paid(on: Stage, method: Method = Method.TRANSFER, *, key: str, at: datetime = AT) -> Payment:
    payment = payments.begin(on.session, on.inquiry, method, account=on.account, at=at)
    payments.take(on.session, payment, received_idr=payment.total_idr, key=key, by=on.curator, at=at)
    return payment


def made_ready(on: Stage, *, at: datetime = AT) -> None:
    orders.ready(
        on.session, on.inquiry, factories.photo(on.session, on.producer), by=on.chair, note="", at=at
    )


def tasks(session: Session) -> set[str]:
    return set(session.scalars(select(StaffTask.kind).where(StaffTask.done_at.is_(None))))


def ledger_is_even(session: Session) -> bool:
    return not session.scalar(select(func.coalesce(func.sum(Posting.amount_idr), 0)))


def test_a_cupboard_goes_from_a_quote_to_the_makers_hand(session: Session) -> None:
    on = stage(session)
    order = accepted(on)
    assert (order.total_idr, order.deposit_idr, on.inquiry.status) == (4_900_000, 2_450_000, "deposit_due")

    deposit = paid(on, key="a")
    assert on.inquiry.status == "in_production"
    assert order.promised_at == AT + timedelta(days=30)

    made_ready(on)
    assert on.inquiry.status == "balance_due"
    balance = payments.begin(session, on.inquiry, Method.TRANSFER, account=on.account, at=AT)
    assert (
        balance.amount_idr == 4_900_000 - deposit.total_idr
    )  # the deposit's code counts towards the balance
    payments.take(session, balance, received_idr=balance.total_idr, key="b", by=on.curator, at=AT)
    assert on.inquiry.status == "to_ship"

    orders.ship(session, on.inquiry, courier="JNE", tracking_number="TKN1", by=on.chair, at=AT)
    orders.receive(session, on.inquiry, actor=Actor.BUYER, by=None, at=AT)
    assert on.inquiry.status == "completed"
    assert owed_idr(session, on.producer.id) == deposit.total_idr + balance.total_idr
    assert payable_idr(session, on.producer.id, at=AT + timedelta(days=6)) == 0
    later = AT + timedelta(days=8)
    owed = payable_idr(session, on.producer.id, at=later)
    payouts.pay(session, on.producer, owed, bank_reference="NTT-1", by=on.curator, at=later)
    assert owed_idr(session, on.producer.id) == 0
    assert ledger_is_even(session)


def test_a_quote_is_superseded_never_edited_and_only_the_newest_can_be_accepted(session: Session) -> None:
    on = stage(session)
    first = quotes.send_quote(session, on.inquiry, offer_for(on.listing), by=on.chair, form_key="1", at=AT)
    second = quotes.send_quote(
        session, on.inquiry, offer_for(on.listing, shipping_idr=250_000), by=on.chair, form_key="2", at=AT
    )
    again = quotes.send_quote(session, on.inquiry, offer_for(on.listing), by=on.chair, form_key="2", at=AT)
    assert again is second
    session.refresh(first)
    assert first.superseded_at == AT
    assert first.shipping_idr == 300_000
    with pytest.raises(QuoteReplaced):
        quotes.accept(session, on.inquiry, first, delivery=Delivery(), by=None, at=AT)


def test_one_second_late_is_late_and_asking_again_carries_on(session: Session) -> None:
    on = stage(session)
    quote = quotes.send_quote(session, on.inquiry, offer_for(on.listing), by=on.chair, form_key="1", at=AT)
    late = quote.valid_until + timedelta(seconds=1)
    with pytest.raises(QuoteExpired):
        quotes.accept(session, on.inquiry, quote, delivery=Delivery(), by=None, at=late)
    quotes.ask_again(session, on.inquiry, by=None, at=late)
    assert on.inquiry.status == "asked"


def test_accepting_twice_is_one_order(session: Session) -> None:
    on = stage(session)
    order = accepted(on)
    quote = session.get_one(Quote, order.quote_id)
    assert quotes.accept(session, on.inquiry, quote, delivery=Delivery(), by=None, at=AT) is order


def test_running_orders_of_a_suspended_maker_are_work_for_curators_until_it_is_resumed(
    session: Session,
) -> None:
    on = stage(session)
    order = accepted(on)
    asked = select(StaffTask.subject).where(StaffTask.kind == "maker_suspended", StaffTask.done_at.is_(None))
    producers.suspend(session, on.inquiry.producer, why="Menjual kain cetakan.", by=on.curator, at=AT)
    assert session.scalars(asked).all() == [f"order:{order.id}"]
    producers.resume(session, on.inquiry.producer, by=on.curator, at=AT)
    assert session.scalars(asked).all() == []


def test_a_suspended_maker_takes_no_order(session: Session) -> None:
    on = stage(session)
    quote = quotes.send_quote(session, on.inquiry, offer_for(on.listing), by=on.chair, form_key="1", at=AT)
    on.producer.status, on.producer.suspended_at = "suspended", AT
    session.flush()
    with pytest.raises(NotAllowed):
        quotes.accept(session, on.inquiry, quote, delivery=Delivery(), by=None, at=AT)


def test_the_last_piece_is_held_given_back_and_sold_once(session: Session) -> None:
    on = stage(session, availability="one_of_a_kind", stock=1, lead_time_days=None)
    rival = factories.inquiry(session, on.listing)
    theirs = quotes.send_quote(session, rival, offer_for(on.listing), by=on.chair, form_key="r", at=AT)
    accepted(on)
    assert on.listing.stock == 0
    with pytest.raises(SoldOut):
        quotes.accept(session, rival, theirs, delivery=Delivery(), by=None, at=AT)


def test_when_a_hold_is_given_back_the_piece_is_on_sale_again(session: Session) -> None:
    on = stage(session, availability="one_of_a_kind", stock=1, lead_time_days=None)
    accepted(on)
    orders.cancel(session, on.inquiry, actor=Actor.BUYER, by=None, why="Berubah", at=AT)
    assert (on.listing.stock, on.inquiry.status) == (1, "cancelled")


def test_when_the_last_piece_is_paid_other_quotes_for_it_end(session: Session) -> None:
    on = stage(session, availability="one_of_a_kind", stock=1, lead_time_days=None)
    rival = factories.inquiry(session, on.listing)
    quotes.send_quote(session, rival, offer_for(on.listing), by=on.chair, form_key="r", at=AT)
    accepted(on, deposit_percent=100)
    paid(on, key="a")
    session.refresh(rival)
    assert (on.inquiry.status, rival.status, rival.closed_reason) == ("to_ship", "declined", "sold")


def test_the_same_arrival_counts_once_and_a_second_one_is_surplus(session: Session) -> None:
    on = stage(session)
    order = accepted(on)
    payment = paid(on, key="a")
    payments.take(session, payment, received_idr=payment.total_idr, key="a", by=on.curator, at=AT)
    assert (held_idr(session, order), surplus_idr(session, order)) == (payment.total_idr, 0)
    payments.take(session, payment, received_idr=payment.total_idr, key="a2", by=on.curator, at=AT)
    assert (held_idr(session, order), surplus_idr(session, order)) == (payment.total_idr, payment.total_idr)
    assert "surplus" in tasks(session)
    assert on.inquiry.status == "in_production"


def test_too_little_waits_for_the_difference_and_then_goes_on(session: Session) -> None:
    on = stage(session)
    order = accepted(on)
    payment = payments.begin(session, on.inquiry, Method.TRANSFER, account=on.account, at=AT)
    payments.take(session, payment, received_idr=payment.amount_idr - 417, key="a", by=on.curator, at=AT)
    assert (payment.status, on.inquiry.status) == ("mismatched", "deposit_due")
    assert "short" in tasks(session)
    rest = payments.begin(session, on.inquiry, Method.TRANSFER, account=on.account, at=AT)
    assert (rest.part, rest.amount_idr) == ("difference", 417)
    payments.take(session, rest, received_idr=rest.total_idr, key="b", by=on.curator, at=AT)
    assert on.inquiry.status == "in_production"
    assert held_idr(session, order) >= order.deposit_idr


def test_money_after_cancelling_is_kept_as_surplus_and_never_revives(session: Session) -> None:
    on = stage(session)
    order = accepted(on)
    payment = payments.begin(session, on.inquiry, Method.TRANSFER, account=on.account, at=AT)
    orders.cancel(session, on.inquiry, actor=Actor.BUYER, by=None, why="", at=AT)
    payments.take(session, payment, received_idr=payment.total_idr, key="a", by=on.curator, at=AT)
    assert on.inquiry.status == "cancelled"
    assert surplus_idr(session, order) == payment.total_idr
    refunds.decide(
        session, order, payment.total_idr, why="", key="s", by=on.curator, at=AT, from_surplus=True
    )
    assert surplus_idr(session, order) == 0
    assert ledger_is_even(session)


def test_open_transfers_of_one_account_never_share_a_sum(session: Session) -> None:
    sums = set()
    for number in range(12):
        on = stage(session)
        account = session.scalars(select(BankAccount).order_by(BankAccount.id)).first()
        accepted(replace(on, inquiry=on.inquiry), at=AT)
        payment = payments.begin(session, on.inquiry, Method.TRANSFER, account=account, at=AT)
        assert 1 <= payment.code_idr <= 999, number
        sums.add(payment.total_idr)
    assert len(sums) == 12


def test_the_same_proof_twice_is_kept_and_marked_and_moves_nothing(session: Session) -> None:
    on = stage(session)
    accepted(on)
    payment = payments.begin(session, on.inquiry, Method.TRANSFER, account=on.account, at=AT)
    slip = factories.photo(session)
    assert not proofs.send(session, payment, slip, at=AT).again
    assert proofs.send(session, payment, slip, at=AT).again
    assert (payment.status, on.inquiry.status) == ("under_check", "deposit_due")
    assert payments.begin(session, on.inquiry, Method.QRIS, at=AT) is payment  # a proof under check stays


def test_qris_stops_at_ten_million(session: Session) -> None:
    on = stage(session)
    accepted(on, lines=[Offered("Lemari", 4, 6_000_000, on.listing.id)])
    with pytest.raises(payments.TooMuchForQris):
        payments.begin(session, on.inquiry, Method.QRIS, at=AT)


def test_only_a_curator_of_another_group_leaves_a_dispute(session: Session) -> None:
    on = stage(session)
    accepted(on)
    paid(on, key="a")
    orders.problem(session, on.inquiry, by=None, words="Retak", at=AT)
    assert on.inquiry.status == "disputed"
    assert "dispute" in tasks(session)
    factories.member(session, on.producer, on.curator, role="assistant")
    with pytest.raises(NotAllowed):
        disputes.resume(session, on.inquiry, by=on.curator, why="", at=AT)
    other = session.scalars(select(Person).where(Person.name == "Rina")).one()
    disputes.resume(session, on.inquiry, by=other, why="Sudah dibicarakan", at=AT)
    assert on.inquiry.status == "in_production"
    assert "dispute" not in tasks(session)


def test_a_partial_refund_leaves_the_rest_to_the_maker(session: Session) -> None:
    on = stage(session)
    order = accepted(on, deposit_percent=100)
    payment = paid(on, key="a")
    made_ready(on)
    orders.ship(session, on.inquiry, courier="JNE", tracking_number="T", by=on.chair, at=AT)
    orders.problem(session, on.inquiry, by=None, words="Satu sisi tergores", at=AT)
    disputes.refund_part(session, on.inquiry, 500_000, keep=True, by=on.curator, why="Tergores", at=AT)
    assert on.inquiry.status == "completed"
    assert owed_idr(session, on.producer.id) == payment.total_idr - 500_000
    assert session.scalars(select(Refund.amount_idr)).all() == [500_000]
    assert held_idr(session, order) == 0
    assert ledger_is_even(session)


def test_a_refund_after_the_payout_is_the_makers_debt_and_taken_off_the_next(session: Session) -> None:
    on = stage(session)
    accepted(on, deposit_percent=100)
    payment = paid(on, key="a")
    made_ready(on)
    orders.ship(session, on.inquiry, courier="JNE", tracking_number="T", by=on.chair, at=AT)
    orders.receive(session, on.inquiry, actor=Actor.BUYER, by=None, at=AT)
    soon = AT + timedelta(days=7)
    payouts.pay(session, on.producer, payment.total_idr, bank_reference="N1", by=on.curator, at=soon)
    orders.problem(session, on.inquiry, by=None, words="Luntur", at=soon)
    disputes.refund_all(session, on.inquiry, by=on.curator, why="Luntur", at=soon)
    assert (on.inquiry.status, debt_idr(session, on.producer.id)) == ("refunded", payment.total_idr)
    assert ledger_is_even(session)


def test_never_more_is_refunded_than_was_paid(session: Session) -> None:
    on = stage(session)
    order = accepted(on)
    payment = paid(on, key="a")
    with pytest.raises(WrongInput):
        refunds.decide(session, order, payment.total_idr + 1, why="", key="x", by=on.curator, at=AT)
    refunds.decide(session, order, payment.total_idr, why="", key="y", by=on.curator, at=AT)
    assert len(refunds.decide(session, order, payment.total_idr, why="", key="y", by=on.curator, at=AT)) == 1
    with pytest.raises(WrongInput):
        refunds.decide(session, order, 1, why="", key="z", by=on.curator, at=AT)


def test_a_problem_comes_too_late_after_seven_days(session: Session) -> None:
    on = stage(session)
    accepted(on, deposit_percent=100)
    paid(on, key="a")
    made_ready(on)
    orders.ship(session, on.inquiry, courier="JNE", tracking_number="T", by=on.chair, at=AT)
    orders.receive(session, on.inquiry, actor=Actor.SYSTEM, by=None, at=AT)
    with pytest.raises(WrongState):
        orders.problem(session, on.inquiry, by=None, words="", at=AT + timedelta(days=7, seconds=1))


def test_an_advance_is_released_by_a_curator_and_never_above_what_is_held(session: Session) -> None:
    on = stage(session)
    order = accepted(on)
    payment = paid(on, key="a")
    with pytest.raises(WrongInput):
        payouts.release_advance(session, order, payment.total_idr + 1, by=on.curator, why="kayu", at=AT)
    payouts.release_advance(session, order, 1_000_000, by=on.curator, why="kayu", at=AT)
    assert payable_idr(session, on.producer.id, at=AT) == 1_000_000
    assert ledger_is_even(session)


def test_twenty_at_the_same_moment_buy_the_last_piece_once(session: Session, database_url: str) -> None:
    on = stage(session, availability="one_of_a_kind", stock=1, lead_time_days=None)
    offers = []
    for number in range(20):
        inquiry = factories.inquiry(session, on.listing)
        quote = quotes.send_quote(
            session, inquiry, offer_for(on.listing), by=on.chair, form_key=f"{number}", at=AT
        )
        offers.append((inquiry.id, quote.id))
    session.commit()
    engine = create_engine(database_url, pool_size=20)
    database.prepare_sqlite(engine)
    outcomes: list[str] = []

    def buy(inquiry_id: int, quote_id: int) -> None:
        with Session(engine) as mine:
            try:
                quotes.accept(
                    mine,
                    mine.get_one(Inquiry, inquiry_id),
                    mine.get_one(Quote, quote_id),
                    delivery=Delivery(),
                    by=None,
                    at=AT,
                )
                mine.commit()
                outcomes.append("order")
            except SoldOut:
                outcomes.append("sold out")

    threads = [threading.Thread(target=buy, args=pair) for pair in offers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine.dispose()
    assert sorted(outcomes) == ["order"] + ["sold out"] * 19
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Order)) == 1
    session.refresh(on.listing)
    assert on.listing.stock == 0


def test_a_code_stays_taken_after_its_payment_ran_out(session: Session) -> None:
    on = stage(session)
    accepted(on)
    payment = payments.begin(session, on.inquiry, Method.TRANSFER, account=on.account, at=AT)
    payment_ends.end(session, payment, at=payment.expires_at)
    assert (payment.status, payment.released_at) == (PaymentStatus.EXPIRED, None)
    payments.take(session, payment, received_idr=payment.total_idr, key="a", by=on.curator, at=AT)
    order = session.scalars(select(Order)).one()
    assert surplus_idr(session, order) == payment.total_idr


def test_the_money_of_an_order_lies_where_it_came_in(session: Session) -> None:
    on = stage(session)
    accepted(on, deposit_percent=100)
    payment = paid(on, Method.STRIPE, key="a")
    at_stripe = session.scalar(
        select(func.sum(Posting.amount_idr)).where(Posting.account == Account.STRIPE.value)
    )
    assert at_stripe == payment.total_idr


def test_what_came_twice_can_go_back_once(session: Session) -> None:
    on = stage(session)
    order = accepted(on)
    payment = paid(on, key="a")
    payments.take(session, payment, received_idr=payment.total_idr, key="a2", by=on.curator, at=AT)
    refunds.decide(
        session, order, payment.total_idr, why="", key="s", by=on.curator, at=AT, from_surplus=True
    )
    with pytest.raises(WrongInput):
        refunds.decide(session, order, 1, why="", key="s2", by=on.curator, at=AT, from_surplus=True)
    assert held_idr(session, order) == payment.total_idr
