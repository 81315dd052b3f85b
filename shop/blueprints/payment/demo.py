"""The demo desk: in development without a key it stands where the card processor's page would."""

from __future__ import annotations

from flask import current_app, redirect, render_template, url_for
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug.wrappers import Response

from shop.blueprints.payment.door import blueprint
from shop.domain.errors import NotFound
from shop.extensions import db, the_shop
from shop.models import Payment
from shop.ports import DemoDesk
from shop.web.access import public

KINDS = {
    "bayar": "checkout.session.completed",
    "tolak": "checkout.session.async_payment_failed",
    "lewat": "checkout.session.expired",
}


@blueprint.get("/bayar/contoh/<reference>")
@public
def demo_desk(reference: str) -> str:
    _desk()
    return render_template("payment/demo_desk.html", payment=_payment(reference), form=FlaskForm())


@blueprint.post("/bayar/contoh/<reference>/<choice>")
@public
def demo_choice(reference: str, choice: str) -> Response:
    """Send a really signed notice to the real door, then go back to the thread."""
    desk, payment = _desk(), _payment(reference)
    if choice not in KINDS:
        raise NotFound
    body, signature = desk.notice(KINDS[choice], payment.reference, payment.total_idr)
    code = payment.order.inquiry.code
    db.session.rollback()  # the door begins a transaction of its own
    sent = current_app.test_client().post(
        url_for("payment.stripe_notice").removeprefix("/en"),
        data=body,
        headers={"Stripe-Signature": signature, "Content-Type": "application/json"},
        base_url=the_shop().config.base_url or None,
    )
    if sent.status_code != 200:
        raise RuntimeError(f"the door answered {sent.status_code}")
    return redirect(url_for("inquiry.thread", code=code), 303)


def _desk() -> DemoDesk:
    payments = the_shop().payments
    if not isinstance(payments, DemoDesk):
        raise NotFound
    return payments


def _payment(reference: str) -> Payment:
    payment = db.session.scalar(select(Payment).where(Payment.reference == reference))
    if payment is None:
        raise NotFound
    return payment
