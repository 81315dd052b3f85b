"""The dollar's rate."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.domain.money import rate_holds
from shop.models import ExchangeRate


def newest(session: Session) -> ExchangeRate | None:
    return session.scalars(select(ExchangeRate).order_by(ExchangeRate.id.desc()).limit(1)).first()


def standing(session: Session, *, at: datetime) -> ExchangeRate | None:
    """The newest rate while it is not older than thirty days."""
    rate = newest(session)
    return rate if rate is not None and rate_holds(rate.at, at=at) else None
