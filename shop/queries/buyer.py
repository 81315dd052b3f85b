"""What a buyer sees of their own matters."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, not_, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from shop.domain.deal import ENDED, DealStatus
from shop.domain.payment import PaymentStatus
from shop.models import Inquiry, InquiryItem, Message, Order, Payment, Person, Refund
from shop.queries.order_money import waits_for_the_bank

PER_PAGE = 20
TABS = ("tindakan", "berjalan", "selesai")
BY_WORDS = (DealStatus.ASKED.value, DealStatus.COUNTERED.value)
TO_PAY = (DealStatus.DEPOSIT_DUE.value, DealStatus.BALANCE_DUE.value)


@dataclass(frozen=True)
class Counts:
    """How many inquiries stand under each tab."""

    tindakan: int
    berjalan: int
    selesai: int


def counts(session: Session, person: Person) -> Counts:
    """In one query."""
    under = [func.coalesce(func.sum(case((_under(tab), 1), else_=0)), 0) for tab in TABS]
    row = session.execute(select(*under).where(Inquiry.buyer_id == person.id)).one()
    return Counts(*(int(number) for number in row))


def inquiries(session: Session, person: Person, tab: str, *, page: int) -> list[Inquiry]:
    """One page of a person's inquiries under a tab, what moved last first, with makers, items and photos."""
    query = (
        select(Inquiry)
        .where(Inquiry.buyer_id == person.id, _under(tab))
        .options(
            joinedload(Inquiry.producer),
            selectinload(Inquiry.items).options(
                joinedload(InquiryItem.photo), joinedload(InquiryItem.listing)
            ),
        )
        .order_by(Inquiry.changed_at.desc(), Inquiry.id.desc())
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    )
    return list(session.scalars(query))


def has_open(session: Session, person: Person) -> bool:
    """Whether something the person asked or ordered has not ended, or money of theirs is still to be sent back."""
    going_on = or_(not_(_ended()), _to_send())
    query = select(Inquiry.id).where(Inquiry.buyer_id == person.id, going_on).limit(1)
    return session.scalar(query) is not None


def _under(tab: str) -> ColumnElement[bool]:
    """It is the buyer's turn when they must answer, pay, confirm or say where money goes back to; not while a proof
    they sent is checked.
    """
    if tab == "selesai":
        return and_(_ended(), not_(_account_wanted()))
    answered = and_(Inquiry.status.in_(BY_WORDS), _last_side() == "producer")
    turn = or_(
        func.coalesce(answered, False),
        Inquiry.status.in_((DealStatus.QUOTED.value, DealStatus.SHIPPED.value)),
        and_(Inquiry.status.in_(TO_PAY), ~_checking()),
    )
    if tab == "tindakan":
        return or_(and_(not_(_ended()), turn), _account_wanted())
    return and_(not_(_ended()), not_(turn), not_(_account_wanted()))


def _checking() -> ColumnElement[bool]:
    query = select(Payment.id).join(Order, Order.id == Payment.order_id)
    return query.where(
        Order.inquiry_id == Inquiry.id, Payment.status == PaymentStatus.UNDER_CHECK.value
    ).exists()


def _to_send(*more: ColumnElement[bool]) -> ColumnElement[bool]:
    """Money goes back to the buyer by bank and was not sent yet."""
    query = select(Refund.id).join(Payment, Payment.id == Refund.payment_id)
    query = query.join(Order, Order.id == Payment.order_id)
    return query.where(Order.inquiry_id == Inquiry.id, *waits_for_the_bank(), *more).exists()


def _account_wanted() -> ColumnElement[bool]:
    """… and nobody knows yet to which account."""
    return _to_send(Order.refund_account_at.is_(None))


def _ended() -> ColumnElement[bool]:
    return Inquiry.status.in_([status.value for status in ENDED])


def _last_side() -> ColumnElement[str]:
    newest = (
        select(func.max(Message.id))
        .where(Message.inquiry_id == Inquiry.id)
        .correlate(Inquiry)
        .scalar_subquery()
    )
    return select(Message.side).where(Message.id == newest).correlate(Inquiry).scalar_subquery()
