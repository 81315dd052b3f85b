"""Reports of works by visitors, as curators read them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from shop.models import Listing, Report

MOST = 50


def waiting(session: Session) -> Sequence[Report]:
    """The oldest open reports, at most MOST, with their works and groups; the others come up as these are answered."""
    query = _with_works().where(Report.handled_at.is_(None)).order_by(Report.at, Report.id)
    return session.scalars(query.limit(MOST)).all()


def answered(session: Session, *, most: int) -> Sequence[Report]:
    """The reports that were answered last."""
    query = _with_works().where(Report.handled_at.is_not(None)).order_by(Report.handled_at.desc())
    return session.scalars(query.limit(most)).all()


def open_count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Report).where(Report.handled_at.is_(None))) or 0


def _with_works() -> Select[*tuple[Report]]:
    return (
        select(Report)
        .join(Report.listing)
        .options(
            contains_eager(Report.listing).options(
                joinedload(Listing.producer), joinedload(Listing.live_revision)
            )
        )
        .limit(MOST)
    )
