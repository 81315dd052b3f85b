"""Decisions that were taken, for the log and for a work's history."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from shop.models import Decision, Listing, Revision

PER_PAGE = 50


def latest(session: Session, *, most: int, by_id: int | None = None, skip: int = 0) -> Sequence[Decision]:
    """The newest decisions, undone ones among them, with their works, groups and curators."""
    query = (
        select(Decision)
        .join(Decision.revision)
        .join(Revision.listing)
        .join(Listing.producer)
        .options(
            contains_eager(Decision.revision)
            .contains_eager(Revision.listing)
            .contains_eager(Listing.producer),
            joinedload(Decision.curator),
        )
        .order_by(Decision.at.desc(), Decision.id.desc())
        .offset(skip)
        .limit(most)
    )
    return session.scalars(query.where(Decision.curator_id == by_id) if by_id else query).all()


def of_listing(session: Session, listing_id: int) -> Sequence[Decision]:
    """Everything that was decided about a work, oldest first, undone decisions among it."""
    query = (
        select(Decision)
        .where(Decision.listing_id == listing_id)
        .options(joinedload(Decision.curator), joinedload(Decision.revision))
        .order_by(Decision.at, Decision.id)
    )
    return session.scalars(query).all()


def record_of(session: Session, producer_id: int) -> tuple[int, int]:
    """How many decisions let the producer's works pass, and how many sent one back or rejected it."""
    query = (
        select(Decision.kind, func.count())
        .join(Listing, Listing.id == Decision.listing_id)
        .where(Listing.producer_id == producer_id, Decision.undone_at.is_(None))
        .group_by(Decision.kind)
    )
    found = dict(session.execute(query).all())
    passed = found.get("approve", 0)
    return passed, sum(found.get(kind, 0) for kind in ("request_changes", "reject", "confirm_rejection"))
