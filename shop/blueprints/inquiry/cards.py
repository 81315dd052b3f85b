"""The card session of a thread: opened at the processor, gone on with, and ended before anything else happens."""

from __future__ import annotations

from flask import flash, redirect
from flask_babel import gettext
from sqlalchemy import select
from werkzeug.wrappers import Response

from shop.actions.card_notices import take_checkout
from shop.actions.payment_ends import open_session
from shop.domain.errors import NotFound, WrongState
from shop.domain.payment import Method, PaymentStatus
from shop.domain.words import N_
from shop.extensions import db, now, the_shop
from shop.models import Inquiry, Payment
from shop.ports import Asked, Checkout, PaymentsRefused, PaymentsUnreachable
from shop.web.filters import external_url
from shop.web.languages import current_language


class PaidMeanwhile(WrongState):
    """The card was faster than what was about to end it: the payment wins."""

    sentence = N_("Pembayaran kartu baru saja masuk. Muat ulang percakapan untuk melihat keadaannya.")


class CardStillOpen(WrongState):
    """The processor did not say that the session is ended, so nothing that relies on it may happen."""

    sentence = N_("Halaman pembayaran kartu belum dapat ditutup. Coba lagi sebentar lagi.")


def close_session(inquiry: Inquiry) -> None:
    """No card can pay for this deal any more. Ends the transaction that was open.

    Raises PaidMeanwhile when one just did, and CardStillOpen when the processor does not answer.
    """
    session, desk = db.session(), the_shop().payments
    payment = open_session(session, inquiry)
    if payment is None or desk is None:
        return
    payment_id, session_id = payment.id, payment.stripe_session_id or ""
    session.rollback()  # nothing is held while the processor is asked
    try:
        checkout = desk.expire(session_id)
    except (PaymentsUnreachable, PaymentsRefused) as problem:
        raise CardStillOpen from problem
    outcome = take_checkout(session, session.get_one(Payment, payment_id), checkout, at=now())
    session.commit()
    if checkout.paid:
        the_shop().wake("notices")
        raise PaidMeanwhile
    if checkout.status != "expired" or outcome != "taken":
        raise CardStillOpen


def is_other(inquiry: Inquiry, method: Method) -> bool:
    """Whether an open card session has to end before paying this way; one whose time is over always has to."""
    payment = open_session(db.session(), inquiry)
    return payment is not None and (payment.method != method or payment.expires_at <= now())


def to_the_processor(payment: Payment, email: str | None) -> Response:
    """The row is committed; the call carries its reference as the key, and what comes back is written down.

    A session that is open already is gone on with.
    """
    desk, payment_id = the_shop().payments, payment.id
    if desk is None:
        raise NotFound
    thread = external_url("inquiry.thread", code=payment.order.inquiry.code)
    if payment.stripe_session_url:
        return redirect(payment.stripe_session_url, 303)
    asked = Asked(
        reference=payment.reference,
        title=payment.order.inquiry.code,
        amount_idr=payment.total_idr,
        expires_at=payment.expires_at,
        success_url=thread,
        cancel_url=thread,
        language=current_language(),
        email=email,
    )
    db.session.rollback()
    try:
        checkout = desk.open(asked)
        still_open = _write_down(payment_id, checkout)
        if not still_open:
            desk.expire(checkout.id)
    except (PaymentsUnreachable, PaymentsRefused):
        words = gettext(
            "Halaman pembayaran belum dapat dibuka. Coba lagi sebentar lagi, atau bayar lewat transfer."
        )
        flash(words, "bad")
        return redirect(thread, 303)
    return redirect((checkout.url if still_open else None) or thread, 303)


def _write_down(payment_id: int, checkout: Checkout) -> bool:
    """The session of the payment; whether the payment is still open: its order may have ended during the call."""
    written = db.session.scalars(select(Payment).where(Payment.id == payment_id).with_for_update()).one()
    written.stripe_session_id, written.stripe_session_url = checkout.id, checkout.url
    still_open = written.status == PaymentStatus.OPEN
    db.session.commit()
    return still_open
