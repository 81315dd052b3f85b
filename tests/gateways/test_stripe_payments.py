"""The official Stripe client against a desk that behaves as Stripe does."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from stripe._webhook import WebhookSignature

from shop.gateways.stripe_payments import StripePayments
from shop.ports import Asked, BadSignature, PaymentsRefused, PaymentsUnreachable, Told
from tests.stripe_desk import SECRET, Desk


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def payments(desk: Desk) -> StripePayments:
    return StripePayments("sk_test_x", SECRET, http_client=desk)


def asked(reference: str = "ref-1", amount_idr: int = 2_450_417) -> Asked:
    return Asked(
        reference=reference,
        title="BLU-7K3QX9M",
        amount_idr=amount_idr,
        expires_at=datetime.now(UTC) + timedelta(hours=23),
        success_url="https://belu.example/bayar/ref-1/selesai",
        cancel_url="https://belu.example/pesanan/BLU-7K3QX9M",
        language="id",
        email="budi@contoh.test",
    )


def test_rupiah_go_in_as_hundredths_and_come_back_whole(payments: StripePayments, desk: Desk) -> None:
    checkout = payments.open(asked())
    assert desk.sessions[checkout.id]["amount_total"] == 245_041_700
    assert (checkout.amount_idr, checkout.currency, checkout.reference) == (2_450_417, "idr", "ref-1")
    assert checkout.status == "open"
    assert not checkout.paid


def test_an_answer_that_got_lost_is_asked_for_again_under_the_same_key(
    payments: StripePayments, desk: Desk
) -> None:
    wanted = asked()
    desk.lose_answers = 1
    with pytest.raises(PaymentsUnreachable):
        payments.open(wanted)
    checkout = payments.open(wanted)
    assert list(desk.sessions) == [checkout.id]


def test_the_same_key_for_another_amount_is_refused(payments: StripePayments) -> None:
    payments.open(asked())
    with pytest.raises(PaymentsRefused):
        payments.open(asked(amount_idr=99_000))


@pytest.mark.parametrize("amount", [0, 9_999, 1_000_000_000])
def test_what_stripe_does_not_take_is_refused_before_the_call(
    payments: StripePayments, desk: Desk, amount: int
) -> None:
    with pytest.raises(PaymentsRefused):
        payments.open(asked(amount_idr=amount))
    assert not desk.requests


def test_a_session_paid_meanwhile_comes_back_paid_when_it_is_to_end(
    payments: StripePayments, desk: Desk
) -> None:
    checkout = payments.open(asked())
    desk.pay(checkout.id)
    assert payments.expire(checkout.id).paid
    other = payments.open(asked("ref-2"))
    assert payments.expire(other.id).status == "expired"


def test_a_paid_session_tells_amount_currency_and_reference(payments: StripePayments, desk: Desk) -> None:
    checkout = payments.open(asked())
    desk.pay(checkout.id)
    notice = payments.read_notice(*desk.notice("checkout.session.completed", desk.sessions[checkout.id]))
    assert notice.told is Told.PAID
    assert notice.checkout is not None
    assert (notice.checkout.reference, notice.checkout.amount_idr) == ("ref-1", 2_450_417)


def test_a_session_that_settles_later_waits_until_it_did(payments: StripePayments, desk: Desk) -> None:
    checkout = payments.open(asked())
    desk.pay(checkout.id, later=True)
    session = desk.sessions[checkout.id]
    assert payments.read_notice(*desk.notice("checkout.session.completed", session)).told is Told.WAITING
    failed = payments.read_notice(*desk.notice("checkout.session.async_payment_failed", session))
    assert failed.told is Told.FAILED
    session["payment_status"] = "paid"
    done = payments.read_notice(*desk.notice("checkout.session.async_payment_succeeded", session))
    assert done.told is Told.PAID


def test_an_amount_that_is_no_whole_rupiah_is_no_amount(payments: StripePayments, desk: Desk) -> None:
    checkout = payments.open(asked())
    desk.pay(checkout.id)
    odd = desk.sessions[checkout.id] | {"amount_total": 245_041_750}
    assert payments.read_notice(*desk.notice("checkout.session.completed", odd)).amount_idr is None


def test_never_more_is_given_back_than_was_paid_and_the_same_key_once(
    payments: StripePayments, desk: Desk
) -> None:
    checkout = payments.open(asked())
    desk.pay(checkout.id)
    intent = payments.look(checkout.id).intent_id
    assert intent is not None
    first = payments.refund(intent, 1_000_000, key="refund-1")
    assert payments.refund(intent, 1_000_000, key="refund-1") == first
    with pytest.raises(PaymentsRefused):
        payments.refund(intent, 2_000_000, key="refund-2")


def test_disputes_refunds_and_unknown_types_are_told_apart(payments: StripePayments, desk: Desk) -> None:
    dispute = {
        "id": "dp_1",
        "object": "dispute",
        "payment_intent": "pi_1",
        "amount": 100_000,
        "status": "needs_response",
    }
    read = payments.read_notice
    assert read(*desk.notice("charge.dispute.created", dispute)).told is Told.DISPUTE_OPENED
    assert read(*desk.notice("charge.dispute.closed", dispute | {"status": "won"})).told is Told.DISPUTE_WON
    assert read(*desk.notice("charge.dispute.closed", dispute | {"status": "lost"})).told is Told.DISPUTE_LOST
    refund = {
        "id": "re_1",
        "object": "refund",
        "payment_intent": "pi_1",
        "amount": 50_000,
        "status": "succeeded",
    }
    told = read(*desk.notice("refund.updated", refund))
    assert (told.told, told.amount_idr, told.refund_id) == (Told.REFUNDED, 500, "re_1")
    assert read(*desk.notice("refund.failed", refund | {"status": "failed"})).told is Told.REFUND_FAILED
    assert read(*desk.notice("customer.created", {"id": "cus_1", "object": "customer"})).told is Told.OTHER


def test_a_notice_nobody_signed_or_an_old_one_is_refused(payments: StripePayments, desk: Desk) -> None:
    session = {"id": "cs_1", "object": "checkout.session"}
    body, signature = desk.notice("checkout.session.completed", session)
    with pytest.raises(BadSignature):
        payments.read_notice(body + b" ", signature)
    with pytest.raises(BadSignature):
        payments.read_notice(body, "")
    with pytest.raises(BadSignature):
        payments.read_notice(*desk.notice("checkout.session.completed", session, secret="whsec_other"))
    with pytest.raises(BadSignature):
        payments.read_notice(*desk.notice("checkout.session.completed", session, at=int(time.time()) - 301))
    with pytest.raises(BadSignature):
        payments.read_notice(b"no json", signed(b"no json"))


def signed(body: bytes) -> str:

    return WebhookSignature.generate_signature_header(body.decode(), SECRET)
