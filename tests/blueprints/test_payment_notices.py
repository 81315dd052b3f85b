"""The card processor's door, and the demo desk that uses it."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.actions import payments
from shop.domain.payment import Method
from shop.extensions import Shop
from shop.gateways.demo_payments import DemoPayments
from shop.models import Payment, StripeEvent
from tests.actions.test_deals import accepted, stage
from tests.factories import AT
from tests.page import Visitor

DOOR = "/webhooks/stripe"
PAID = "checkout.session.completed"


def asked(session: Session) -> Payment:
    on = stage(session)
    accepted(on)
    payment = payments.begin(session, on.inquiry, Method.STRIPE, at=AT)
    session.commit()
    return payment


def desk(app: Flask) -> DemoPayments:
    shop: Shop = app.extensions["shop"]
    assert isinstance(shop.payments, DemoPayments)
    return shop.payments


def test_a_signed_notice_is_taken_and_the_same_one_again_changes_nothing(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    payment = asked(session)
    body, signature = desk(app).notice(PAID, payment.reference, payment.total_idr)
    for outcome in ("taken", "known"):
        answer = client.post(DOOR, data=body, headers={"Stripe-Signature": signature})
        assert (answer.status_code, answer.json) == (200, {"outcome": outcome})
    session.expire_all()
    assert payment.status == "received"
    assert payment.order.inquiry.status == "in_production"


def test_a_notice_for_another_sum_is_answered_200_and_left_to_a_person(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    payment = asked(session)
    body, signature = desk(app).notice(PAID, payment.reference, payment.total_idr - 1)
    answer = client.post(DOOR, data=body, headers={"Stripe-Signature": signature})
    assert (answer.status_code, answer.json) == (200, {"outcome": "flagged"})
    session.expire_all()
    assert payment.status == "open"


@pytest.mark.parametrize("signature", ["", "t=1,v1=00", "nonsense"])
def test_what_nobody_signed_is_refused(client: FlaskClient, session: Session, signature: str) -> None:
    answer = client.post(DOOR, data=b'{"object": "event"}', headers={"Stripe-Signature": signature})
    assert answer.status_code == 400
    assert session.scalar(select(func.count()).select_from(StripeEvent)) == 0


@pytest.mark.parametrize(
    ("button", "status", "deal"),
    [
        ("Bayar", "received", "in_production"),
        ("Pembayaran gagal", "expired", "deposit_due"),
        ("Biarkan waktunya habis", "expired", "deposit_due"),
    ],
)
def test_the_demo_desk_pays_fails_and_runs_out_through_the_real_door(
    client: FlaskClient, session: Session, button: str, status: str, deal: str
) -> None:
    payment = asked(session)
    visitor = Visitor(client)
    page = visitor.get(f"/bayar/contoh/{payment.reference}")
    assert "Tidak ada uang yang berpindah" in page.text
    visitor.press(button, status=404)  # the thread is not this visitor's, which is as it should be
    session.expire_all()
    assert (payment.status, payment.order.inquiry.status) == (status, deal)


def test_the_demo_desk_knows_no_stranger(client: FlaskClient) -> None:
    Visitor(client).get("/bayar/contoh/no-such-payment", status=404)
