"""The buyer's account for money that goes back by bank: named by the buyer, or by staff who asked them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from shop.actions.deals import lock, order_of
from shop.actions.events import log
from shop.domain.refund_account import NothingToSend, RefundAccount
from shop.domain.roles import Actor
from shop.models import Inquiry, Person
from shop.queries.order_money import to_send_idr


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
