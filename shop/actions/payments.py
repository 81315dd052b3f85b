"""Asking for money and taking it in. Whatever comes, comes into the ledger; the deal follows from its sums."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions import documents, ledger, orders, tasks
from shop.actions.deals import lock, order_of
from shop.actions.payment_ends import end_locked
from shop.actions.payment_events import log_payment
from shop.actions.payment_rows import new_payment
from shop.actions.telling import tell_buyer
from shop.domain import ledger as rules
from shop.domain.deal import DealStatus
from shop.domain.errors import ChangedMeanwhile, ShopError, WrongInput, WrongState
from shop.domain.ledger import Account, JournalKind
from shop.domain.payment import (
    CARD_LEAST_IDR,
    CARD_MOST_IDR,
    QRIS_LIMIT_IDR,
    STANDING,
    Method,
    Part,
    PaymentStatus,
    payment_step,
)
from shop.domain.roles import Actor
from shop.domain.words import N_
from shop.models import BankAccount, Inquiry, Order, Payment, Person
from shop.queries.ledger import held_idr

ACCOUNT_OF = {
    Method.STRIPE: Account.STRIPE,
    Method.DEMO: Account.STRIPE,
    Method.TRANSFER: Account.BANK,
    Method.QRIS: Account.BANK,
}
LIVE = frozenset({DealStatus.DEPOSIT_DUE, DealStatus.IN_PRODUCTION, DealStatus.BALANCE_DUE})


class TooMuchForQris(ShopError):
    sentence = N_("QRIS paling banyak Rp 10.000.000 sekali bayar. Pilih transfer bank.")


class OutsideOfCards(ShopError):
    sentence = N_("Jumlah ini tidak dapat dibayar dengan kartu. Pilih cara lain, atau hubungi Galeri.")


class NothingDue(WrongState):
    sentence = N_("Pembayaran ini sudah tercatat. Anda tidak perlu membayar lagi.")


def due_idr(session: Session, order: Order) -> tuple[Part, int]:
    """What is to be paid now, and for what. Raises NothingDue."""
    held, status = held_idr(session, order), order.inquiry.status
    if status == DealStatus.DEPOSIT_DUE and held < order.deposit_idr:
        part = Part.DIFFERENCE if held else Part.DEPOSIT
        return part, order.deposit_idr - held
    if status in (DealStatus.BALANCE_DUE, DealStatus.IN_PRODUCTION) and held < order.total_idr:
        return Part.BALANCE, order.total_idr - held
    raise NothingDue(status=status, step="pay")


def begin(
    session: Session, inquiry: Inquiry, method: Method, *, at: datetime, account: BankAccount | None = None
) -> Payment:
    """The open payment of what is due, by this method; asking again gives the one that is open.

    Another method replaces an open one that nothing came for. Raises NothingDue, TooMuchForQris, OutsideOfCards, NoCodeLeft.
    """
    lock(session, inquiry)
    order = order_of(session, inquiry)
    part, amount = due_idr(session, order)
    if method is Method.QRIS and amount > QRIS_LIMIT_IDR:
        raise TooMuchForQris
    if method is Method.STRIPE and not CARD_LEAST_IDR <= amount <= CARD_MOST_IDR:
        raise OutsideOfCards
    standing = _standing(session, order)
    if standing is not None:
        over = method is Method.STRIPE and standing.expires_at <= at
        moved = method is Method.TRANSFER and account and account.id != standing.bank_account_id
        same = (standing.method, standing.amount_idr) == (method, amount) and not (over or moved)
        if standing.status == PaymentStatus.UNDER_CHECK or same:
            return standing
        end_locked(session, standing, at=at)
    return new_payment(session, order, part, method, amount, account, at=at)


def take(
    session: Session,
    payment: Payment,
    *,
    received_idr: int,
    key: str,
    by: Person | None,
    at: datetime,
    seen: str | None = None,
) -> None:
    """Money came for this payment. `key` names this very arrival: the same key changes nothing.

    Exactly what was asked, or more: received, the rest surplus. Less: mismatched, held towards what is due.
    Twice, late or after the end: surplus and a task. Raises ChangedMeanwhile when the payment is no longer as somebody
    saw it (`Payment.seen`): a colleague or the bank's list was faster, and the money would count twice.
    """
    if received_idr < 1:
        raise WrongInput("jumlah", N_("Isi jumlah yang masuk"))
    inquiry = payment.order.inquiry
    lock(session, inquiry)
    order = order_of(session, inquiry)
    session.refresh(payment)
    if ledger.known(session, key):
        return
    if seen is not None and payment.seen != seen:
        raise ChangedMeanwhile
    if payment.status not in STANDING or inquiry.status not in LIVE:
        _take_late(session, order, payment, received_idr, key, by=by, at=at)
    else:
        _take_in_time(session, order, payment, received_idr, key, by=by, at=at)


def _take_in_time(
    session: Session,
    order: Order,
    payment: Payment,
    received_idr: int,
    key: str,
    *,
    by: Person | None,
    at: datetime,
) -> None:
    """The payment was waited for: it is received or mismatched, and the order goes on when enough is held."""
    step = "receive" if received_idr >= payment.total_idr else "mismatch"
    payment.status = payment_step(payment.status, step).value
    payment.received_idr, payment.received_at = received_idr, at
    payment.arrivals += 1
    payment.checked_by_id = by.id if by else None
    into = ACCOUNT_OF[Method(payment.method)]
    lines = rules.payment(into, received_idr=received_idr, due_idr=payment.total_idr)
    came = ledger.post(
        session, JournalKind.PAYMENT, lines, key=key, at=at, order=order, payment=payment, by=by
    )
    log_payment(session, payment, step, by=by, actor=Actor.SYSTEM if by is None else Actor.CURATOR, at=at)
    tasks.close_task(session, "check_proof", f"payment:{payment.id}", by=by, outcome=step, at=at)
    if received_idr > payment.total_idr:
        _surplus_task(session, order, payment, received_idr - payment.total_idr, at=at)
    orders.take_payment_in(session, order, at=at)
    if step == "mismatch":
        _short(session, order, payment, at=at)
    documents.receipt(session, order, payment, came, at=at)


def _short(session: Session, order: Order, payment: Payment, *, at: datetime) -> None:
    """Where something is still missing, the buyer hears how much and pays it anew. A transfer that lacks only its
    code has paid what was due.
    """
    inquiry = order.inquiry
    waits = {DealStatus.DEPOSIT_DUE} if payment.part != Part.BALANCE else LIVE
    if inquiry.status not in waits:
        return
    try:
        _, missing = due_idr(session, order)
    except NothingDue:
        return
    tell_buyer(session, inquiry, "payment_short", at=at, by=None, facts={"missing_idr": missing})
    facts = {"missing_idr": missing}
    subject = f"payment:{payment.id}"
    tasks.open_task(session, "short", subject, inquiry=inquiry, payment=payment, facts=facts, at=at)


def _take_late(
    session: Session,
    order: Order,
    payment: Payment,
    received_idr: int,
    key: str,
    *,
    by: Person | None,
    at: datetime,
) -> None:
    """It belongs to no open payment: the buyer's surplus until a person decides. Never revives an order."""
    if payment.received_at is None:
        step = "receive_late" if payment.status == PaymentStatus.EXPIRED else "receive"
        payment.status = payment_step(payment.status, step).value
        payment.received_idr, payment.received_at = received_idr, at
    payment.arrivals += 1
    lines = rules.late_payment(ACCOUNT_OF[Method(payment.method)], received_idr=received_idr)
    came = ledger.post(
        session, JournalKind.SURPLUS, lines, key=key, at=at, order=order, payment=payment, by=by
    )
    log_payment(
        session, payment, "surplus", by=by, actor=Actor.SYSTEM if by is None else Actor.CURATOR, at=at
    )
    _surplus_task(session, order, payment, received_idr, at=at)
    documents.receipt(session, order, payment, came, at=at)


def _surplus_task(session: Session, order: Order, payment: Payment, amount: int, *, at: datetime) -> None:
    tasks.open_task(
        session,
        "surplus",
        f"payment:{payment.id}",
        inquiry=order.inquiry,
        payment=payment,
        facts={"amount_idr": amount},
        at=at,
    )


def _standing(session: Session, order: Order) -> Payment | None:
    query = select(Payment).where(Payment.order_id == order.id, Payment.status.in_(STANDING))
    return session.scalar(query.execution_options(populate_existing=True))
