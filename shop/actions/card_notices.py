"""What the card processor tells, each notice once, each payment once whatever notices tell of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shop.actions import ledger, orders, payment_ends, payments, refunds, tasks
from shop.actions.deals import lock, order_of
from shop.domain import ledger as rules
from shop.domain.ledger import JournalKind
from shop.domain.payment import Method, PaymentStatus
from shop.models import Payment, Refund, StripeEvent
from shop.ports import Checkout, PaymentNotice, Told
from shop.queries.ledger import held_idr

RUPIAH = "idr"
BY_CARD = (Method.STRIPE.value, Method.DEMO.value)


def take_notice(session: Session, notice: PaymentNotice, *, at: datetime) -> str:
    """What became of it: taken, known, recorded, or flagged for a person. Never raises for what a notice says."""
    payment = _payment_of(session, notice)
    event = StripeEvent(
        event_id=notice.event_id,
        type=notice.type,
        payment_id=payment.id if payment else None,
        payload=_kept(notice),
        outcome="recorded",
        at=at,
    )
    try:
        with session.begin_nested():
            session.add(event)
    except IntegrityError:
        return "known"
    event.outcome = _do(session, notice, payment, at=at)
    session.flush()
    return event.outcome


def take_checkout(session: Session, payment: Payment, checkout: Checkout, *, at: datetime) -> str:
    """What the processor says of a session when it was asked: the same rules as for a notice."""
    if checkout.paid:
        return _paid(session, payment, checkout, at=at)
    if checkout.status == "expired" and payment.status == PaymentStatus.OPEN:
        payment_ends.end(session, payment, at=at)
    return "taken"


def _do(session: Session, notice: PaymentNotice, payment: Payment | None, *, at: datetime) -> str:
    if notice.told in (Told.OTHER, Told.WAITING):
        return "recorded"
    if notice.told is Told.PAID and notice.checkout is not None:
        return _paid(session, payment, notice.checkout, at=at)
    if payment is None:
        return _flag(session, notice.event_id, None, notice.type, at=at)
    if notice.told in (Told.FAILED, Told.EXPIRED):
        payment_ends.end(session, payment, at=at)
        return "taken"
    if notice.told in (Told.REFUNDED, Told.REFUND_FAILED):
        return _refund(session, notice, payment, at=at)
    return _dispute(session, notice, payment, at=at)


def _paid(session: Session, payment: Payment | None, checkout: Checkout, *, at: datetime) -> str:
    """Believed only when amount, currency and reference agree with what was asked."""
    agreed = (
        payment is not None
        and checkout.reference == payment.reference
        and checkout.currency == RUPIAH
        and checkout.amount_idr == payment.total_idr
        and payment.stripe_session_id in (None, checkout.id)
    )
    if payment is None or not agreed:
        return _flag(session, checkout.id, payment, "disagrees", at=at)
    lock(session, payment.order.inquiry)  # the deal first, then its payment: in one order everywhere
    payment.stripe_session_id, payment.stripe_intent_id = checkout.id, checkout.intent_id
    payments.take(
        session, payment, received_idr=payment.total_idr, key=f"card:{payment.reference}", by=None, at=at
    )
    return "taken"


def _refund(session: Session, notice: PaymentNotice, payment: Payment, *, at: datetime) -> str:
    """By the processor's id, or by our key where it tells us sooner than its answer reached us."""
    lock(session, payment.order.inquiry)
    ours = or_(Refund.stripe_refund_id == notice.refund_id, Refund.key == (notice.refund_key or ""))
    refund = session.scalar(select(Refund).where(ours, Refund.payment_id == payment.id))
    if refund is None:
        return _flag(session, notice.event_id, payment, notice.type, at=at)
    refund.stripe_refund_id = notice.refund_id
    if notice.told is Told.REFUNDED:
        refunds.done(session, refund, bank_reference=notice.refund_id or "", by=None, at=at)
    else:
        refunds.refused(session, refund, why=notice.type, at=at)
    return "taken"


def _dispute(session: Session, notice: PaymentNotice, payment: Payment, *, at: datetime) -> str:
    """A chargeback: the money is gone until it is decided; the order's status stays, a person is called."""
    inquiry = payment.order.inquiry
    lock(session, inquiry)
    order, amount = order_of(session, inquiry), notice.amount_idr or 0
    if not amount:
        return _flag(session, notice.event_id, payment, notice.type, at=at)
    if notice.told is Told.DISPUTE_OPENED:
        kind, lines = JournalKind.CHARGEBACK, rules.chargeback(amount_idr=amount)
    elif notice.told is Told.DISPUTE_WON:
        kind, lines = JournalKind.CHARGEBACK_WON, rules.chargeback_won(amount_idr=amount)
    else:
        kind = JournalKind.DEBT
        lines = rules.chargeback_lost(amount_idr=amount, held_idr=held_idr(session, order))
    ledger.post(session, kind, lines, key=f"{kind}:{notice.event_id}", at=at, order=order, payment=payment)
    orders.settle_advance(session, order, at=at)
    subject, facts = f"payment:{payment.id}", {"amount_idr": amount, "told": notice.told.value}
    task = tasks.open_task(
        session, "chargeback", subject, inquiry=inquiry, payment=payment, facts=facts, at=at
    )
    task.facts = task.facts | facts  # how it ended stands in the same task
    return "taken"


def _flag(session: Session, subject: str, payment: Payment | None, why: str, *, at: datetime) -> str:
    tasks.open_task(
        session,
        "card_notice",
        subject,
        inquiry=payment.order.inquiry if payment else None,
        payment=payment,
        facts={"why": why},
        at=at,
    )
    return "flagged"


def _payment_of(session: Session, notice: PaymentNotice) -> Payment | None:
    """By our reference or the session, else by the processor's own payment."""
    ways = []
    if notice.checkout is not None:
        ways = [Payment.stripe_session_id == notice.checkout.id]
        if notice.checkout.reference:
            ways.append(Payment.reference == notice.checkout.reference)
    elif notice.intent_id:
        ways = [Payment.stripe_intent_id == notice.intent_id]
    if not ways:
        return None
    query = select(Payment).where(or_(*ways), Payment.method.in_(BY_CARD)).order_by(Payment.id)
    return session.scalars(query).first()


def _kept(notice: PaymentNotice) -> dict[str, Any]:
    """What of a notice is kept: ids and sums, nothing about a card or a person."""
    checkout = notice.checkout
    return {
        "told": notice.told.value,
        "session": checkout.id if checkout else None,
        "reference": checkout.reference if checkout else None,
        "currency": checkout.currency if checkout else None,
        "intent": notice.intent_id,
        "amount_idr": notice.amount_idr,
        "refund": notice.refund_id,
    }
