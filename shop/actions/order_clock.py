"""What happens to orders by themselves: deposits lapse, balances grow late, parcels count as received.

Each is computed from when the order entered its status, so a worker that was down for a week does each once, late.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from shop.actions import orders, stock, tasks
from shop.actions.deals import lock, move
from shop.actions.inquiries import lapse
from shop.actions.payment_ends import AT_THE_PROCESSOR, end_with_order
from shop.actions.telling import tell_buyer, tell_producer
from shop.domain.deal import NUDGE, TASK, TIMERS, DealStatus, Since
from shop.domain.payment import PaymentStatus
from shop.domain.roles import Actor
from shop.models import Inquiry, Order, Payment, Quote

AT_ONCE = 50
DEPOSIT_LAPSES_AFTER = TIMERS[DealStatus.DEPOSIT_DUE][0].after
WITH_ORDER = (
    DealStatus.DEPOSIT_DUE,
    DealStatus.IN_PRODUCTION,
    DealStatus.BALANCE_DUE,
    DealStatus.TO_SHIP,
    DealStatus.SHIPPED,
)


def keep_orders_moving(session: Session, *, at: datetime) -> int:
    """Do what is due, at most fifty orders; how many were changed."""
    done = _lapse_quotes(session, at=at)
    for status in WITH_ORDER:
        for timer in TIMERS[status]:
            for order in _due(session, status, timer.since, timer.after, timer.does, at):
                done += _do(session, order, timer.does, at=at)
    return done


def _lapse_quotes(session: Session, *, at: datetime) -> int:
    """A quote ran out two weeks ago, and nobody asked again."""
    (timer,) = TIMERS[DealStatus.QUOTED]
    query = (
        select(Inquiry)
        .join(Quote, Quote.inquiry_id == Inquiry.id)
        .where(
            Inquiry.status == DealStatus.QUOTED.value,
            Quote.superseded_at.is_(None),
            Quote.valid_until <= at - timer.after,
        )
    )
    found = session.scalars(
        query.order_by(Inquiry.id).limit(AT_ONCE).with_for_update(skip_locked=True, of=Inquiry)
    ).all()
    for inquiry in found:
        lapse(session, inquiry, at=at)
    return len(found)


def _due(
    session: Session, status: DealStatus, since: Since, after: timedelta, does: str, at: datetime
) -> list[Order]:
    began = Order.promised_at if since is Since.PROMISED else Order.entered_at
    query = select(Order).join(Inquiry).where(Inquiry.status == status.value, began <= at - after)
    if does == NUDGE:
        query = query.where(Order.nudged_at.is_(None))
    if status is DealStatus.DEPOSIT_DUE:
        query = query.where(~_waits_for_money(at))
    return list(
        session.scalars(query.order_by(Order.id).limit(AT_ONCE).with_for_update(skip_locked=True, of=Order))
    )


def _waits_for_money(at: datetime) -> ColumnElement[bool]:
    """The clock stands still while somebody checks a proof, and until a session at the card processor is ended."""
    checking = Payment.status == PaymentStatus.UNDER_CHECK.value
    open_session = and_(*AT_THE_PROCESSOR, Payment.expires_at > at)
    return exists().where(Payment.order_id == Order.id, or_(checking, open_session))


def _do(session: Session, order: Order, what: str, *, at: datetime) -> bool:
    inquiry = order.inquiry
    if what == NUDGE:
        order.nudged_at = at
        tell_buyer(session, inquiry, "balance_overdue", at=at, by=None)
        return True
    if what == TASK:
        kind = f"late_{inquiry.status}"
        known = tasks.is_open(session, kind, f"order:{order.id}")
        tasks.open_task(session, kind, f"order:{order.id}", inquiry=inquiry, at=at)
        return not known
    if what == "lapse":
        _lapse(session, order, at=at)
    elif what == "overdue":
        orders.overdue(session, inquiry, at=at)
    elif what == "receive":
        orders.receive(session, inquiry, actor=Actor.SYSTEM, by=None, at=at)
    return True


def _lapse(session: Session, order: Order, *, at: datetime) -> None:
    """The deposit did not come: what was held goes back on sale."""
    inquiry = order.inquiry
    lock(session, inquiry)
    move(session, inquiry, "lapse", actor=Actor.SYSTEM, by=None, at=at, order=order)
    end_with_order(session, order, at=at)
    stock.release(session, order, at=at)
    tell_buyer(session, inquiry, "order_cancelled", at=at, by=None, facts={"reason": ""})
    tell_producer(session, inquiry, "order_cancelled", at=at, facts={"reason": ""})
