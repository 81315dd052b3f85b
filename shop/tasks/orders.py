"""The clock of orders, and asking the card processor about sessions nobody told us of."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import and_, or_, select

from shop.actions import order_clock, refunds
from shop.actions.card_notices import take_checkout
from shop.database import reading
from shop.domain.payment import Method, PaymentStatus
from shop.extensions import db, now, the_shop
from shop.models import Payment, Refund
from shop.ports import Payments, PaymentsRefused, PaymentsUnreachable
from shop.tasks.payments import end_sessions_in_the_way

ASK_AFTER = timedelta(minutes=15)
SESSION_IS_OVER_AFTER = timedelta(hours=24)  # at the processor, whatever we think
AT_ONCE = 20


def keep_orders(_app: Flask) -> bool:
    """Does what is due, each in a transaction of its own; whether more may wait."""
    end_sessions_in_the_way()
    session, at = db.session(), now()
    with reading():
        found = order_clock.due(session, at=at)
        session.rollback()
    done = 0
    for one in found:
        done += order_clock.do(session, one, at=at)
        session.commit()
    if done:
        the_shop().wake("notices")
    return done > 0


def ask_again(_app: Flask) -> bool:
    """Looks at open card sessions that nobody told us of for a while, one commit for each."""
    payments, at = the_shop().payments, now()
    if payments is None:
        return False
    for payment_id, session_id, over in _open_sessions():
        db.session.rollback()  # nothing is held while the processor is asked
        try:
            checkout = payments.expire(session_id) if over else payments.look(session_id)
        except (PaymentsUnreachable, PaymentsRefused):
            continue
        payment = db.session.get_one(Payment, payment_id)
        take_checkout(db.session(), payment, checkout, at=at)
        payment.asked_provider_at = at
        db.session.commit()
    return False


def carry_refunds(_app: Flask) -> bool:
    """Hands decided card refunds to the processor, under the refund's own key: repeated, it is the same refund."""
    payments = the_shop().payments
    if payments is None:
        return False
    for refund_id in [refund.id for refund in refunds.to_carry_out(db.session())]:
        _carry(payments, refund_id)
    return False


def _carry(payments: Payments, refund_id: int) -> None:
    session, at = db.session(), now()
    refund = session.get_one(Refund, refund_id)
    intent = session.get_one(Payment, refund.payment_id).stripe_intent_id
    key, amount = refund.key, refund.amount_idr
    session.rollback()  # nothing is held while the processor is asked
    try:
        made = payments.refund(intent or "", amount, key=key)
    except PaymentsUnreachable:
        return
    except PaymentsRefused as refusal:
        refunds.refused(session, session.get_one(Refund, refund_id), why=str(refusal), at=at)
        session.commit()
        return
    refund = session.get_one(Refund, refund_id)
    refunds.done(session, refund, bank_reference=made, by=None, at=at)
    refund.stripe_refund_id = made
    session.commit()


def _open_sessions() -> list[tuple[int, str, bool]]:
    """Payment, session, and whether its time is over: those nobody told us of, and, once, when its session can
    no longer be paid, each payment that ended here: what was paid there after all must not be lost.
    """
    at = now()
    quiet = or_(Payment.asked_provider_at.is_(None), Payment.asked_provider_at <= at - ASK_AFTER)
    waiting = and_(Payment.status == PaymentStatus.OPEN.value, Payment.created_at <= at - ASK_AFTER, quiet)
    unsure = and_(
        Payment.status == PaymentStatus.EXPIRED.value,
        Payment.created_at <= at - SESSION_IS_OVER_AFTER,
        Payment.asked_provider_at.is_(None),
    )
    query = select(Payment.id, Payment.stripe_session_id, Payment.expires_at).where(
        Payment.method == Method.STRIPE.value,
        Payment.stripe_session_id.is_not(None),
        or_(waiting, unsure),
    )
    rows = db.session.execute(query.order_by(Payment.id).limit(AT_ONCE))
    return [(row[0], str(row[1]), row[2] <= at) for row in rows]
