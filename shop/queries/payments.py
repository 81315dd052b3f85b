"""What staff see of payments: those that wait, what needs a person, what is owed to makers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, exists, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from shop.domain.deal import DealStatus
from shop.domain.ledger import Account, JournalKind
from shop.domain.payment import STANDING, Method, PaymentStatus
from shop.models import (
    BankAccount,
    Inquiry,
    Journal,
    Order,
    Payment,
    Payout,
    Posting,
    Producer,
    Proof,
    StaffTask,
)
from shop.queries.ledger import payable_idr
from shop.queries.slices import Slice, place

PAGE = 50
BEING_MADE = [
    one.value
    for one in (DealStatus.IN_PRODUCTION, DealStatus.BALANCE_DUE, DealStatus.TO_SHIP, DealStatus.SHIPPED)
]
NEAR_IDR = 2_000  # the largest unique code
BY_HAND = (Method.TRANSFER.value, Method.QRIS.value)  # confirmed by a person or a bank's list


def waiting(session: Session, *, amount_idr: int | None = None, page: int = 1) -> Slice[Payment]:
    """Open transfers and QRIS payments, those with a proof first. With an amount: those whose sum is next to it,
    nearest first, whatever became of them, since money comes late and twice as well.
    """
    which = Payment.method.in_(BY_HAND)
    checked_first = case((Payment.status == PaymentStatus.UNDER_CHECK.value, 0), else_=1)
    if amount_idr is None:
        ids = (
            select(Payment.id).where(which, Payment.status.in_(STANDING)).order_by(checked_first, Payment.id)
        )
    else:
        near = func.abs(Payment.total_idr - amount_idr)
        standing_first = case((Payment.status.in_(STANDING), 0), else_=1)
        ids = select(Payment.id).where(which, near <= NEAR_IDR).order_by(near, standing_first, Payment.id)
    total, page = place(session, ids, page, PAGE)
    wanted = list(session.scalars(ids.limit(PAGE).offset((page - 1) * PAGE)))
    query = (
        select(Payment)
        .where(Payment.id.in_(wanted))
        .options(
            joinedload(Payment.order).joinedload(Order.inquiry).joinedload(Inquiry.producer),
            selectinload(Payment.proofs).joinedload(Proof.photo),
        )
    )
    found = {payment.id: payment for payment in session.scalars(query)}
    return Slice([found[one] for one in wanted], total, page, PAGE)


def open_tasks(session: Session, *, page: int = 1) -> Slice[tuple[StaffTask, str | None]]:
    """What waits for a person, oldest first, with the code of the thread it is about."""
    query = select(StaffTask, Inquiry.code).outerjoin(Inquiry, Inquiry.id == StaffTask.inquiry_id)
    query = query.where(StaffTask.done_at.is_(None))
    total, page = place(session, query, page, PAGE)
    rows = session.execute(query.order_by(StaffTask.id).limit(PAGE).offset((page - 1) * PAGE))
    return Slice([(row[0], row[1]) for row in rows], total, page, PAGE)


def task(session: Session, task_id: int) -> StaffTask | None:
    return session.get(StaffTask, task_id)


def proposed_accounts(session: Session) -> Sequence[BankAccount]:
    query = select(BankAccount).where(BankAccount.confirmed_at.is_(None), BankAccount.closed_at.is_(None))
    return session.scalars(query.order_by(BankAccount.id)).all()


@dataclass(frozen=True)
class Owed:
    """What the council owes a maker, how much of it may be paid out now, and what the maker owes."""

    producer: Producer
    owed_idr: int
    debt_idr: int
    payable_idr: int


def owed(session: Session, *, at: datetime, page: int = 1) -> Slice[Owed]:
    """Makers to whom something is owed, or who owe something, most first."""
    owed_idr = -func.sum(case((Posting.account == Account.PRODUCER.value, Posting.amount_idr), else_=0))
    debt_idr = func.sum(case((Posting.account == Account.PRODUCER_DEBT.value, Posting.amount_idr), else_=0))
    query = (
        select(Producer, owed_idr, debt_idr)
        .join(Posting, Posting.producer_id == Producer.id)
        .where(Posting.account.in_((Account.PRODUCER.value, Account.PRODUCER_DEBT.value)))
        .group_by(Producer.id)
        .having((owed_idr > 0) | (debt_idr > 0))
        .order_by(owed_idr.desc(), Producer.id)
    )
    total, page = place(session, query, page, PAGE)
    found = session.execute(query.limit(PAGE).offset((page - 1) * PAGE))
    rows = [
        Owed(maker, int(owed), int(debt), payable_idr(session, maker.id, at=at))
        for maker, owed, debt in found
    ]
    return Slice(rows, total, page, PAGE)


@dataclass(frozen=True)
class Held:
    """An order that is being made: what its buyer paid, and what of that the maker has already."""

    code: str
    held_idr: int
    released_idr: int

    @property
    def most_idr(self) -> int:
        """How much more may go to the maker early."""
        return max(0, self.held_idr - self.released_idr)


def held(session: Session, producer_id: int) -> list[Held]:
    """The running orders of a maker with money held for them, the oldest first."""
    held_idr = -func.sum(case((Posting.account == Account.BUYER.value, Posting.amount_idr), else_=0))
    released_idr = func.sum(case((Posting.account == Account.ADVANCE.value, Posting.amount_idr), else_=0))
    query = (
        select(Inquiry.code, held_idr, released_idr)
        .join(Order, Order.inquiry_id == Inquiry.id)
        .join(Posting, Posting.order_id == Order.id)
        .where(Inquiry.producer_id == producer_id, Inquiry.status.in_(BEING_MADE))
        .group_by(Inquiry.id, Inquiry.code)
        .having(held_idr > 0)
        .order_by(Inquiry.id)
        .limit(PAGE)
    )
    return [Held(code, int(paid), int(released)) for code, paid, released in session.execute(query)]


def transfers(session: Session, producer_id: int, *, most: int = 20) -> list[tuple[Payout, bool]]:
    """The last transfers to a maker, newest first, and whether each came back."""
    returned = exists().where(
        Journal.payout_id == Payout.id, Journal.kind == JournalKind.PAYOUT_RETURNED.value
    )
    query = select(Payout, returned).where(Payout.producer_id == producer_id)
    rows = session.execute(query.order_by(Payout.id.desc()).limit(most))
    return [(payout, bool(back)) for payout, back in rows]
