"""Money back to the buyer: the way it came, last paid first, never more than was paid.

A refund is decided in one commit and carried out in the next: by the card processor, or by a person at the bank.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.actions import documents, ledger, tasks
from shop.actions.deals import lock
from shop.actions.events import log
from shop.domain import ledger as rules
from shop.domain.errors import WrongInput, WrongState
from shop.domain.ledger import Account, JournalKind
from shop.domain.money import rupiah
from shop.domain.payment import Method
from shop.domain.roles import Actor
from shop.domain.words import N_
from shop.models import Order, Payment, Person, Refund
from shop.queries.ledger import came_idr, charged_back_idr, held_idr, surplus_idr


class SentAlready(WrongState):
    """A colleague was faster; if both sent it, the bank has to take one back."""

    sentence = N_(
        "Pengembalian ini sudah tercatat dengan referensi %(reference)s. Bila uangnya terkirim dua kali, hubungi bank."
    )


BY_CARD = frozenset({Method.STRIPE, Method.DEMO})


def decide(
    session: Session,
    order: Order,
    amount_idr: int,
    *,
    why: str,
    key: str,
    by: Person | None,
    at: datetime,
    from_surplus: bool = False,
) -> list[Refund]:
    """Refunds of the order's payments, the last one first, that come to the amount; called on a locked deal.

    The same key gives the refunds that were decided. Raises WrongInput when more is asked than is there.
    """
    known = decided(session, key)
    if known:
        return known
    there = surplus_idr(session, order) if from_surplus else refundable_idr(session, order)
    if not 0 < amount_idr <= there:
        raise WrongInput("amount", N_("Paling banyak %(most)s dapat dikembalikan"), most=rupiah(there))
    made, left = [], amount_idr
    for payment in _payments(session, order):
        part = min(left, _unrefunded(session, payment))
        if part > 0:
            made.append(
                _refund(session, order, payment, part, why, f"{key}:{payment.id}", by, at, from_surplus)
            )
            left -= part
    return made


def decided(session: Session, key: str) -> list[Refund]:
    """The refunds that were decided under this key."""
    query = select(Refund).where(Refund.key.startswith(f"{key}:", autoescape=True))
    return list(session.scalars(query.order_by(Refund.id)))


def refundable_idr(session: Session, order: Order) -> int:
    """What the buyer paid towards the order and has not got back, completed or not."""
    paid = sum(_unrefunded(session, payment) for payment in _payments(session, order))
    return paid - surplus_idr(session, order)


def done(session: Session, refund: Refund, *, bank_reference: str, by: Person | None, at: datetime) -> None:
    """It left: the processor or the bank says so. Twice is once.

    Raises SentAlready for a person with another transfer than the one that was written down.
    """
    lock(session, session.get_one(Payment, refund.payment_id).order.inquiry)
    session.refresh(refund)
    if refund.done_at is not None and by is not None and refund.bank_reference != bank_reference:
        raise SentAlready(status="sent", step="send", reference=refund.bank_reference)
    if refund.done_at is None:
        refund.done_at, refund.bank_reference, refund.failed_at = at, bank_reference, None
        tasks.close_task(session, "refund", f"refund:{refund.id}", by=by, outcome="done", at=at)
        _by_bank_instead(session, refund, by=by, at=at)
        payment = session.get_one(Payment, refund.payment_id)
        documents.refund(session, payment.order, payment, refund, at=at)


def refused(session: Session, refund: Refund, *, why: str, at: datetime) -> None:
    """The processor will not, or could not: a person gives the money back at the bank. It is still owed."""
    lock(session, session.get_one(Payment, refund.payment_id).order.inquiry)
    session.refresh(refund)
    refund.refused_why, refund.done_at = why, None
    documents.no_refund(session, refund, at=at)
    payment = session.get_one(Payment, refund.payment_id)
    tasks.open_task(
        session,
        "refund",
        f"refund:{refund.id}",
        inquiry=payment.order.inquiry,
        payment=payment,
        facts={"amount_idr": refund.amount_idr},
        at=at,
    )


def _by_bank_instead(session: Session, refund: Refund, *, by: Person | None, at: datetime) -> None:
    """The card processor kept what it refused to send; the bank sent it."""
    payment = session.get_one(Payment, refund.payment_id)
    if refund.refused_why and Method(payment.method) in BY_CARD:
        ledger.post(
            session,
            JournalKind.REFUND,
            rules.by_bank_instead(amount_idr=refund.amount_idr),
            key=f"refund-by-bank:{refund.id}",
            at=at,
            order=payment.order,
            refund=refund,
            by=by,
        )


def to_carry_out(session: Session) -> list[Refund]:
    """Card refunds that were decided and not yet handed to the processor, oldest first."""
    query = (
        select(Refund)
        .join(Payment, Payment.id == Refund.payment_id)
        .where(
            Payment.method.in_([method.value for method in BY_CARD]),
            Refund.stripe_refund_id.is_(None),
            Refund.done_at.is_(None),
            Refund.refused_why == "",
        )
    )
    return list(session.scalars(query.order_by(Refund.id).limit(20)))


def _refund(
    session: Session,
    order: Order,
    payment: Payment,
    amount: int,
    why: str,
    key: str,
    by: Person | None,
    at: datetime,
    from_surplus: bool,
) -> Refund:
    refund = Refund(
        key=key,
        payment_id=payment.id,
        amount_idr=amount,
        why=why,
        from_surplus=from_surplus,
        decided_by_id=by.id if by else None,
        decided_at=at,
    )
    session.add(refund)
    session.flush()
    _post(session, order, payment, refund, by=by, at=at)
    log(
        session,
        "refund",
        by=by,
        actor=Actor.CURATOR if by else Actor.SYSTEM,
        at=at,
        inquiry=order.inquiry,
        why=why,
        facts={"amount_idr": amount, "payment": payment.id},
    )
    if Method(payment.method) not in BY_CARD:
        tasks.open_task(
            session,
            "refund",
            f"refund:{refund.id}",
            inquiry=order.inquiry,
            payment=payment,
            facts={"amount_idr": amount},
            at=at,
        )
    return refund


def _post(
    session: Session, order: Order, payment: Payment, refund: Refund, *, by: Person | None, at: datetime
) -> None:
    """Out of surplus, or out of what is held; where the producer had it already, it becomes their debt."""
    out_of = Account.STRIPE if Method(payment.method) in BY_CARD else Account.BANK
    if refund.from_surplus:
        lines = rules.refund(out_of, amount_idr=refund.amount_idr, owed_by=Account.SURPLUS)
        ledger.post(
            session,
            JournalKind.REFUND_SURPLUS,
            lines,
            key=f"refund:{refund.id}",
            at=at,
            order=order,
            refund=refund,
            by=by,
        )
        return
    held = min(refund.amount_idr, max(0, held_idr(session, order)))
    if held:
        lines = rules.refund(out_of, amount_idr=held)
        ledger.post(
            session,
            JournalKind.REFUND,
            lines,
            key=f"refund:{refund.id}",
            at=at,
            order=order,
            refund=refund,
            by=by,
        )
    if refund.amount_idr > held:
        lines = rules.refund(out_of, amount_idr=refund.amount_idr - held, owed_by=Account.PRODUCER_DEBT)
        ledger.post(
            session,
            JournalKind.DEBT,
            lines,
            key=f"debt:{refund.id}",
            at=at,
            order=order,
            refund=refund,
            by=by,
        )


def _payments(session: Session, order: Order) -> list[Payment]:
    query = select(Payment).where(Payment.order_id == order.id, Payment.received_at.is_not(None))
    return list(session.scalars(query.order_by(Payment.received_at.desc(), Payment.id.desc())))


def _unrefunded(session: Session, payment: Payment) -> int:
    gone = select(func.coalesce(func.sum(Refund.amount_idr), 0)).where(
        Refund.payment_id == payment.id, Refund.failed_at.is_(None)
    )
    back = int(session.scalar(gone) or 0) + charged_back_idr(session, payment)
    return max(0, came_idr(session, payment) - back)
