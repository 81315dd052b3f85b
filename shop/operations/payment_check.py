"""The promises about payments and refunds: each has its reference and its movement, and nothing went back twice."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, ScalarSelect, case, func, or_, select

from shop.domain.ledger import Account, JournalKind
from shop.models import Journal, Payment, Posting, Refund

OUTSIDE = (Account.BANK.value, Account.STRIPE.value)
CAME = (JournalKind.PAYMENT.value, JournalKind.SURPLUS.value)


def references(connection: Connection) -> Iterator[str]:
    """Money from outside belongs to a payment, a payment has a reference, and a transfer back its number."""
    for (payment,) in connection.execute(select(Payment.id).where(Payment.reference == "")):
        yield f"payment {payment} has no reference"
    lost = select(Journal.id).join(Posting, Posting.journal_id == Journal.id)
    lost = lost.where(Journal.kind.in_(CAME), Posting.account.in_(OUTSIDE), Journal.payment_id.is_(None))
    for (journal,) in connection.execute(lost):
        yield f"journal {journal} brought money in that belongs to no payment"
    unnamed = select(Refund.id).where(Refund.done_at.is_not(None), Refund.bank_reference == "")
    for (refund,) in connection.execute(unnamed):
        yield f"refund {refund} was made, but nobody knows by which transfer"


def arrivals(connection: Connection) -> Iterator[str]:
    """What a payment says it received stands in the ledger, and no payment says so that received nothing."""
    came = _outside(CAME)
    joined = select(Payment.id, Payment.received_idr, came).where(
        or_(func.coalesce(Payment.received_idr, 0) > came, (Payment.received_at.is_(None)) & (came > 0))
    )
    for payment, received, written in connection.execute(joined):
        yield f"payment {payment} received {received or 0} rupiah, the ledger says {written}"


def counted(connection: Connection) -> Iterator[str]:
    """A payment knows how often money came for it: those who book money by hand rely on it."""
    times = func.count(Journal.id)
    joined = select(Payment.id, Payment.arrivals, times).outerjoin(
        Journal, (Journal.payment_id == Payment.id) & Journal.kind.in_(CAME)
    )
    wrong = joined.group_by(Payment.id, Payment.arrivals).having(times != Payment.arrivals)
    for payment, known, written in connection.execute(wrong):
        yield f"money came {known} times for payment {payment}, the ledger says {written}"


def refunds(connection: Connection) -> Iterator[str]:
    """Each refund is in the ledger to the rupiah, and no payment gave back more than came."""
    written = func.coalesce(func.sum(case((Posting.account.in_(OUTSIDE), -Posting.amount_idr), else_=0)), 0)
    sums = select(Refund.id, Refund.amount_idr, written).outerjoin(Journal, Journal.refund_id == Refund.id)
    sums = sums.outerjoin(Posting, Posting.journal_id == Journal.id)
    differ = sums.group_by(Refund.id, Refund.amount_idr).having(written != Refund.amount_idr)
    for refund, amount, said in connection.execute(differ):
        yield f"refund {refund} is of {amount} rupiah, the ledger says {said}"
    back = select(func.coalesce(func.sum(Refund.amount_idr), 0)).where(
        Refund.payment_id == Payment.id, Refund.failed_at.is_(None)
    )
    gone, came = back.correlate(Payment).scalar_subquery(), _outside(CAME)
    for payment, out, came_in in connection.execute(select(Payment.id, gone, came).where(gone > came)):
        yield f"payment {payment} gave back {out} rupiah of {came_in}"


def _outside(kinds: tuple[str, ...]) -> ScalarSelect[int]:
    """What came in, or went out, for the payment at hand."""
    query = select(func.coalesce(func.sum(Posting.amount_idr), 0)).join(
        Journal, Journal.id == Posting.journal_id
    )
    query = query.where(
        Journal.payment_id == Payment.id, Journal.kind.in_(kinds), Posting.account.in_(OUTSIDE)
    )
    return query.correlate(Payment).scalar_subquery()
