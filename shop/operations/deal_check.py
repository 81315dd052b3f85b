"""The promises about deals: a status is what the rows beside it say, and what waits for a person has its task."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, String, and_, cast, exists, func, literal, not_, or_, select

from shop.domain.deal import DealStatus
from shop.domain.ledger import Account, JournalKind
from shop.models import (
    Event,
    Inquiry,
    Journal,
    Order,
    OrderLine,
    Payment,
    Posting,
    Quote,
    Refund,
    StaffTask,
    StockHold,
)
from shop.queries.order_money import waits_for_the_bank

D = DealStatus
NEVER_ORDERED = (D.ASKED, D.QUOTED, D.COUNTERED, D.DECLINED, D.WITHDRAWN)
MAKING = (D.IN_PRODUCTION, D.BALANCE_DUE)
ON_ITS_WAY = (D.TO_SHIP, D.SHIPPED)
OVER = (D.COMPLETED, D.CANCELLED, D.LAPSED, D.REFUNDED)


def log(connection: Connection) -> Iterator[str]:
    """The log of each deal leads without a gap to its status."""
    steps = select(
        Event.inquiry_id,
        Event.id,
        Event.from_status,
        Event.to_status,
        func.lag(Event.to_status).over(partition_by=Event.inquiry_id, order_by=Event.id).label("before"),
        func.lead(Event.id).over(partition_by=Event.inquiry_id, order_by=Event.id).label("after"),
    ).where(Event.inquiry_id.is_not(None), Event.to_status.is_not(None))
    step = steps.subquery()
    gaps = select(step.c.inquiry_id, step.c.id, step.c.before, step.c.from_status)
    gaps = gaps.where(step.c.before.is_not(None), func.coalesce(step.c.from_status, "") != step.c.before)
    for inquiry, number, before, start in connection.execute(gaps):
        yield f"event {number} of deal {inquiry} begins at {start}, but the step before led to {before}"
    last = select(Inquiry.id, Inquiry.status, step.c.to_status).join(step, step.c.inquiry_id == Inquiry.id)
    differ = last.where(step.c.after.is_(None), step.c.to_status != Inquiry.status)
    for inquiry, status, logged in connection.execute(differ):
        yield f"deal {inquiry} is {status}, but its log led to {logged}"


def orders(connection: Connection) -> Iterator[str]:
    """An order is there from acceptance on, with the terms of the quote that was accepted."""
    joined = select(Inquiry.id, Inquiry.status).outerjoin(Order, Order.inquiry_id == Inquiry.id)
    never, may_lack = _among(NEVER_ORDERED), _among((*NEVER_ORDERED, D.LAPSED))
    wrong = or_(and_(never, Order.id.is_not(None)), and_(not_(may_lack), Order.id.is_(None)))
    for inquiry, status in connection.execute(joined.where(wrong)):
        yield f"deal {inquiry} is {status}, which does not go with whether it has an order"
    standing = exists().where(Quote.inquiry_id == Inquiry.id, Quote.superseded_at.is_(None))
    for (inquiry,) in connection.execute(select(Inquiry.id).where(_among((D.QUOTED,)), ~standing)):
        yield f"deal {inquiry} is quoted, but no quote of it stands"
    terms = ("total_idr", "deposit_idr", "shipping_idr", "packing_idr", "lead_time_days")
    differ = or_(
        Quote.accepted_at.is_(None), *(getattr(Order, name) != getattr(Quote, name) for name in terms)
    )
    for (order,) in connection.execute(
        select(Order.id).join(Quote, Quote.id == Order.quote_id).where(differ)
    ):
        yield f"order {order} has other terms than the quote it was accepted by"
    goods = func.coalesce(func.sum(OrderLine.quantity * OrderLine.unit_idr), 0)
    sums = select(Order.id).outerjoin(OrderLine, OrderLine.order_id == Order.id)
    sums = sums.group_by(Order.id, Order.goods_idr, Order.total_idr, Order.shipping_idr, Order.packing_idr)
    total = Order.goods_idr + Order.shipping_idr + Order.packing_idr
    for (order,) in connection.execute(sums.having(or_(goods != Order.goods_idr, total != Order.total_idr))):
        yield f"the lines of order {order} do not come to its total"


def money_and_status(connection: Connection) -> Iterator[str]:
    """How far an order is follows from what is held for it; what the card processor took back is a person's matter."""
    held = _held()
    taken_back = exists().where(
        Journal.order_id == Order.id, Journal.kind.in_((JournalKind.CHARGEBACK.value, JournalKind.DEBT.value))
    )
    joined = select(Order.id, Inquiry.status, held).join(Inquiry, Inquiry.id == Order.inquiry_id)
    wrong = or_(
        and_(_among((D.DEPOSIT_DUE,)), held >= Order.deposit_idr),
        and_(_among(MAKING), held < Order.deposit_idr, ~taken_back),
        and_(_among(ON_ITS_WAY), held < Order.total_idr, ~taken_back),
        and_(_among(OVER), held != 0),
    )
    for order, status, amount in connection.execute(joined.where(wrong)):
        yield f"order {order} is {status}, which does not go with the {amount} rupiah held for it"


def moments(connection: Connection) -> Iterator[str]:
    """What a status presupposes was written down when it was entered."""
    joined = select(Order.id, Inquiry.status).join(Inquiry, Inquiry.id == Order.inquiry_id)
    wrong = or_(
        and_(_among((*MAKING, *ON_ITS_WAY)), Order.promised_at.is_(None)),
        and_(_among((D.SHIPPED,)), Order.shipped_at.is_(None)),
        and_(_among((D.COMPLETED,)), Order.completed_at.is_(None)),
        and_(_among((D.DISPUTED,)), Order.came_from.is_(None)),
    )
    for order, status in connection.execute(joined.where(wrong)):
        yield f"order {order} is {status}, but not since when or whence"


def stock_and_status(connection: Connection) -> Iterator[str]:
    """A piece of an order that was paid is sold, not merely held."""
    open_one = StockHold.released_at.is_(None) & StockHold.kept_at.is_(None)
    joined = select(StockHold.id, Order.id).join(Order, Order.id == StockHold.order_id)
    joined = joined.join(Inquiry, Inquiry.id == Order.inquiry_id)
    for hold, order in connection.execute(joined.where(open_one, _among((*MAKING, *ON_ITS_WAY)))):
        yield f"order {order} is paid for but only holds its piece (hold {hold})"


def somebodys_task(connection: Connection) -> Iterator[str]:
    """What cannot go on by itself, and money nobody has decided about, is somebody's task."""
    for (inquiry,) in connection.execute(select(Inquiry.id).where(_among((D.DISPUTED,)), ~_task("dispute"))):
        yield f"deal {inquiry} is disputed, but nobody has the task"
    surplus = -func.coalesce(func.sum(Posting.amount_idr), 0)
    sums = select(Order.id, surplus).join(Inquiry, Inquiry.id == Order.inquiry_id)
    sums = sums.join(Posting, and_(Posting.order_id == Order.id, Posting.account == Account.SURPLUS.value))
    forgotten = sums.where(~_task("surplus")).group_by(Order.id).having(surplus > 0)
    for order, amount in connection.execute(forgotten):
        yield f"{amount} rupiah too much came for order {order}, but nobody has the task"
    sends = exists().where(
        StaffTask.kind == "refund",
        StaffTask.subject == literal("refund:") + cast(Refund.id, String),
        StaffTask.done_at.is_(None),
    )
    waiting = select(Refund.id).join(Payment, Payment.id == Refund.payment_id)
    for (refund,) in connection.execute(waiting.where(*waits_for_the_bank(), ~sends)):
        yield f"refund {refund} is to be sent by bank, but nobody has the task"


def _task(kind: str) -> ColumnElement[bool]:
    return exists().where(
        StaffTask.inquiry_id == Inquiry.id, StaffTask.kind == kind, StaffTask.done_at.is_(None)
    )


def _among(statuses: tuple[DealStatus, ...]) -> ColumnElement[bool]:
    return Inquiry.status.in_([status.value for status in statuses])


def _held() -> ColumnElement[int]:
    query = select(-func.coalesce(func.sum(Posting.amount_idr), 0)).where(
        Posting.order_id == Order.id, Posting.account == Account.BUYER.value
    )
    return query.correlate(Order).scalar_subquery()
