"""The buyer's account for money that goes back by bank: named by the buyer, or by staff who asked them."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions.deals import lock, order_of
from shop.actions.events import log
from shop.domain.refund_account import NothingToSend, RefundAccount
from shop.domain.roles import Actor
from shop.models import Inquiry, Order, Payment, Person, Refund
from shop.queries.order_money import to_send_idr, waits_for_the_bank

KEPT_FOR = timedelta(days=90)  # for who asks where their money went


def name_account(
    session: Session,
    inquiry: Inquiry,
    account: RefundAccount,
    *,
    actor: Actor,
    by: Person | None,
    at: datetime,
) -> None:
    """The last one that was named counts. The log says who named one and when, never which.

    Raises NothingToSend when no refund of this order waits for the bank.
    """
    lock(session, inquiry)
    order = order_of(session, inquiry)
    if not to_send_idr(session, order):
        raise NothingToSend(status=inquiry.status, step="name_account")
    order.refund_account = {**vars(account), "by": actor.value}
    order.refund_account_at = at
    log(session, "refund_account", by=by, actor=actor, at=at, inquiry=inquiry)
    session.flush()


def forget_old(session: Session, *, at: datetime) -> int:
    """Accounts that money went to long ago are nobody's to know any more; how many."""
    waits = select(Refund.id).join(Payment, Payment.id == Refund.payment_id)
    waits = waits.where(Payment.order_id == Order.id, *waits_for_the_bank())
    old = select(Order).where(Order.refund_account_at <= at - KEPT_FOR, ~waits.exists())
    found = session.scalars(old.order_by(Order.id).limit(50).with_for_update(skip_locked=True)).all()
    for order in found:
        order.refund_account, order.refund_account_at = {}, None
    session.flush()
    return len(found)
