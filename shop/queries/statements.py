"""What happened between the council and a producer in a month: read from the ledger, posting by posting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import accumulate

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from shop.domain.ledger import Account, JournalKind
from shop.domain.months import Month, month_of
from shop.models import Inquiry, Journal, Order, Payout, Posting

OURS = (Account.PRODUCER.value, Account.PRODUCER_DEBT.value)
TRANSFERS = (JournalKind.PAYOUT, JournalKind.PAYOUT_RETURNED)  # the second takes one of the first back
_OWED = func.coalesce(
    func.sum(case((Posting.account == Account.PRODUCER.value, -Posting.amount_idr), else_=0)), 0
)
_DEBT = func.coalesce(
    func.sum(case((Posting.account == Account.PRODUCER_DEBT.value, Posting.amount_idr), else_=0)), 0
)


@dataclass(frozen=True)
class Balance:
    """What the council owes the producer, and what the producer owes the council, in whole rupiah."""

    owed_idr: int = 0
    debt_idr: int = 0

    @property
    def net_idr(self) -> int:
        return self.owed_idr - self.debt_idr

    def __add__(self, other: Balance) -> Balance:
        return Balance(self.owed_idr + other.owed_idr, self.debt_idr + other.debt_idr)


@dataclass(frozen=True)
class Movement:
    """One journal as the producer sees it; `change` is what it did to the balance."""

    at: datetime
    kind: str
    change: Balance
    code: str = ""
    bank_reference: str = ""
    why: str = ""


@dataclass(frozen=True)
class Statement:
    """A month from its opening to its closing balance. `sold_idr` is what buyers paid for completed orders."""

    month: Month
    opening: Balance
    movements: Sequence[Movement]
    sold_idr: int
    sold: int
    paid_out_idr: int

    @property
    def balances(self) -> list[Balance]:
        """The balance after each movement."""
        return list(accumulate((one.change for one in self.movements), initial=self.opening))[1:]

    @property
    def closing(self) -> Balance:
        return self.balances[-1] if self.movements else self.opening


def statement(session: Session, producer_id: int, month: Month, zone: tzinfo) -> Statement:
    """The month of a producer, in the council's zone."""
    begin, end = month.begin(zone), month.end(zone)
    sold_idr, sold = sales(session, producer_id, begin, end)
    movements = _movements(session, producer_id, begin, end)
    paid = -sum(one.change.owed_idr for one in movements if one.kind in TRANSFERS)
    return Statement(month, balance(session, producer_id, before=begin), movements, sold_idr, sold, paid)


def balance(session: Session, producer_id: int, *, before: datetime | None = None) -> Balance:
    """What stands now, or stood before a moment."""
    query = select(_OWED, _DEBT).where(Posting.producer_id == producer_id, Posting.account.in_(OURS))
    if before is not None:
        query = query.where(Posting.at < before)
    owed, debt = session.execute(query).one()
    return Balance(int(owed), int(debt))


def sales(session: Session, producer_id: int, begin: datetime, end: datetime) -> tuple[int, int]:
    """What buyers had paid for orders completed in the time, advances included, and how many orders."""
    query = (
        select(func.coalesce(func.sum(Posting.amount_idr), 0), func.count(Journal.order_id.distinct()))
        .join(Journal, Journal.id == Posting.journal_id)
        .where(
            Journal.kind == JournalKind.COMPLETION.value,
            Posting.account == Account.BUYER.value,
            Posting.producer_id == producer_id,
            Posting.at >= begin,
            Posting.at < end,
        )
    )
    amount, orders = session.execute(query).one()
    return int(amount), int(orders)


def months(session: Session, producer_id: int, zone: tzinfo) -> list[tuple[Month, Balance]]:
    """The months in which something happened, newest first, each with what it did to the balance."""
    query = select(Posting.at, _OWED, _DEBT).where(
        Posting.producer_id == producer_id, Posting.account.in_(OURS)
    )
    sums: dict[Month, Balance] = {}
    for at, owed, debt in session.execute(query.group_by(Posting.at)):
        month = month_of(at, zone)
        sums[month] = sums.get(month, Balance()) + Balance(int(owed), int(debt))
    return sorted(sums.items(), reverse=True)


def _movements(session: Session, producer_id: int, begin: datetime, end: datetime) -> list[Movement]:
    query = (
        select(
            Journal.at,
            Journal.kind,
            _OWED,
            _DEBT,
            Inquiry.code,
            func.coalesce(Payout.bank_reference, ""),
            Journal.why,
        )
        .join(Posting, Posting.journal_id == Journal.id)
        .outerjoin(Order, Order.id == Journal.order_id)
        .outerjoin(Inquiry, Inquiry.id == Order.inquiry_id)
        .outerjoin(Payout, Payout.id == Journal.payout_id)
        .where(
            Posting.producer_id == producer_id,
            Posting.account.in_(OURS),
            Posting.at >= begin,
            Posting.at < end,
        )
        .group_by(Journal.id, Inquiry.code, Payout.bank_reference)
        .order_by(Journal.at, Journal.id)
    )
    return [
        Movement(at, kind, Balance(int(owed), int(debt)), code or "", reference, why)
        for at, kind, owed, debt, code, reference, why in session.execute(query)
    ]
