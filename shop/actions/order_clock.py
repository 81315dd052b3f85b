"""What happens to orders by themselves: deposits lapse, balances grow late, parcels count as received.

Each is computed from when the order entered its status, so a worker that was down for a week does each once, late.
What is due is found first and done afterwards, each in a transaction of its own under the deal's lock: whoever holds
two deals at once could wait for somebody who waits for him.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Exists, Select, String, and_, cast, exists, literal, or_, select
from sqlalchemy.orm import Session

from shop.actions import orders, stock, tasks
from shop.actions.deals import lock, move, order_of
from shop.actions.inquiries import lapse
from shop.actions.payment_ends import AT_THE_PROCESSOR, end_with_order
from shop.actions.telling import tell_buyer, tell_producer
from shop.domain.deal import NUDGE, TASK, TIMERS, DealStatus, Since, Timer
from shop.domain.payment import PaymentStatus
from shop.domain.roles import Actor
from shop.models import Inquiry, Order, Payment, Quote, StaffTask
from shop.queries.deals import HELD_UNTIL

AT_ONCE = 50
DEPOSIT_LAPSES_AFTER = TIMERS[DealStatus.DEPOSIT_DUE][0].after
KEPT_HERE = (
    DealStatus.QUOTED,
    DealStatus.DEPOSIT_DUE,
    DealStatus.IN_PRODUCTION,
    DealStatus.BALANCE_DUE,
    DealStatus.TO_SHIP,
    DealStatus.SHIPPED,
)


@dataclass(frozen=True)
class Due:
    """A timer of a deal that has run out."""

    inquiry_id: int
    status: DealStatus
    timer: Timer


def due(session: Session, *, at: datetime) -> list[Due]:
    """What is due, at most fifty of a kind; reads only."""
    found = []
    for status in KEPT_HERE:
        for timer in reversed(TIMERS[status]):  # what has ended is not reminded of
            query = _run_out(status, timer, at).order_by(Inquiry.id).limit(AT_ONCE)
            found += [Due(inquiry_id, status, timer) for inquiry_id in session.scalars(query)]
    return found


def do(session: Session, one: Due, *, at: datetime) -> bool:
    """Do it, unless somebody was faster; whether anything changed."""
    inquiry = session.get_one(Inquiry, one.inquiry_id)
    lock(session, inquiry)
    still = _run_out(one.status, one.timer, at).where(Inquiry.id == inquiry.id)
    if session.scalar(still) is None:
        return False
    if one.status is DealStatus.QUOTED:
        lapse(session, inquiry, at=at)
    else:
        _do(session, inquiry, order_of(session, inquiry), one.timer.does, at=at)
    return True


def _run_out(status: DealStatus, timer: Timer, at: datetime) -> Select[int]:
    """The deals for which this timer has run out and has not done its work yet."""
    query = select(Inquiry.id).where(Inquiry.status == status.value)
    if timer.since is Since.VALID_UNTIL:
        standing = query.join(Quote, Quote.inquiry_id == Inquiry.id).where(Quote.superseded_at.is_(None))
        return standing.where(Quote.valid_until <= at - timer.after)
    query = query.join(Order, Order.inquiry_id == Inquiry.id).where(_BEGAN[timer.since] <= at - timer.after)
    if timer.does == NUDGE:
        return query.where(Order.nudged_at.is_(None))
    if timer.does == TASK:
        return query.where(~_called(status))
    return query.where(~_waits_for_money(at), ~_undecided()) if status is DealStatus.DEPOSIT_DUE else query


_BEGAN = {Since.ENTERED: Order.entered_at, Since.PROMISED: Order.promised_at, Since.HELD: HELD_UNTIL}


def _called(status: DealStatus) -> Exists:
    """A person was called since the order came into this status; when they are done, they are not called again."""
    return exists().where(
        StaffTask.kind == f"late_{status}",
        StaffTask.subject == literal("order:") + cast(Order.id, String),
        StaffTask.opened_at >= Order.entered_at,
    )


def _waits_for_money(at: datetime) -> Exists:
    """The clock stands still while somebody checks a proof, and until a session at the card processor is ended."""
    checking = Payment.status == PaymentStatus.UNDER_CHECK.value
    open_session = and_(*AT_THE_PROCESSOR, Payment.expires_at > at)
    return exists().where(Payment.order_id == Order.id, or_(checking, open_session))


def _undecided() -> Exists:
    """Money of this order waits for a person's word: it is not ended over their head."""
    return exists().where(
        StaffTask.inquiry_id == Inquiry.id, StaffTask.kind == "surplus", StaffTask.done_at.is_(None)
    )


def _do(session: Session, inquiry: Inquiry, order: Order, what: str, *, at: datetime) -> None:
    if what == NUDGE:
        order.nudged_at = at
        tell_buyer(session, inquiry, "balance_overdue", at=at, by=None)
    elif what == TASK:
        tasks.open_task(session, f"late_{inquiry.status}", f"order:{order.id}", inquiry=inquiry, at=at)
    elif what == "lapse":
        _lapse(session, inquiry, order, at=at)
    elif what == "overdue":
        orders.overdue(session, inquiry, at=at)
    elif what == "receive":
        orders.receive(session, inquiry, actor=Actor.SYSTEM, by=None, at=at)


def _lapse(session: Session, inquiry: Inquiry, order: Order, *, at: datetime) -> None:
    """The deposit did not come: what was held goes back on sale, and what was paid of it is the buyer's."""
    move(session, inquiry, "lapse", actor=Actor.SYSTEM, by=None, at=at, order=order)
    end_with_order(session, order, at=at)
    stock.release(session, order, at=at)
    orders.give_up(session, order, at=at)
    kind = "hold_ended" if order.quote_id is None else "order_cancelled"
    tell_buyer(session, inquiry, kind, at=at, by=None, facts={"reason": ""})
    tell_producer(session, inquiry, "order_cancelled", at=at, facts={"reason": ""})
