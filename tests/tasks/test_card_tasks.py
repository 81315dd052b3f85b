"""What the worker asks of the card processor: open sessions nobody told of, and refunds that were decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from shop.actions import orders, payments, refunds
from shop.domain.payment import Method
from shop.domain.roles import Actor
from shop.extensions import Shop
from shop.gateways.stripe_payments import StripePayments
from shop.models import Payment
from shop.ports import Asked
from shop.queries.ledger import surplus_idr
from shop.tasks.schedule import run
from tests.actions.test_deals import Stage, accepted, stage, tasks
from tests.factories import AT
from tests.stripe_desk import SECRET, Desk


@pytest.fixture
def desk(app: Flask) -> Desk:
    """The shop of this test talks to Stripe's stand-in through the official client."""
    desk = Desk()
    shop: Shop = app.extensions["shop"]
    stripe = StripePayments("sk_test_x", SECRET, http_client=desk)
    app.extensions["shop"] = replace(shop, payments=stripe, clock=lambda: AT + timedelta(hours=1))
    return desk


def opened(app: Flask, on: Stage, *, begun: datetime = AT) -> Payment:
    if on.inquiry.status != "deposit_due":
        accepted(on)
    payment = payments.begin(on.session, on.inquiry, Method.STRIPE, at=begun)
    on.session.commit()
    asked = Asked(
        payment.reference,
        "BLU",
        payment.total_idr,
        payment.expires_at,
        "https://a.example",
        "https://a.example",
        "id",
    )
    checkout = app.extensions["shop"].payments.open(asked)
    payment.stripe_session_id = checkout.id
    on.session.commit()
    return payment


def test_a_paid_session_nobody_told_of_is_found(app: Flask, session: Session, desk: Desk) -> None:
    on = stage(session)
    payment = opened(app, on)
    desk.pay(payment.stripe_session_id or "")
    run(app, "card-sessions")
    session.expire_all()
    assert (payment.status, on.inquiry.status) == ("received", "in_production")


def test_a_session_that_is_still_open_is_not_asked_about_again_at_once(
    app: Flask, session: Session, desk: Desk
) -> None:
    on = stage(session)
    opened(app, on)
    run(app, "card-sessions")
    asked = len(desk.requests)
    run(app, "card-sessions")
    assert len(desk.requests) == asked


def test_a_decided_refund_goes_to_the_processor_once(app: Flask, session: Session, desk: Desk) -> None:
    on = stage(session)
    payment = opened(app, on)
    desk.pay(payment.stripe_session_id or "")
    run(app, "card-sessions")
    session.expire_all()
    (refund,) = refunds.decide(session, payment.order, 100_000, why="", key="r", by=on.curator, at=AT)
    session.commit()
    desk.lose_answers = 1
    run(app, "card-refunds")
    run(app, "card-refunds")
    run(app, "card-refunds")
    session.expire_all()
    assert refund.done_at is not None
    assert [one["amount"] for one in desk.refunds.values()] == [10_000_000]


def test_a_refund_the_processor_refuses_becomes_a_persons_task(
    app: Flask, session: Session, desk: Desk
) -> None:
    on = stage(session)
    payment = opened(app, on)
    desk.pay(payment.stripe_session_id or "")
    run(app, "card-sessions")
    session.expire_all()
    refunds.decide(session, payment.order, 100_000, why="", key="r", by=on.curator, at=AT)
    payment.stripe_intent_id = "pi_of_nobody"
    session.commit()
    run(app, "card-refunds")
    session.expire_all()
    assert "refund" in tasks(session)
    assert not desk.refunds


def later(app: Flask, at: datetime) -> None:
    shop: Shop = app.extensions["shop"]
    app.extensions["shop"] = replace(shop, clock=lambda: at)


@pytest.mark.parametrize(
    ("paid", "deal", "payment_is"),
    [(False, "lapsed", "expired"), (True, "in_production", "received")],
)
def test_a_deposit_lapses_only_after_its_card_session_was_ended_and_a_payment_wins(
    app: Flask, session: Session, desk: Desk, paid: bool, deal: str, payment_is: str
) -> None:
    on = stage(session)
    accepted(on)
    lapses = AT + timedelta(days=3)
    later(app, lapses)
    payment = opened(app, on, begun=lapses - timedelta(hours=5))
    if paid:
        desk.pay(payment.stripe_session_id or "")
    else:
        desk.lose_answers = 1
        run(app, "orders")  # the processor is not heard, so the order waits
        session.expire_all()
        assert on.inquiry.status == "deposit_due"
    run(app, "orders")
    session.expire_all()
    assert (on.inquiry.status, payment.status) == (deal, payment_is)
    assert desk.sessions[payment.stripe_session_id or ""]["status"] == ("complete" if paid else "expired")


def test_a_card_page_that_never_opened_ends_with_its_time(app: Flask, session: Session) -> None:
    on = stage(session)
    accepted(on)
    payment = payments.begin(session, on.inquiry, Method.STRIPE, at=AT)
    session.commit()
    for hours, status in ((22, "open"), (23, "expired")):
        later(app, AT + timedelta(hours=hours))
        run(app, "payments")
        session.expire_all()
        assert payment.status == status


def test_a_transfer_lasts_with_its_order_and_its_code_is_free_two_weeks_after(
    app: Flask, session: Session
) -> None:
    on = stage(session)
    accepted(on)
    payment = payments.begin(session, on.inquiry, Method.TRANSFER, account=on.account, at=AT)
    session.commit()
    later(app, AT + timedelta(days=60))
    run(app, "payments")
    session.expire_all()
    assert (payment.status, payment.released_at) == ("open", None)
    payments.take(session, payment, received_idr=payment.total_idr, key="a", by=on.curator, at=AT)
    session.commit()
    for days, free in ((13, False), (14, True)):
        later(app, AT + timedelta(days=days))
        run(app, "payments")
        session.expire_all()
        assert (payment.released_at is not None) == free


def test_card_money_for_a_payment_that_ended_here_is_found(app: Flask, session: Session, desk: Desk) -> None:
    on = stage(session)
    payment = opened(app, on)
    desk.pay(payment.stripe_session_id or "")
    orders.cancel(session, on.inquiry, actor=Actor.BUYER, by=None, why="", at=AT)
    session.commit()
    run(app, "card-sessions")
    session.expire_all()
    assert payment.status == "expired"
    later(app, AT + timedelta(hours=24))
    run(app, "card-sessions")
    session.expire_all()
    assert (payment.status, surplus_idr(session, payment.order)) == ("received", payment.total_idr)
    asked = len(desk.requests)
    run(app, "card-sessions")
    assert len(desk.requests) == asked
