"""The curators' queue: what waits, how long, who holds it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.domain.listing import CLAIM_LASTS, Status
from shop.models import Revision


def any_stale(session: Session, *, at: datetime) -> bool:
    """Whether some hold has had no sign of life for half an hour."""
    query = select(Revision.id).where(
        Revision.status == Status.IN_REVIEW, Revision.claim_active_at <= at - CLAIM_LASTS
    )
    return session.scalar(query.limit(1)) is not None
