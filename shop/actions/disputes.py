"""What only a curator does: lead a disputed order on, or give the money back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from shop.actions import odd_money, orders, refunds, stock, tasks
from shop.actions.deals import lock, move, order_of
from shop.actions.telling import tell_buyer, tell_producer
from shop.domain.deal import DealStatus
from shop.domain.errors import NotAllowed
from shop.domain.roles import Actor
from shop.models import Inquiry, Order, Person
from shop.queries.order_money import to_send_idr
from shop.queries.reviews import belonged


def resume(session: Session, inquiry: Inquiry, *, by: Person, why: str, at: datetime) -> None:
    """Back to where it came from; timers begin anew."""
    order = _begin(session, inquiry, by)
    to = DealStatus(order.came_from or DealStatus.IN_PRODUCTION)
    move(session, inquiry, "resume", actor=Actor.CURATOR, by=by, at=at, to=to, order=order, why=why)
    _end(session, order, by=by, outcome="resumed", at=at)
    _tell(session, inquiry, "dispute_resumed", by=by, why=why, at=at)


def refund_part(
    session: Session, inquiry: Inquiry, amount_idr: int, *, keep: bool, by: Person, why: str, at: datetime
) -> None:
    """Part of the money back. `keep`: the buyer keeps the goods and the order is completed; else it is cancelled.

    Raises WrongInput when more is asked than was paid.
    """
    order = _begin(session, inquiry, by)
    refunds.decide(
        session, order, amount_idr, why=why, key=f"dispute:{order.id}:{at.isoformat()}", by=by, at=at
    )
    to = DealStatus.COMPLETED if keep else DealStatus.CANCELLED
    move(session, inquiry, "refund_part", actor=Actor.CURATOR, by=by, at=at, to=to, order=order, why=why)
    orders.complete(session, order, at=at)
    _end(session, order, by=by, outcome="refunded in part", at=at)
    _tell(session, inquiry, "dispute_refunded", by=by, why=why, at=at, amount_idr=amount_idr)


def refund_all(session: Session, inquiry: Inquiry, *, by: Person, why: str, at: datetime) -> None:
    """All of it back."""
    order = _begin(session, inquiry, by)
    amount = refunds.refundable_idr(session, order)
    refunds.decide(session, order, amount, why=why, key=f"dispute:{order.id}:{at.isoformat()}", by=by, at=at)
    move(session, inquiry, "refund_all", actor=Actor.CURATOR, by=by, at=at, order=order, why=why)
    stock.release(session, order, at=at)
    odd_money.take_back_write_off(session, order, at=at)
    orders.settle_advance(session, order, at=at)
    _end(session, order, by=by, outcome="refunded", at=at)
    _tell(session, inquiry, "dispute_refunded", by=by, why=why, at=at, amount_idr=amount)


def _begin(session: Session, inquiry: Inquiry, by: Person) -> Order:
    """The locked order. Raises NotAllowed for a curator of that very group."""
    if belonged(session, inquiry.producer_id, by.id):
        raise NotAllowed
    lock(session, inquiry)
    return order_of(session, inquiry)


def _end(session: Session, order: Order, *, by: Person, outcome: str, at: datetime) -> None:
    order.came_from = None
    tasks.close_task(session, "dispute", f"order:{order.id}", by=by, outcome=outcome, at=at)


def _tell(
    session: Session, inquiry: Inquiry, kind: str, *, by: Person, why: str, at: datetime, amount_idr: int = 0
) -> None:
    facts = {"reason": why, "amount_idr": amount_idr}
    by_bank = to_send_idr(session, order_of(session, inquiry)) > 0
    tell_buyer(session, inquiry, kind, at=at, by=by, facts=facts | {"by_bank": by_bank})
    tell_producer(session, inquiry, kind, at=at, facts=facts)
