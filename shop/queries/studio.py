"""What waits for a producer, and the figures of a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from shop.domain.listing import Status
from shop.models import (
    Decision,
    Event,
    Inquiry,
    Listing,
    Photo,
    Revision,
    RevisionPhoto,
)
from shop.queries import inquiry_lists

FEW = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many things of one kind wait, and about the first of them: a name, since when, its number."""

    count: int
    first: str = ""
    since: datetime | None = None
    first_id: int = 0
    codes: tuple[str, ...] = ()


def unanswered(session: Session, producer_id: int) -> Waiting:
    """Buyers whose last word was not answered yet, and since when the oldest waits."""
    counts = inquiry_lists.counts_of_producer(session, producer_id)
    return Waiting(counts["jawab"], since=inquiry_lists.oldest_waiting(session, producer_id))


def to_mend(session: Session, producer_id: int) -> Waiting:
    """Works that came back from the curators, with the title and the reason codes of the last one."""
    came_back = (
        select(Revision)
        .join(Listing, Listing.id == Revision.listing_id)
        .where(
            Listing.producer_id == producer_id,
            Listing.status != Status.ARCHIVED,
            Revision.status == Status.CHANGES_REQUESTED,
            Revision.closed_at.is_(None),
        )
        .order_by(Revision.id.desc())
    )
    revisions = session.scalars(came_back.limit(100)).all()
    if not revisions:
        return Waiting(0)
    first = revisions[0]
    codes = session.scalar(
        select(Decision.codes)
        .where(Decision.revision_id == first.id, Decision.undone_at.is_(None))
        .order_by(Decision.id.desc())
        .limit(1)
    )
    return Waiting(len(revisions), first.title_id, first_id=first.listing_id, codes=tuple(codes or ()))


def failed_photos(session: Session, producer_id: int) -> Waiting:
    """Photos in works being written that could not be rendered."""
    rows = session.execute(
        select(Listing.id, Revision.title_id)
        .join(Revision, Revision.listing_id == Listing.id)
        .join(RevisionPhoto, RevisionPhoto.revision_id == Revision.id)
        .join(Photo, Photo.id == RevisionPhoto.photo_id)
        .where(
            Listing.producer_id == producer_id,
            Listing.status != Status.ARCHIVED,
            Photo.state == "parked",
            or_(Revision.closed_at.is_(None), Revision.id == Listing.live_revision_id),
        )
        .order_by(Listing.id.desc())
        .limit(100)
    ).all()
    return Waiting(len(rows), rows[0].title_id, first_id=rows[0].id) if rows else Waiting(0)


def newest_inquiries(session: Session, producer_id: int) -> Sequence[Inquiry]:
    """The few that matter first: buyers who wait the longest, then the newest."""
    waiting = inquiry_lists.of_producer(session, producer_id, "jawab", 1).rows[:FEW]
    if len(waiting) == FEW:
        return waiting
    others = inquiry_lists.of_producer(session, producer_id, "berjalan", 1).rows
    return [*waiting, *others][:FEW]


@dataclass(frozen=True, slots=True)
class Month:
    """The figures of one month. `answer_time` is None while nobody was answered."""

    questions: int
    answer_time: timedelta | None
    approved: int


def month(session: Session, producer_id: int, begin: datetime, end: datetime) -> Month:
    """Questions that came in, how long answers took on average, works that passed: from `begin` up to `end`."""
    asked = session.execute(
        select(Inquiry.created_at, Inquiry.answered_at).where(
            Inquiry.producer_id == producer_id, Inquiry.created_at >= begin, Inquiry.created_at < end
        )
    ).all()
    waits = [answered - created for created, answered in asked if answered is not None]
    approved = session.scalar(
        select(func.count(func.distinct(Event.listing_id))).where(
            Event.producer_id == producer_id,
            Event.what.in_(("approve", "publish_first")),
            Event.at >= begin,
            Event.at < end,
        )
    )
    return Month(len(asked), sum(waits, timedelta()) / len(waits) if waits else None, approved or 0)


def all_works(session: Session, producer_id: int) -> Sequence[Listing]:
    """Every work with its revisions, for the group's own copy of its data."""
    query = (
        select(Listing)
        .where(Listing.producer_id == producer_id)
        .options(selectinload(Listing.revisions))
        .order_by(Listing.id)
    )
    return session.scalars(query).all()


def all_inquiries(session: Session, producer_id: int) -> Sequence[Inquiry]:
    """Every inquiry with its items, for the group's own copy of its data."""
    query = (
        select(Inquiry)
        .where(Inquiry.producer_id == producer_id)
        .options(selectinload(Inquiry.items), joinedload(Inquiry.producer))
        .order_by(Inquiry.id)
    )
    return session.scalars(query).all()
