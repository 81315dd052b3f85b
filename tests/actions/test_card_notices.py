"""Notices of the card processor: duplicate, late, out of order, for another sum, for nobody we know."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.actions import orders, payments, refunds
from shop.actions.card_notices import take_checkout, take_notice
from shop.domain.ledger import Account
from shop.domain.payment import Method
from shop.domain.roles import Actor
from shop.models import Journal, Payment, Posting, StripeEvent
from shop.ports import Checkout, PaymentNotice, Told
from shop.queries.ledger import debt_idr, held_idr, surplus_idr
from tests.actions.test_deals import Stage, accepted, ledger_is_even, stage, tasks
from tests.factories import AT


def asked(on: Stage, **values: object) -> Payment:
    accepted(on, **values)
    payment = payments.begin(on.session, on.inquiry, Method.STRIPE, at=AT)
    payment.stripe_session_id = "cs_1"
    on.session.flush()
    return payment


def paid_notice(payment: Payment, event: str = "evt_1") -> PaymentNotice:
    checkout = Checkout("cs_1", None, "complete", True, payment.total_idr, "idr", payment.reference, "pi_1")
    return PaymentNotice(event, "checkout.session.completed", Told.PAID, checkout, "pi_1", payment.total_idr)


def test_a_paid_session_moves_the_deal_once_whatever_events_tell_of_it(session: Session) -> None:
    on = stage(session)
    payment = asked(on)
    assert take_notice(session, paid_notice(payment), at=AT) == "taken"
    assert take_notice(session, paid_notice(payment), at=AT) == "known"
    other_event = replace(paid_notice(payment, "evt_2"), type="checkout.session.async_payment_succeeded")
    assert take_notice(session, other_event, at=AT) == "taken"
    order = payment.order
    assert (on.inquiry.status, held_idr(session, order), surplus_idr(session, order)) == (
        "in_production",
        payment.total_idr,
        0,
    )
    assert session.scalar(select(func.count()).select_from(Journal)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount_idr": 1},
        {"amount_idr": None},
        {"currency": "usd"},
        {"reference": "somebody-else"},
        {"id": "cs_2"},
    ],
)
def test_what_does_not_agree_is_flagged_and_moves_nothing(session: Session, wrong: dict[str, object]) -> None:
    on = stage(session)
    payment = asked(on)
    notice = paid_notice(payment)
    assert notice.checkout is not None
    said = replace(notice, checkout=replace(notice.checkout, **wrong))  # type: ignore[arg-type]
    assert take_notice(session, said, at=AT) == "flagged"
    assert (payment.status, on.inquiry.status) == ("open", "deposit_due")
    assert "card_notice" in tasks(session)


def test_an_unknown_type_and_a_stranger_are_recorded(session: Session) -> None:
    assert take_notice(session, PaymentNotice("evt_9", "customer.created", Told.OTHER), at=AT) == "recorded"
    lost = PaymentNotice(
        "evt_8", "charge.dispute.created", Told.DISPUTE_OPENED, intent_id="pi_none", amount_idr=5
    )
    assert take_notice(session, lost, at=AT) == "flagged"
    assert session.scalar(select(func.count()).select_from(StripeEvent)) == 2


def test_a_session_that_ran_out_lets_the_buyer_pay_another_way(session: Session) -> None:
    on = stage(session)
    payment = asked(on)
    ran_out = replace(paid_notice(payment), type="checkout.session.expired", told=Told.EXPIRED)
    assert take_notice(session, ran_out, at=AT) == "taken"
    assert payment.status == "expired"
    assert payments.begin(session, on.inquiry, Method.TRANSFER, account=on.account, at=AT).status == "open"


def test_a_payment_that_won_against_cancelling_is_kept_as_surplus(session: Session) -> None:
    on = stage(session)
    payment = asked(on)
    orders.cancel(session, on.inquiry, actor=Actor.BUYER, by=None, why="", at=AT)
    take_notice(session, paid_notice(payment), at=AT)
    assert on.inquiry.status == "cancelled"
    assert surplus_idr(session, payment.order) == payment.total_idr


def test_a_session_nobody_told_of_is_taken_when_it_is_asked_about(session: Session) -> None:
    on = stage(session)
    payment = asked(on)
    checkout = paid_notice(payment).checkout
    assert checkout is not None
    assert take_checkout(session, payment, checkout, at=AT) == "taken"
    assert take_notice(session, paid_notice(payment), at=AT) == "taken"
    assert held_idr(session, payment.order) == payment.total_idr
    assert surplus_idr(session, payment.order) == 0


def test_a_refund_is_done_when_the_processor_says_so(session: Session) -> None:
    on = stage(session)
    payment = asked(on)
    take_notice(session, paid_notice(payment), at=AT)
    made = refunds.decide(session, payment.order, 100_000, why="", key="k", by=on.curator, at=AT)[0]
    made.stripe_refund_id = "re_1"
    told = PaymentNotice(
        "evt_5", "refund.updated", Told.REFUNDED, intent_id="pi_1", amount_idr=100_000, refund_id="re_1"
    )
    assert take_notice(session, told, at=AT) == "taken"
    assert made.done_at == AT
    stranger = replace(told, event_id="evt_6", refund_id="re_other")
    assert take_notice(session, stranger, at=AT) == "flagged"


@pytest.mark.parametrize("told", [Told.DISPUTE_WON, Told.DISPUTE_LOST])
def test_a_chargeback_calls_a_person_and_leaves_the_order_where_it_is(session: Session, told: Told) -> None:
    on = stage(session)
    payment = asked(on)
    take_notice(session, paid_notice(payment), at=AT)
    opened = PaymentNotice(
        "evt_3", "charge.dispute.created", Told.DISPUTE_OPENED, intent_id="pi_1", amount_idr=payment.total_idr
    )
    take_notice(session, opened, at=AT)
    assert on.inquiry.status == "in_production"
    assert "chargeback" in tasks(session)
    closed = replace(opened, event_id="evt_4", type="charge.dispute.closed", told=told)
    take_notice(session, closed, at=AT)
    at_stripe = session.scalar(
        select(func.sum(Posting.amount_idr)).where(Posting.account == Account.STRIPE.value)
    )
    assert at_stripe == (payment.total_idr if told is Told.DISPUTE_WON else 0)
    assert held_idr(session, payment.order) == (payment.total_idr if told is Told.DISPUTE_WON else 0)
    assert debt_idr(session, on.producer.id) == 0
    assert ledger_is_even(session)
