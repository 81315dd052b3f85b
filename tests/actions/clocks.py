"""The clock of orders, as one worker turns it, in one transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from shop.actions import order_clock


def keep_orders_moving(session: Session, *, at: datetime) -> int:
    """Everything that is due is done; how much that was."""
    return sum(order_clock.do(session, one, at=at) for one in order_clock.due(session, at=at))
