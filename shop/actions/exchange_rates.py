"""What a dollar is worth, as an administrator read it on a day."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from shop.actions.changes import RATE, say_changed, take_turn
from shop.actions.events import log
from shop.domain.errors import NotAllowed
from shop.domain.roles import Actor
from shop.models import ExchangeRate, Person


def set_rate(session: Session, idr_per_usd: int, *, by: Person, at: datetime) -> ExchangeRate:
    """The rate that estimates are made with for thirty days. Raises NotAllowed for anybody but an administrator."""
    if not by.is_administrator:
        raise NotAllowed
    rate = ExchangeRate(idr_per_usd=idr_per_usd, by_id=by.id, at=at)
    session.add(rate)
    session.flush()
    take_turn(session)
    say_changed(session, [RATE])
    log(
        session,
        "rate_set",
        by=by,
        actor=Actor.ADMINISTRATOR,
        at=at,
        person=by,
        facts={"idr_per_usd": idr_per_usd},
    )
    return rate
