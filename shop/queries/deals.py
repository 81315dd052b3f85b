"""The deal of one thread: its quotes, its order, its payments, as their people may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from shop.domain.deal import DealStatus
from shop.domain.payment import STANDING, Method
from shop.domain.quote import is_expired
from shop.models import BankAccount, Inquiry, Listing, Order, OrderLine, Payment, Progress, Quote, StockHold
from shop.queries.ledger import given_back_idr, held_idr, paid_in_idr
from shop.queries.order_money import to_send_idr

PAYABLE = frozenset({DealStatus.DEPOSIT_DUE, DealStatus.BALANCE_DUE})


@dataclass(frozen=True)
class Deal:
    """Quotes newest first; `quote` stands, `expired` is read at this moment; `paid_idr` is held for the order.

    `paid_in_idr` is all that was ever paid towards it, `back_idr` what of it went back: they stay when it is completed.
    """

    quotes: list[Quote]
    quote: Quote | None
    expired: bool
    order: Order | None = None
    paid_idr: int = 0
    paid_in_idr: int = 0
    back_idr: int = 0
    payments: tuple[Payment, ...] = ()
    account: BankAccount | None = None
    progress: tuple[Progress, ...] = ()
    to_send_idr: int = 0  # what goes back to the buyer by bank and was not sent yet
    held_until: datetime | None = None  # of works that stood ready and are not paid yet

    @property
    def at_once(self) -> bool:
        """Paid in one: there is no deposit to speak of."""
        return self.order is not None and self.order.deposit_idr == self.order.total_idr

    @property
    def open_payment(self) -> Payment | None:
        return next((payment for payment in self.payments if payment.status in STANDING), None)

    @property
    def due_idr(self) -> int:
        """What is to be paid now; nothing before the deposit is due and after all is paid."""
        if self.order is None:
            return 0
        wanted = (
            self.order.deposit_idr
            if self.order.inquiry.status == DealStatus.DEPOSIT_DUE
            else self.order.total_idr
        )
        return max(0, wanted - self.paid_idr) if self.order.inquiry.status in PAYABLE else 0


def deal_of(session: Session, inquiry: Inquiry, *, at: datetime) -> Deal:
    """Everything the thread shows of its deal, in a constant number of queries."""
    query = select(Quote).where(Quote.inquiry_id == inquiry.id).options(selectinload(Quote.lines))
    quotes = list(session.scalars(query.order_by(Quote.number.desc())))
    standing = next((quote for quote in quotes if quote.superseded_at is None), None)
    expired = (
        standing is not None and standing.accepted_at is None and is_expired(standing.valid_until, at=at)
    )
    order = session.scalar(
        select(Order)
        .where(Order.inquiry_id == inquiry.id)
        .options(selectinload(Order.lines).joinedload(OrderLine.photo))
    )
    if order is None:
        return Deal(quotes, standing, expired)
    payments = session.scalars(
        select(Payment).where(Payment.order_id == order.id).order_by(Payment.id.desc())
    )
    progress = session.scalars(
        select(Progress)
        .where(Progress.order_id == order.id)
        .options(joinedload(Progress.photo))
        .order_by(Progress.id)
    )
    return Deal(
        quotes,
        standing,
        False,
        order,
        held_idr(session, order),
        paid_in_idr(session, order),
        given_back_idr(session, order),
        tuple(payments),
        bank_account(session),
        tuple(progress),
        to_send_idr(session, order),
        held_until(session, order),
    )


HELD_UNTIL = (
    select(func.min(StockHold.until))
    .where(StockHold.order_id == Order.id, StockHold.released_at.is_(None), StockHold.kept_at.is_(None))
    .correlate(Order)
    .scalar_subquery()
)


def held_until(session: Session, order: Order) -> datetime | None:
    """When the hold on works that stood ready ends; None for other orders, and once they are paid or given back."""
    return session.scalar(select(HELD_UNTIL).where(Order.id == order.id))


def standing_quote(session: Session, inquiry: Inquiry) -> Quote | None:
    """The newest round, whether it was accepted or not."""
    query = select(Quote).where(Quote.inquiry_id == inquiry.id, Quote.superseded_at.is_(None))
    return session.scalar(query.options(selectinload(Quote.lines)))


def open_payment(session: Session, inquiry: Inquiry) -> Payment | None:
    """The payment that is open or under check."""
    query = select(Payment).join(Order).where(Order.inquiry_id == inquiry.id, Payment.status.in_(STANDING))
    return session.scalar(query)


def proven_payment(session: Session, inquiry: Inquiry) -> Payment | None:
    """The payment a slip is for: the one that is open, else the newest that is paid by hand, since who has paid may
    send the slip after its end.
    """
    query = (
        select(Payment)
        .join(Order)
        .where(
            Order.inquiry_id == inquiry.id,
            or_(Payment.status.in_(STANDING), Payment.method.in_((Method.TRANSFER.value, Method.QRIS.value))),
        )
    )
    newest = query.order_by(Payment.status.in_(STANDING).desc(), Payment.id.desc())
    return session.scalars(newest.limit(1)).first()


def bank_account(session: Session) -> BankAccount | None:
    """Where buyers pay: the account two people stand behind."""
    query = select(BankAccount).where(BankAccount.confirmed_at.is_not(None), BankAccount.closed_at.is_(None))
    return session.scalar(query.order_by(BankAccount.id.desc()).limit(1))


def ordered_line(session: Session, inquiry: Inquiry, listing: Listing) -> OrderLine | None:
    """What was agreed about this work in the order of a deal."""
    query = select(OrderLine).join(Order, Order.id == OrderLine.order_id)
    query = query.where(Order.inquiry_id == inquiry.id, OrderLine.listing_id == listing.id)
    return session.scalar(query.limit(1))
