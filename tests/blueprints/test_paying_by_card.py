"""Card and another way at the same time: the open session is ended first, and what was paid wins."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions import payments
from shop.domain.payment import Method
from shop.extensions import Shop, now
from shop.gateways.stripe_payments import StripePayments
from shop.models import Inquiry, Payment, StaffTask
from shop.queries.ledger import held_idr, surplus_idr
from tests.blueprints.test_ordering import account, as_, ordered, staff
from tests.page import Visitor
from tests.stripe_desk import SECRET, Desk

ABROAD = "https://checkout.stripe.com/c/pay/"


@pytest.fixture
def desk(app: Flask) -> Desk:
    """The shop of this test talks to Stripe's stand-in through the official client."""
    desk = Desk()
    shop: Shop = app.extensions["shop"]
    stripe = StripePayments("sk_test_x", SECRET, http_client=desk)
    app.extensions["shop"] = replace(shop, payments=stripe)
    return desk


def post(buyer: Visitor, address: str, **data: str) -> tuple[int, str]:
    """As a second tab does: the form's own token, no page in between."""
    page = buyer.get(address.rsplit("/bayar", 1)[0].rsplit("/langkah", 1)[0])
    token = page.html.xpath("//input[@name='csrf_token']")[0].get("value")
    answer = buyer.client.post(address, data=data | {"csrf_token": token})
    return answer.status_code, answer.headers.get("Location", "")


def asked_by_card(app: Flask, session: Session) -> tuple[Inquiry, Visitor, str]:
    """An order, its buyer, and the session the buyer was sent to."""
    curator, admin = staff(session)
    account(session, app, curator, admin)
    inquiry, _, _, ratna = ordered(session, app)
    buyer = as_(app, session, ratna)
    status, where = post(buyer, f"/pesanan/{inquiry.code}/bayar", cara="kartu")
    assert (status, where[: len(ABROAD)]) == (303, ABROAD)
    return inquiry, buyer, where.removeprefix(ABROAD)


def tell(client: Visitor, desk: Desk, session_id: str) -> int:
    body, signature = desk.notice("checkout.session.completed", desk.sessions[session_id])
    return client.client.post(
        "/webhooks/stripe", data=body, headers={"Stripe-Signature": signature}
    ).status_code


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_asking_again_goes_on_with_the_open_session(app: Flask, session: Session, desk: Desk) -> None:
    inquiry, buyer, first = asked_by_card(app, session)
    assert post(buyer, f"/en/pesanan/{inquiry.code}/bayar", cara="kartu") == (303, ABROAD + first)
    assert len(desk.sessions) == 1


def test_another_way_ends_the_session_and_two_payments_leave_a_surplus(
    app: Flask, session: Session, desk: Desk
) -> None:
    inquiry, buyer, card = asked_by_card(app, session)
    assert post(buyer, f"/pesanan/{inquiry.code}/bayar", cara="transfer")[0] == 303
    assert desk.sessions[card]["status"] == "expired"
    transfer = session.scalars(select(Payment).where(Payment.status == "open")).one()
    assert transfer.method == "transfer"
    desk.pay(card)  # a wallet that was open in another tab
    assert tell(buyer, desk, card) == 200
    session.expire_all()
    order = transfer.order
    assert (held_idr(session, order), surplus_idr(session, order)) == (0, order.deposit_idr)
    assert session.scalars(select(StaffTask.kind)).all() == ["surplus"]
    assert inquiry.status == "deposit_due"


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_another_way_is_refused_when_the_card_was_faster(app: Flask, session: Session, desk: Desk) -> None:
    inquiry, buyer, card = asked_by_card(app, session)
    desk.pay(card)
    assert post(buyer, f"/pesanan/{inquiry.code}/bayar", cara="transfer")[0] == 409
    session.expire_all()
    assert inquiry.status == "in_production"
    assert session.scalars(select(Payment.status)).all() == ["received"]


@pytest.mark.parametrize(
    ("paid", "answer", "deal"), [(False, 303, "cancelled"), (True, 409, "in_production")]
)
def test_cancelling_ends_the_session_first_and_a_payment_wins(
    app: Flask, session: Session, desk: Desk, paid: bool, answer: int, deal: str
) -> None:
    inquiry, buyer, card = asked_by_card(app, session)
    if paid:
        desk.pay(card)
    step = f"/pesanan/{inquiry.code}/langkah/batalkan"
    assert post(buyer, step, kata="Tidak jadi")[0] == answer
    session.expire_all()
    assert inquiry.status == deal
    assert desk.sessions[card]["status"] == ("complete" if paid else "expired")
    assert not session.scalars(select(Payment).where(Payment.status == "open")).all()


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_nothing_is_cancelled_while_the_processor_is_not_heard(
    app: Flask, session: Session, desk: Desk
) -> None:
    inquiry, buyer, _ = asked_by_card(app, session)
    desk.lose_answers = 9
    assert post(buyer, f"/pesanan/{inquiry.code}/langkah/batalkan", kata="Tidak jadi")[0] == 409
    session.expire_all()
    assert inquiry.status == "deposit_due"


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_cancelling_ends_an_open_transfer_and_late_money_is_the_buyers(app: Flask, session: Session) -> None:
    curator, admin = staff(session)
    account(session, app, curator, admin)
    inquiry, _, _, ratna = ordered(session, app)
    buyer = as_(app, session, ratna)
    post(buyer, f"/pesanan/{inquiry.code}/bayar", cara="transfer")
    post(buyer, f"/pesanan/{inquiry.code}/langkah/batalkan", kata="Tidak jadi")
    session.expire_all()
    payment = session.scalars(select(Payment)).one()
    assert (payment.status, inquiry.status) == ("expired", "cancelled")
    payments.take(
        session, payment, received_idr=payment.total_idr, key="late", by=curator, at=payment.expires_at
    )
    assert (inquiry.status, surplus_idr(session, payment.order)) == ("cancelled", payment.total_idr)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_sum_that_cards_cannot_pay_is_not_offered_and_refused_before_the_call(
    app: Flask, session: Session, desk: Desk
) -> None:
    curator, admin = staff(session)
    where = account(session, app, curator, admin)
    inquiry, order, _, ratna = ordered(session, app)
    with app.app_context():
        at = now()
    payment = payments.begin(session, inquiry, Method.TRANSFER, account=where, at=at)
    short = {"received_idr": order.deposit_idr - 5_000, "key": "a", "by": curator, "at": at}
    payments.take(session, payment, **short)
    session.commit()
    buyer = as_(app, session, ratna)
    page = buyer.get(f"/pesanan/{inquiry.code}")
    assert "Bayar lewat transfer bank" in page.text
    assert "Bayar dengan kartu" not in page.text
    assert post(buyer, f"/pesanan/{inquiry.code}/bayar", cara="kartu")[0] == 422
    assert desk.sessions == {}
