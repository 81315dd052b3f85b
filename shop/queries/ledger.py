"""Balances: sums of postings, nothing else."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from shop.domain.deal import PAYABLE_AFTER, DealStatus
from shop.domain.ledger import Account, JournalKind
from shop.models import Inquiry, Journal, Order, Payment, Posting, Refund


def held_idr(session: Session, order: Order) -> int:
    """What the buyer has paid towards the order and not got back: whole rupiah."""
    return -_sum(session, Account.BUYER, order_id=order.id)


def paid_in_idr(session: Session, order: Order) -> int:
    """All that was ever paid towards the order, given back or not: whole rupiah."""
    query = select(func.coalesce(func.sum(Posting.amount_idr), 0)).where(
        Posting.order_id == order.id, Posting.account == Account.BUYER.value, Posting.amount_idr < 0
    )
    return -int(session.scalar(query) or 0)


def given_back_idr(session: Session, order: Order) -> int:
    """What of the order's money was decided to go back to the buyer; surplus is not the order's money."""
    query = select(func.coalesce(func.sum(Refund.amount_idr), 0)).join(
        Payment, Payment.id == Refund.payment_id
    )
    query = query.where(
        Payment.order_id == order.id, Refund.from_surplus.is_(False), Refund.failed_at.is_(None)
    )
    return int(session.scalar(query) or 0)


def surplus_idr(session: Session, order: Order) -> int:
    """What the buyer paid too much, and nobody has decided about yet."""
    return -_sum(session, Account.SURPLUS, order_id=order.id)


def written_off_idr(session: Session, order: Order) -> int:
    """What of the order was waived."""
    return _sum(session, Account.WRITTEN_OFF, order_id=order.id)


def fees_idr(session: Session, order: Order) -> int:
    """What acquirers kept of the order's payments: a cost of the council."""
    return _sum(session, Account.FEES, order_id=order.id)


def advanced_idr(session: Session, order: Order) -> int:
    return _sum(session, Account.ADVANCE, order_id=order.id)


def owed_idr(session: Session, producer_id: int) -> int:
    """What the council owes the producer now."""
    return -_sum(session, Account.PRODUCER, producer_id=producer_id)


def debt_idr(session: Session, producer_id: int) -> int:
    """What the producer owes the council after refunds that followed a payout."""
    return _sum(session, Account.PRODUCER_DEBT, producer_id=producer_id)


def came_idr(session: Session, payment: Payment) -> int:
    """All that ever came for a payment, twice and late included."""
    query = (
        select(func.coalesce(func.sum(Posting.amount_idr), 0))
        .join(Journal, Journal.id == Posting.journal_id)
        .where(
            Journal.payment_id == payment.id,
            Journal.kind.in_((JournalKind.PAYMENT.value, JournalKind.SURPLUS.value)),
            Posting.account.in_((Account.BANK.value, Account.STRIPE.value)),
        )
    )
    return int(session.scalar(query) or 0)


def charged_back_idr(session: Session, payment: Payment) -> int:
    """What the card processor took back of a payment, and was not won again: the buyer has it, or will have."""
    query = (
        select(func.coalesce(func.sum(Posting.amount_idr), 0))
        .join(Journal, Journal.id == Posting.journal_id)
        .where(
            Journal.payment_id == payment.id,
            Journal.kind.in_((JournalKind.CHARGEBACK.value, JournalKind.CHARGEBACK_WON.value)),
            Posting.account == Account.STRIPE.value,
        )
    )
    return -int(session.scalar(query) or 0)


def payable_idr(session: Session, producer_id: int, *, at: datetime) -> int:
    """What may be paid out now: all that is owed, less the producer's debt and what was completed within the last
    seven days or is disputed.
    """
    disputed = select(Order.id).join(Inquiry).where(Inquiry.status == DealStatus.DISPUTED.value)
    fresh = (
        select(func.coalesce(func.sum(Posting.amount_idr), 0))
        .join(Journal, Journal.id == Posting.journal_id)
        .where(
            Posting.account == Account.PRODUCER.value,
            Posting.producer_id == producer_id,
            Journal.kind == JournalKind.COMPLETION.value,
            or_(Posting.at > at - PAYABLE_AFTER, Posting.order_id.in_(disputed)),
        )
    )
    settled = owed_idr(session, producer_id) - debt_idr(session, producer_id)
    return max(0, settled + int(session.scalar(fresh) or 0))


def _sum(session: Session, account: Account, **whose: int) -> int:
    query = select(func.coalesce(func.sum(Posting.amount_idr), 0)).filter_by(account=account.value, **whose)
    return int(session.scalar(query) or 0)
