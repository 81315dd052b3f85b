"""All the money of one order, for those who decide about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, joinedload

from shop.domain.deal import DealStatus
from shop.domain.ledger import JournalKind
from shop.domain.payment import Method
from shop.models import Inquiry, Journal, Order, Payment, Posting, Refund, StaffTask
from shop.queries.ledger import advanced_idr, fees_idr, held_idr, surplus_idr, written_off_idr

BY_CARD = (Method.STRIPE.value, Method.DEMO.value)
RUNNING = frozenset(
    {DealStatus.IN_PRODUCTION, DealStatus.BALANCE_DUE, DealStatus.TO_SHIP, DealStatus.SHIPPED}
)
TAKEN_BACK = (JournalKind.CHARGEBACK.value, JournalKind.CHARGEBACK_WON.value)


@dataclass(frozen=True)
class OrderMoney:
    """Sums in whole rupiah; payments oldest first; refunds with their payment; chargebacks as the ledger has them."""

    order: Order
    held_idr: int
    surplus_idr: int
    advanced_idr: int
    written_off_idr: int
    fees_idr: int
    payments: Sequence[Payment]
    refunds: Sequence[tuple[Refund, Payment]]
    chargebacks: Sequence[tuple[Journal, int]]
    tasks: Sequence[StaffTask]

    @property
    def due_idr(self) -> int:
        """What is waited for now: the deposit's rest, or the order's."""
        status = self.order.inquiry.status
        if status == DealStatus.DEPOSIT_DUE:
            return max(0, self.order.deposit_idr - self.held_idr)
        waits = status in (DealStatus.IN_PRODUCTION, DealStatus.BALANCE_DUE)
        return max(0, self.order.total_idr - self.held_idr) if waits else 0

    @property
    def may_advance_idr(self) -> int:
        """What may be released to the maker early."""
        running = self.order.inquiry.status in RUNNING
        return max(0, self.held_idr - self.advanced_idr) if running else 0

    @property
    def short(self) -> bool:
        return any(task.kind == "short" for task in self.tasks)


def order_money(session: Session, inquiry: Inquiry) -> OrderMoney | None:
    """None for a thread without an order."""
    order = session.scalar(select(Order).where(Order.inquiry_id == inquiry.id))
    if order is None:
        return None
    paid = select(Payment).where(Payment.order_id == order.id).options(joinedload(Payment.proofs))
    back = select(Refund, Payment).join(Payment, Payment.id == Refund.payment_id)
    waiting = select(StaffTask).where(StaffTask.inquiry_id == inquiry.id, StaffTask.done_at.is_(None))
    return OrderMoney(
        order,
        held_idr(session, order),
        surplus_idr(session, order),
        advanced_idr(session, order),
        written_off_idr(session, order),
        fees_idr(session, order),
        session.scalars(paid.order_by(Payment.id)).unique().all(),
        [
            (row[0], row[1])
            for row in session.execute(back.where(Payment.order_id == order.id).order_by(Refund.id))
        ],
        _chargebacks(session, order),
        session.scalars(waiting.order_by(StaffTask.id)).all(),
    )


def by_bank(session: Session, inquiry: Inquiry, refund_id: int) -> Refund | None:
    """A refund of this order that a person sends at the bank: of a transfer or QRIS, or one the processor refused."""
    query = (
        select(Refund)
        .join(Payment, Payment.id == Refund.payment_id)
        .join(Order, Order.id == Payment.order_id)
        .where(Refund.id == refund_id, Order.inquiry_id == inquiry.id, _by_bank())
    )
    return session.scalar(query)


def to_send_idr(session: Session, order: Order) -> int:
    """What somebody still has to send back to the buyer at the bank, in whole rupiah."""
    query = select(func.coalesce(func.sum(Refund.amount_idr), 0)).join(
        Payment, Payment.id == Refund.payment_id
    )
    return int(session.scalar(query.where(Payment.order_id == order.id, *waits_for_the_bank())) or 0)


def waits_for_the_bank() -> tuple[ColumnElement[bool], ...]:
    """Of refunds joined with their payment: decided, not sent, and for a person to send."""
    return (Refund.done_at.is_(None), Refund.failed_at.is_(None), _by_bank())


def _by_bank() -> ColumnElement[bool]:
    return or_(Payment.method.not_in(BY_CARD), Refund.refused_why != "")


def _chargebacks(session: Session, order: Order) -> list[tuple[Journal, int]]:
    """What the processor took back (below nothing) and what was won again, in the order it was told."""
    query = (
        select(Journal, Posting.amount_idr)
        .join(Posting, Posting.journal_id == Journal.id)
        .where(Journal.order_id == order.id, Journal.kind.in_(TAKEN_BACK), Posting.account == "stripe")
    )
    return [(row[0], int(row[1])) for row in session.execute(query.order_by(Journal.id))]
