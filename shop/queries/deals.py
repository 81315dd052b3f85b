"""The deal of one thread: its quotes, its order, its payments, as their people may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from shop.domain.payment import STANDING
from shop.domain.quote import is_expired
from shop.models import Inquiry, Order, OrderLine, Payment, Progress, Quote
from shop.queries.ledger import held_idr


@dataclass(frozen=True)
class Deal:
    """Quotes newest first; `quote` stands, `expired` is read at this moment; `paid_idr` is held for the order."""

    quotes: list[Quote]
    quote: Quote | None
    expired: bool
    order: Order | None = None
    paid_idr: int = 0
    payments: tuple[Payment, ...] = ()
    progress: tuple[Progress, ...] = ()

    @property
    def open_payment(self) -> Payment | None:
        return next((payment for payment in self.payments if payment.status in STANDING), None)


def deal_of(session: Session, inquiry: Inquiry, *, at: datetime) -> Deal:
    """Everything the thread shows of its deal, in a constant number of queries."""
    query = select(Quote).where(Quote.inquiry_id == inquiry.id).options(selectinload(Quote.lines))
    quotes = list(session.scalars(query.order_by(Quote.number.desc())))
    standing = next((quote for quote in quotes if quote.superseded_at is None), None)
    expired = (
        standing is not None and standing.accepted_at is None and is_expired(standing.valid_until, at=at)
    )
    if standing is None or standing.accepted_at is None:
        return Deal(quotes, standing, expired)
    order = session.scalars(
        select(Order)
        .where(Order.inquiry_id == inquiry.id)
        .options(selectinload(Order.lines).joinedload(OrderLine.photo))
    ).one()
    payments = session.scalars(
        select(Payment).where(Payment.order_id == order.id).order_by(Payment.id.desc())
    )
    progress = session.scalars(
        select(Progress)
        .where(Progress.order_id == order.id)
        .options(joinedload(Progress.photo))
        .order_by(Progress.id)
    )
    return Deal(quotes, standing, False, order, held_idr(session, order), tuple(payments), tuple(progress))


def standing_quote(session: Session, inquiry: Inquiry) -> Quote | None:
    """The newest round, whether it was accepted or not."""
    query = select(Quote).where(Quote.inquiry_id == inquiry.id, Quote.superseded_at.is_(None))
    return session.scalar(query.options(selectinload(Quote.lines)))
