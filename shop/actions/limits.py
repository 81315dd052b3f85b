"""Counting tries as rows of their own."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from shop.domain.errors import TooOften
from shop.domain.limits import KEPT, Limit
from shop.models import Attempt


def count_try(session: Session, limit: Limit, whose: str, *, at: datetime) -> None:
    """One more try by `whose` (an address, an account, a number). Raises TooOften with when to come back.

    Commit it before the costly part of what is tried, so that tries at the same moment count each other.
    """
    key = key_of(limit, whose)
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(key))))
    inside = select(Attempt.at).where(Attempt.key == key, Attempt.at > at - limit.within)
    seconds = limit.opens_in(list(session.scalars(inside)), at=at)
    if seconds:
        raise TooOften(seconds=seconds)
    session.add(Attempt(key=key, at=at))
    session.flush()


def forgive(session: Session, limit: Limit, whose: str) -> None:
    """Forget the tries: it was the right person after all."""
    session.execute(delete(Attempt).where(Attempt.key == key_of(limit, whose)))


def sweep_tries(session: Session, *, at: datetime) -> int:
    """Remove tries no limit looks at any more; how many."""
    return session.execute(delete(Attempt).where(Attempt.at < at - KEPT)).rowcount or 0  # type: ignore[attr-defined]


def key_of(limit: Limit, whose: str) -> str:
    """The row names what is limited and a digest of whose, so that it holds no address or number."""
    return f"{limit.what}:{hashlib.sha256(whose.encode()).hexdigest()[:32]}"
