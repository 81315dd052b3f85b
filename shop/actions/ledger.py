"""Writing into the ledger: journals are added, never changed; the same key is the same movement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shop.domain.ledger import JournalKind
from shop.domain.ledger import Posting as Line
from shop.models import Journal, Order, Payment, Payout, Person, Posting, Refund


def known(session: Session, key: str) -> bool:
    """Whether this movement is in the ledger already."""
    return session.scalar(select(Journal.id).where(Journal.key == key)) is not None


def post(
    session: Session,
    kind: JournalKind,
    lines: Sequence[Line],
    *,
    key: str,
    at: datetime,
    order: Order | None = None,
    producer_id: int | None = None,
    payment: Payment | None = None,
    refund: Refund | None = None,
    payout: Payout | None = None,
    by: Person | None = None,
    why: str = "",
) -> Journal:
    """The journal with its postings, flushed. A key that was used before gives the journal that is there."""
    before = session.scalar(select(Journal).where(Journal.key == key))
    if before is not None:
        return before
    owner = order.inquiry.producer_id if order else producer_id
    journal = Journal(
        key=key,
        kind=kind.value,
        order_id=order.id if order else None,
        producer_id=owner,
        payment_id=payment.id if payment else None,
        refund_id=refund.id if refund else None,
        payout_id=payout.id if payout else None,
        by_id=by.id if by else None,
        why=why,
        at=at,
        postings=_postings(lines, order, owner, at),
    )
    try:
        with session.begin_nested():
            session.add(journal)
    except IntegrityError:
        return session.scalars(select(Journal).where(Journal.key == key)).one()
    return journal


def _postings(
    lines: Sequence[Line], order: Order | None, producer_id: int | None, at: datetime
) -> list[Posting]:
    return [
        Posting(
            account=line.account.value,
            amount_idr=line.amount_idr,
            order_id=order.id if order else None,
            producer_id=producer_id,
            at=at,
        )
        for line in lines
    ]
