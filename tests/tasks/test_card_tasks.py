"""What the worker asks of the card processor: open sessions nobody told of, and refunds that were decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from shop.actions import payments, refunds
from shop.domain.payment import Method
from shop.extensions import Shop
from shop.gateways.stripe_payments import StripePayments
from shop.models import Payment
from shop.ports import Asked
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


def opened(app: Flask, on: Stage) -> Payment:
    accepted(on)
    payment = payments.begin(on.session, on.inquiry, Method.STRIPE, at=AT)
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
