"""The row of a new payment: its sum, for a transfer with a code that makes it unique, and how long it is good."""

from __future__ import annotations

from datetime import datetime, timedelta
from secrets import randbelow, token_urlsafe

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shop.actions.payment_events import log_payment
from shop.domain.payment import STRIPE_SESSION_LASTS, Method, NoCodeLeft, Part, free_code
from shop.domain.roles import Actor
from shop.models import BankAccount, Order, Payment
from shop.queries.deals import held_until

TRANSFER_LASTS = timedelta(days=3)
DRAWS = 20  # of a code, while others take it at the same moment


def new_payment(
    session: Session,
    order: Order,
    part: Part,
    method: Method,
    amount: int,
    account: BankAccount | None,
    *,
    at: datetime,
) -> Payment:
    """The row. Two transfers that draw the same code at the same moment: the database refuses one, which draws again.

    Raises NoCodeLeft.
    """
    for _ in range(DRAWS):
        code = _free_code(session, account, amount) if method is Method.TRANSFER and account else 0
        payment = Payment(
            reference=token_urlsafe(18),
            order_id=order.id,
            part=part.value,
            method=method.value,
            amount_idr=amount,
            code_idr=code,
            total_idr=amount + code,
            bank_account_id=account.id if account and method is Method.TRANSFER else None,
            created_at=at,
            expires_at=_closes(session, order, method, at),
            released_at=None if method is Method.TRANSFER else at,
        )
        try:
            with session.begin_nested():
                session.add(payment)
        except IntegrityError:
            continue
        log_payment(session, payment, "pay", by=None, actor=Actor.BUYER, at=at)
        return payment
    raise NoCodeLeft(status=order.inquiry.status, step="pay")


def _closes(session: Session, order: Order, method: Method, at: datetime) -> datetime:
    """A card session has its own length; another payment ends with the hold on works that stood ready."""
    if method is Method.STRIPE:
        return at + STRIPE_SESSION_LASTS
    held = held_until(session, order)
    return min(held, at + TRANSFER_LASTS) if held is not None and held > at else at + TRANSFER_LASTS


def _free_code(session: Session, account: BankAccount, amount: int) -> int:
    query = select(Payment.total_idr).where(
        Payment.bank_account_id == account.id,
        Payment.released_at.is_(None),
        Payment.total_idr.between(amount + 1, amount + 1999),
    )
    return free_code(amount, set(session.scalars(query)), first=randbelow(999))
