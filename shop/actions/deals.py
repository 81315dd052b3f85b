"""One step of a deal: lock, look the table up, change the status, write it down."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions import documents
from shop.actions.events import log
from shop.actions.locking import hold_row
from shop.domain.deal import DealStatus, deal_step
from shop.domain.errors import NotFound
from shop.domain.roles import Actor
from shop.models import Inquiry, Order, Person


def lock(session: Session, inquiry: Inquiry) -> None:
    """Nobody else changes this deal until the commit, and what is read now is the newest."""
    hold_row(session, inquiry)


def order_of(session: Session, inquiry: Inquiry) -> Order:
    """The order of a deal that has one, as the database has it now. Raises NotFound."""
    query = select(Order).where(Order.inquiry_id == inquiry.id).execution_options(populate_existing=True)
    order = session.scalar(query)
    if order is None:
        raise NotFound
    return order


def move(
    session: Session,
    inquiry: Inquiry,
    step: str,
    *,
    actor: Actor,
    by: Person | None,
    at: datetime,
    to: DealStatus | None = None,
    order: Order | None = None,
    why: str = "",
) -> DealStatus:
    """Take the step on a locked deal; the new status. Raises WrongState where the table has no such row."""
    before = inquiry.status
    after = deal_step(before, step, by=actor, to=to)
    inquiry.status, inquiry.changed_at = after.value, at
    if order is not None and before != after:
        order.entered_at, order.nudged_at = at, None
    log(
        session,
        step,
        by=by,
        actor=actor,
        at=at,
        inquiry=inquiry,
        from_status=before,
        to_status=after.value,
        why=why,
    )
    documents.follow(session, inquiry, order, at=at)
    return after
