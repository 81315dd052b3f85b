"""Lines of banks' lists: what is known already, what a line may be, what waits for a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from shop.domain.ledger import Account, JournalKind
from shop.domain.payment import STANDING, Method, PaymentStatus
from shop.models import (
    BankAccount,
    Inquiry,
    Journal,
    Order,
    Payment,
    Posting,
    StatementLine,
    StatementSource,
)

PER_PAGE = 20
NEAR_IDR = 2_000  # the largest unique code: who forgot it is that far away
CANDIDATES = 4
IN_ONE_QUERY = 500
ARRIVALS = (JournalKind.PAYMENT.value, JournalKind.SURPLUS.value)


def known(session: Session, source: StatementSource, fingerprints: Sequence[str]) -> set[str]:
    """Which of these lines of this source are here already."""
    found: set[str] = set()
    for begin in range(0, len(fingerprints), IN_ONE_QUERY):
        query = select(StatementLine.fingerprint).where(
            StatementLine.source_id == source.id,
            StatementLine.fingerprint.in_(fingerprints[begin : begin + IN_ONE_QUERY]),
        )
        found.update(session.scalars(query))
    return found


def awaited(session: Session, line: StatementLine) -> Sequence[Payment]:
    """Payments of this very sum that the line may be by itself: waited for, late by a code that is still theirs, or
    recorded by hand without a line.
    """
    by_hand = and_(Payment.received_at.is_not(None), _unlisted(line.amount_idr))
    waited_for: ColumnElement[bool] = Payment.status.in_(STANDING)
    if line.source.bank_account_id is not None:
        late = Payment.status == PaymentStatus.EXPIRED.value
        waited_for = and_(or_(waited_for, late), Payment.released_at.is_(None))
    query = select(Payment).where(
        *_of(line.source), Payment.total_idr == line.amount_idr, or_(waited_for, by_hand)
    )
    return session.scalars(query.order_by(Payment.id).limit(3)).all()


def alike(session: Session, line: StatementLine) -> int:
    """How many lines of this source and amount nobody has decided about, this one included."""
    query = select(func.count()).where(
        StatementLine.source_id == line.source_id,
        StatementLine.amount_idr == line.amount_idr,
        StatementLine.journal_id.is_(None),
        StatementLine.set_aside == "",
    )
    return session.scalar(query) or 0


def recorded_by_hand(session: Session, payment: Payment, amount_idr: int) -> Journal | None:
    """An arrival of this amount that a person wrote down and no line has claimed."""
    query = select(Journal).where(Journal.payment_id == payment.id, *_arrival(amount_idr))
    return session.scalars(query.order_by(Journal.id).limit(1)).first()


def belongs(payment: Payment, source: StatementSource) -> bool:
    """Whether money for this payment can stand in a list of this source."""
    if source.bank_account_id is None:
        return payment.method == Method.QRIS
    return payment.method == Method.TRANSFER and payment.bank_account_id == source.bank_account_id


@dataclass(frozen=True)
class Lines:
    """One page of lines, each with the payments it may be, and how many lines there are in all."""

    rows: list[tuple[StatementLine, list[Payment]]]
    total: int
    page: int

    @property
    def first(self) -> int:
        return (self.page - 1) * PER_PAGE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1

    @property
    def more(self) -> bool:
        return self.last < self.total


def lines(session: Session, *, aside: bool, page: int) -> Lines:
    """Lines that no payment was found for, newest first, or those that are none of ours; a page past the end is the
    last one.
    """
    which = StatementLine.set_aside != "" if aside else StatementLine.set_aside == ""
    query = select(StatementLine).where(StatementLine.journal_id.is_(None), which)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    page = max(1, min(page, -(-total // PER_PAGE)))
    query = query.options(joinedload(StatementLine.source).joinedload(StatementSource.bank_account))
    query = query.order_by(StatementLine.booked_on.desc(), StatementLine.id.desc())
    found = session.scalars(query.limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all()
    near = [] if aside or not found else _near(session, found)
    return Lines([(line, _candidates(line, near)) for line in found], total, page)


def waiting_count(session: Session) -> int:
    query = select(func.count()).select_from(StatementLine)
    return session.scalar(query.where(StatementLine.journal_id.is_(None), StatementLine.set_aside == "")) or 0


def line(session: Session, line_id: int) -> StatementLine | None:
    return session.get(StatementLine, line_id)


def payment_of_order(session: Session, inquiry: Inquiry, source: StatementSource) -> Payment | None:
    """The newest payment of an order that can stand in this source's list; one that is waited for before others."""
    query = select(Payment).join(Order, Order.id == Payment.order_id)
    query = query.where(Order.inquiry_id == inquiry.id, *_of(source))
    return session.scalars(
        query.order_by(Payment.status.in_(STANDING).desc(), Payment.id.desc()).limit(1)
    ).first()


def accounts(session: Session) -> Sequence[BankAccount]:
    """Accounts whose statements may come: all that were ever confirmed, the one in use first."""
    query = select(BankAccount).where(BankAccount.confirmed_at.is_not(None))
    return session.scalars(query.order_by(BankAccount.closed_at.is_not(None), BankAccount.id.desc())).all()


def _of(source: StatementSource) -> tuple[ColumnElement[bool], ...]:
    if source.bank_account_id is None:
        return (Payment.method == Method.QRIS.value,)
    return (Payment.method == Method.TRANSFER.value, Payment.bank_account_id == source.bank_account_id)


def _arrival(amount_idr: int) -> tuple[ColumnElement[bool], ...]:
    booked = exists().where(
        Posting.journal_id == Journal.id,
        Posting.account == Account.BANK.value,
        Posting.amount_idr == amount_idr,
    )
    claimed = exists().where(StatementLine.journal_id == Journal.id)
    return (Journal.kind.in_(ARRIVALS), booked, ~claimed)


def _unlisted(amount_idr: int) -> ColumnElement[bool]:
    return exists().where(Journal.payment_id == Payment.id, *_arrival(amount_idr))


def _near(session: Session, found: Sequence[StatementLine]) -> Sequence[Payment]:
    """Payments next to any of these lines, newest first, in one query."""
    close = [
        and_(
            *_of(line.source),
            Payment.total_idr.between(line.amount_idr - NEAR_IDR, line.amount_idr + NEAR_IDR),
        )
        for line in found
    ]
    query = (
        select(Payment)
        .join(Payment.order)
        .join(Order.inquiry)
        .options(contains_eager(Payment.order).contains_eager(Order.inquiry))
        .where(or_(*close))
    )
    return session.scalars(
        query.order_by(Payment.status.in_(STANDING).desc(), Payment.id.desc()).limit(200)
    ).all()


def _candidates(line: StatementLine, near: Sequence[Payment]) -> list[Payment]:
    """The nearest sums first; among those as near, what is waited for."""
    mine = [
        one for one in near if belongs(one, line.source) and abs(one.total_idr - line.amount_idr) <= NEAR_IDR
    ]
    return sorted(mine, key=lambda one: abs(one.total_idr - line.amount_idr))[:CANDIDATES]
