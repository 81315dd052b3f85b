"""How open payments end without money: their time is over, another way was chosen, or their order ended.

An open card session is ended at the processor first, outside any transaction; only then its row ends here.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from shop.actions.deals import lock
from shop.actions.payment_events import log_payment
from shop.domain.deal import DealStatus
from shop.domain.payment import CODE_RELEASED_AFTER, STANDING, Method, PaymentStatus, payment_step
from shop.domain.roles import Actor
from shop.models import Inquiry, Order, Payment
from shop.queries.deals import HELD_UNTIL

AT_ONCE = 50
PROCESSOR_SILENT_FOR = timedelta(days=1)
CARDS = (Method.STRIPE.value, Method.DEMO.value)
AT_THE_PROCESSOR = (
    Payment.method.in_(CARDS),
    Payment.status == PaymentStatus.OPEN.value,
    Payment.stripe_session_id.is_not(None),
)


def open_session(session: Session, inquiry: Inquiry) -> Payment | None:
    """The payment of this deal that can be paid at the card processor at this moment."""
    query = select(Payment).join(Order, Order.id == Payment.order_id)
    return session.scalar(query.where(Order.inquiry_id == inquiry.id, *AT_THE_PROCESSOR))


def sessions_in_the_way(session: Session, *, due: datetime, at: datetime) -> list[tuple[int, str]]:
    """Payment and session of orders whose deposit was due before `due`, or whose hold has ended: they lapse once the
    session is ended.
    """
    query = select(Payment.id, Payment.stripe_session_id).join(Order, Order.id == Payment.order_id)
    query = query.join(Inquiry, Inquiry.id == Order.inquiry_id).where(
        Inquiry.status == DealStatus.DEPOSIT_DUE.value,
        or_(Order.entered_at <= due, at >= HELD_UNTIL),
        Payment.expires_at > at,
        *AT_THE_PROCESSOR,
    )
    rows = session.execute(query.order_by(Payment.id).limit(AT_ONCE))
    return [(row[0], str(row[1])) for row in rows]


def end(session: Session, payment: Payment, *, at: datetime) -> None:
    """It will not be paid: the processor says so, or its time is over. Nothing happens to one no longer open."""
    lock(session, payment.order.inquiry)
    session.refresh(payment)
    if payment.status == PaymentStatus.OPEN:
        end_locked(session, payment, at=at)


def end_with_order(session: Session, order: Order, *, at: datetime) -> None:
    """The order is cancelled or lapses: nothing of it can be paid any more. Called on a locked deal.

    A proof under check stays with the people who check it: what came is the buyer's surplus then.
    """
    query = select(Payment).where(Payment.order_id == order.id, Payment.status == PaymentStatus.OPEN.value)
    for payment in session.scalars(query.execution_options(populate_existing=True)).all():
        end_locked(session, payment, at=at)


def end_locked(session: Session, payment: Payment, *, at: datetime) -> None:
    """On a locked deal. A transfer's code stays taken for fourteen days, so that late money is recognised."""
    payment.status, payment.expires_at = payment_step(payment.status, "expire").value, at
    payment.asked_provider_at = None  # what the processor says of it at its end is not known yet
    session.flush()
    log_payment(session, payment, "expire", by=None, actor=Actor.SYSTEM, at=at)


def out_of_time(session: Session, *, at: datetime) -> list[int]:
    """At most fifty; reads only. Only card sessions run out: those that never came to be, or that the processor has
    not answered about for a day. A transfer is good as long as its order waits for money.
    """
    silent = Payment.expires_at <= at - PROCESSOR_SILENT_FOR
    query = select(Payment.id).where(
        Payment.method.in_(CARDS),
        Payment.status == PaymentStatus.OPEN.value,
        Payment.expires_at <= at,
        or_(Payment.stripe_session_id.is_(None), silent),
    )
    return list(session.scalars(query.order_by(Payment.id).limit(AT_ONCE)))


def release_codes(session: Session, *, at: datetime) -> int:
    """Unique sums free again, fourteen days after their payment ended or was received; at most fifty, how many."""
    ended = func.coalesce(Payment.received_at, Payment.expires_at)
    query = select(Payment).where(
        Payment.method == Method.TRANSFER.value,
        Payment.released_at.is_(None),
        Payment.status.not_in([status.value for status in STANDING]),
        ended <= at - CODE_RELEASED_AFTER,
    )
    found = session.scalars(query.order_by(Payment.id).limit(AT_ONCE).with_for_update(skip_locked=True)).all()
    for payment in found:
        payment.released_at = at
    session.flush()
    return len(found)
