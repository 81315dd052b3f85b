"""What an adversary or bad luck does to money and stock, and where it stands afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.actions import (
    disputes,
    order_clock,
    orders,
    payment_ends,
    payments,
    payouts,
    proofs,
    quotes,
    refunds,
    tasks,
)
from shop.actions.card_notices import take_notice
from shop.actions.quote_rows import Delivery
from shop.domain.errors import ChangedMeanwhile, WrongInput, WrongState
from shop.domain.ledger import Account
from shop.domain.payment import Method
from shop.domain.quote import QuoteReplaced
from shop.domain.roles import Actor
from shop.models import Notice, Posting, Proof, Quote, StaffTask
from shop.ports import PaymentNotice, Told
from shop.queries.ledger import advanced_idr, debt_idr, held_idr, payable_idr, surplus_idr
from tests import factories
from tests.actions.clocks import keep_orders_moving
from tests.actions.test_card_notices import asked, paid_notice
from tests.actions.test_deals import Stage, accepted, ledger_is_even, made_ready, offer_for, paid, stage
from tests.actions.test_deals import tasks as open_tasks
from tests.factories import AT

REFUNDED = PaymentNotice(
    "evt_r", "refund.updated", Told.REFUNDED, intent_id="pi_1", amount_idr=100_000, refund_id="re_1"
)


def delivered(on: Stage) -> None:
    made_ready(on)
    orders.ship(on.session, on.inquiry, courier="JNE", tracking_number="T", by=on.chair, at=AT)
    orders.receive(on.session, on.inquiry, actor=Actor.BUYER, by=None, at=AT)


def test_part_of_a_deposit_is_the_buyers_when_the_order_ends_before_it_began(session: Session) -> None:
    on = stage(session)
    order = accepted(on)
    payment = payments.begin(session, on.inquiry, Method.TRANSFER, account=on.account, at=AT)
    payments.take(session, payment, received_idr=1_000_000, key="a", by=on.curator, at=AT)
    orders.cancel(session, on.inquiry, actor=Actor.BUYER, by=None, why="", at=AT)
    assert (held_idr(session, order), surplus_idr(session, order)) == (0, 1_000_000)
    assert "surplus" in open_tasks(session)
    refunds.decide(session, order, 1_000_000, why="", key="s", by=on.curator, at=AT, from_surplus=True)
    assert surplus_idr(session, order) == 0


def test_a_deposit_does_not_lapse_while_money_of_it_waits_for_a_word(session: Session) -> None:
    on = stage(session)
    accepted(on)
    first = payments.begin(session, on.inquiry, Method.TRANSFER, account=on.account, at=AT)
    payments.begin(session, on.inquiry, Method.QRIS, at=AT)
    payments.take(session, first, received_idr=first.total_idr, key="a", by=on.curator, at=AT)
    late = AT + timedelta(days=4)
    assert keep_orders_moving(session, at=late) == 0
    tasks.close_task(session, "surplus", f"payment:{first.id}", by=on.curator, outcome="refunded", at=late)
    assert keep_orders_moving(session, at=late) == 1


def test_a_timer_found_due_is_not_done_when_somebody_was_faster(session: Session) -> None:
    on = stage(session)
    accepted(on)
    late = AT + timedelta(days=4)
    (found,) = order_clock.due(session, at=late)
    paid(on, key="a", at=late)
    assert not order_clock.do(session, found, at=late)
    assert on.inquiry.status == "in_production"


def test_a_person_is_called_once_for_a_late_order_and_not_again_when_done(session: Session) -> None:
    on = stage(session)
    order = accepted(on)
    paid(on, key="a")
    assert order.promised_at is not None
    late = order.promised_at + timedelta(days=14)
    assert keep_orders_moving(session, at=late) == 1
    subject = f"order:{order.id}"
    tasks.close_task(session, "late_in_production", subject, by=on.curator, outcome="called", at=late)
    assert keep_orders_moving(session, at=late + timedelta(days=1)) == 0
    assert session.scalar(select(func.count()).where(StaffTask.subject == subject)) == 1


def test_after_a_week_of_sleep_an_overdue_balance_is_disputed_and_not_reminded_of(session: Session) -> None:
    on = stage(session)
    accepted(on)
    paid(on, key="a")
    made_ready(on)
    assert keep_orders_moving(session, at=AT + timedelta(days=21)) == 1
    assert on.inquiry.status == "disputed"


def test_a_slip_for_a_payment_that_is_over_calls_a_person_once(session: Session) -> None:
    on = stage(session)
    accepted(on)
    payment = payments.begin(session, on.inquiry, Method.TRANSFER, account=on.account, at=AT)
    payment_ends.end(session, payment, at=AT)
    slip = factories.photo(session)
    proofs.send(session, payment, slip, at=AT)
    assert (payment.status, "check_proof" in open_tasks(session)) == ("expired", True)
    tasks.close_task(session, "check_proof", f"payment:{payment.id}", by=on.curator, outcome="seen", at=AT)
    assert proofs.send(session, payment, slip, at=AT).again
    assert "check_proof" not in open_tasks(session)
    assert session.scalar(select(func.count()).select_from(Proof)) == 2


def test_an_order_is_only_shown_to_the_deal_its_quote_is_of(session: Session) -> None:
    on = stage(session)
    order = accepted(on)
    other = factories.inquiry(session, on.listing)
    quotes.send_quote(session, other, offer_for(on.listing), by=on.chair, form_key="o", at=AT)
    with pytest.raises(QuoteReplaced):
        quotes.accept(
            session, other, session.get_one(Quote, order.quote_id), delivery=Delivery(), by=None, at=AT
        )


def test_a_single_piece_comes_back_once_though_its_maker_put_it_up_again(session: Session) -> None:
    on = stage(session, availability="one_of_a_kind", stock=1, lead_time_days=None)
    accepted(on)
    on.listing.stock = 1
    session.flush()
    orders.cancel(session, on.inquiry, actor=Actor.PRODUCER, by=on.chair, why="", at=AT)
    assert on.listing.stock == 1


def test_advances_together_are_never_more_than_is_held(session: Session) -> None:
    on = stage(session)
    order = accepted(on)
    payment = paid(on, key="a")
    payouts.release_advance(session, order, payment.total_idr, by=on.curator, why="kayu", at=AT)
    with pytest.raises(WrongInput):
        payouts.release_advance(session, order, 1, by=on.curator, why="kayu", at=AT + timedelta(days=1))


@pytest.mark.parametrize("back_idr", [None, 2_000_000])
def test_an_advance_for_what_the_buyer_got_back_is_the_makers_debt(
    session: Session, back_idr: int | None
) -> None:
    on = stage(session)
    order = accepted(on)
    payment = paid(on, key="a")
    payouts.release_advance(session, order, 1_000_000, by=on.curator, why="kayu", at=AT)
    orders.cannot_deliver(session, on.inquiry, by=on.chair, words="Sakit", at=AT)
    if back_idr is None:
        disputes.refund_all(session, on.inquiry, by=on.curator, why="", at=AT)
    else:
        disputes.refund_part(session, on.inquiry, back_idr, keep=False, by=on.curator, why="", at=AT)
    left = payment.total_idr - (back_idr or payment.total_idr)
    assert debt_idr(session, on.producer.id) == 1_000_000 - left
    assert (advanced_idr(session, order), held_idr(session, order)) == (0, 0)
    assert ledger_is_even(session)


def test_what_is_disputed_is_not_paid_out(session: Session) -> None:
    on = stage(session)
    accepted(on, deposit_percent=100)
    paid(on, key="a")
    delivered(on)
    orders.problem(session, on.inquiry, by=None, words="Luntur", at=AT + timedelta(days=6))
    later = AT + timedelta(days=20)
    assert payable_idr(session, on.producer.id, at=later) == 0
    disputes.resume(session, on.inquiry, by=on.curator, why="", at=later)
    assert payable_idr(session, on.producer.id, at=later) > 0


def test_what_a_chargeback_took_is_not_refunded_as_well(session: Session) -> None:
    on = stage(session)
    payment = asked(on)
    take_notice(session, paid_notice(payment), at=AT)
    opened = PaymentNotice(
        "evt_3", "charge.dispute.created", Told.DISPUTE_OPENED, intent_id="pi_1", amount_idr=payment.total_idr
    )
    take_notice(session, opened, at=AT)
    assert refunds.refundable_idr(session, payment.order) == 0
    with pytest.raises(WrongInput):
        refunds.decide(session, payment.order, 1, why="", key="k", by=on.curator, at=AT)
    take_notice(session, replace(opened, event_id="evt_4", told=Told.DISPUTE_WON), at=AT)
    assert refunds.refundable_idr(session, payment.order) == payment.total_idr


def test_a_refund_told_of_before_its_answer_came_is_known_by_our_key(session: Session) -> None:
    on = stage(session)
    payment = asked(on)
    take_notice(session, paid_notice(payment), at=AT)
    (made,) = refunds.decide(session, payment.order, 100_000, why="", key="k", by=on.curator, at=AT)
    assert take_notice(session, replace(REFUNDED, refund_key=made.key), at=AT) == "taken"
    assert (made.done_at, made.stripe_refund_id) == (AT, "re_1")
    assert refunds.to_carry_out(session) == []


def test_a_refund_that_came_back_is_paid_by_the_bank_and_the_ledger_says_so(session: Session) -> None:
    on = stage(session)
    payment = asked(on)
    take_notice(session, paid_notice(payment), at=AT)
    (made,) = refunds.decide(session, payment.order, 100_000, why="", key="k", by=on.curator, at=AT)
    take_notice(session, replace(REFUNDED, refund_key=made.key), at=AT)
    failed = replace(REFUNDED, event_id="evt_f", type="refund.failed", told=Told.REFUND_FAILED)
    assert take_notice(session, failed, at=AT) == "taken"
    assert (made.done_at, "refund" in open_tasks(session)) == (None, True)
    assert refunds.to_carry_out(session) == []
    for _ in range(2):
        refunds.done(session, made, bank_reference="NTT-9", by=on.curator, at=AT)
    query = select(func.coalesce(func.sum(Posting.amount_idr), 0))
    assert session.scalar(query.where(Posting.account == Account.BANK.value)) == -100_000
    assert session.scalar(query.where(Posting.account == Account.STRIPE.value)) == payment.total_idr


def test_a_slip_without_money_behind_it_is_refused_and_the_buyer_told(session: Session) -> None:
    on = stage(session)
    accepted(on)
    payment = payments.begin(session, on.inquiry, Method.TRANSFER, account=on.account, at=AT)
    proofs.send(session, payment, factories.photo(session), at=AT)
    proofs.refuse(session, payment, why="Tidak ada di rekening", by=on.curator, at=AT)
    assert (payment.status, "check_proof" in open_tasks(session)) == ("open", False)
    assert "proof_refused" in session.scalars(select(Notice.kind)).all()
    with pytest.raises(WrongState):
        proofs.refuse(session, payment, why="", by=on.curator, at=AT)
    assert keep_orders_moving(session, at=AT + timedelta(days=3)) == 1  # the clock of the deposit runs again


def test_two_people_who_book_the_same_money_count_it_once(session: Session) -> None:
    """Each has the desk open; the second finds the payment in another state than they saw."""
    on = stage(session)
    order = accepted(on)
    payment = payments.begin(session, on.inquiry, Method.TRANSFER, account=on.account, at=AT)
    booked = {"received_idr": payment.total_idr, "by": on.curator, "at": AT, "seen": "open/0"}
    payments.take(session, payment, key="hers", **booked)
    with pytest.raises(ChangedMeanwhile):
        payments.take(session, payment, key="his", **booked)
    payments.take(session, payment, key="hers", **booked)  # her own button, pressed again
    assert (held_idr(session, order), surplus_idr(session, order)) == (payment.total_idr, 0)


@pytest.mark.parametrize("amount", [0, -729])
def test_no_money_and_less_are_no_arrival(session: Session, amount: int) -> None:
    on = stage(session)
    accepted(on)
    payment = payments.begin(session, on.inquiry, Method.TRANSFER, account=on.account, at=AT)
    with pytest.raises(WrongInput):
        payments.take(session, payment, received_idr=amount, key="a", by=on.curator, at=AT)
    assert payment.status == "open"
