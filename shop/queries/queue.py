"""The curators' queue: everything that waits for one of them, oldest first, and the counts above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from shop.domain.listing import CLAIM_LASTS, WAITING_FOR_CURATOR, Status
from shop.models import Decision, Listing, Person, Photo, Producer, Revision, RevisionPhoto
from shop.queries.waiting import STATES, Asked, revisions, waiting

PER_PAGE = 25
LOOK_BACK = timedelta(days=90)


@dataclass(frozen=True)
class Row:
    """One thing that waits. `kind` is new, revision, second, appeal, trusted or report; `state` as in STATES."""

    kind: str
    state: str
    since: datetime
    revision_id: int
    listing_id: int
    report_id: int | None
    title_id: str
    title_en: str
    craft: str | None
    producer: str
    district_code: str
    holder_id: int | None
    holder: str | None
    active_at: datetime | None
    given_to_id: int | None
    given_at: datetime | None
    given_to: str | None
    photo: Photo | None = None


def page(session: Session, asked: Asked, *, number: int = 1) -> list[Row]:
    """One page of the queue, oldest first, with one row more than fits when there is a next page."""
    stands = waiting(asked).subquery("stands")
    holder, given_to = aliased(Person), aliased(Person)
    query = (
        select(stands, Revision.title_id, Revision.title_en, Revision.craft, Producer.name.label("producer"),
               Producer.district_code, holder.name.label("holder"), given_to.name.label("given_to"))
        .join(Revision, Revision.id == stands.c.revision_id)
        .join(Listing, Listing.id == stands.c.listing_id)
        .join(Producer, Producer.id == Listing.producer_id)
        .outerjoin(holder, holder.id == stands.c.holder_id)
        .outerjoin(given_to, given_to.id == stands.c.given_to_id)
        .order_by(stands.c.since, stands.c.revision_id, stands.c.report_id)
        .offset((number - 1) * PER_PAGE)
        .limit(PER_PAGE + 1)
    )  # fmt: skip
    found = session.execute(query).mappings().all()
    photos = first_photos(session, [row["revision_id"] for row in found])
    return [Row(**row, photo=photos.get(row["revision_id"])) for row in found]


def counts(session: Session, asked: Asked) -> dict[str, int]:
    """How much stands in each state, under the same craft, district, kind and curator."""
    everything = replace(asked, state=None)
    ours, theirs = (
        waiting(everything).subquery(),
        revisions(everything, (Status.CHANGES_REQUESTED,)).subquery(),
    )
    stands = union_all(select(ours.c.state), select(theirs.c.state)).subquery()
    query = select(stands.c.state, func.count()).group_by(stands.c.state)
    found = {state: int(count) for state, count in session.execute(query)}
    return {state: found.get(state, 0) for state in STATES}


def first_photos(session: Session, revision_ids: Sequence[int]) -> dict[int, Photo]:
    """The main photo of each revision."""
    query = (
        select(RevisionPhoto.revision_id, Photo)
        .join(Photo, Photo.id == RevisionPhoto.photo_id)
        .where(RevisionPhoto.revision_id.in_(revision_ids))
        .order_by(RevisionPhoto.position.desc())
    )
    return dict(session.execute(query).all())


def place_of(session: Session, row_since: datetime, revision_id: int) -> tuple[int, int]:
    """Where a waiting revision stands among all that waits, from 1, and how much that is."""
    stands = waiting(Asked()).subquery()
    before = or_(
        stands.c.since < row_since, (stands.c.since == row_since) & (stands.c.revision_id <= revision_id)
    )
    query = select(func.count().filter(before), func.count()).select_from(stands)
    place, total = session.execute(query).one()
    return place, total


def neighbour(session: Session, since: datetime, revision_id: int, *, back: bool) -> int | None:
    """The revision before or behind this one among those in review or waiting for it."""
    place = (Revision.submitted_at, Revision.id)
    here = (
        or_(place[0] < since, (place[0] == since) & (place[1] < revision_id))
        if back
        else or_(place[0] > since, (place[0] == since) & (place[1] > revision_id))
    )
    query = select(Revision.id).where(
        Revision.status.in_(WAITING_FOR_CURATOR), Revision.closed_at.is_(None), here
    )
    order = [column.desc() for column in place] if back else list(place)
    return session.scalar(query.order_by(*order).limit(1))


def days_to_decision(session: Session, *, at: datetime) -> float | None:
    """How many days works waited on average for the last hundred decisions of three months; None without any."""
    query = (
        select(Decision.at, Revision.submitted_at)
        .join(Revision, Revision.id == Decision.revision_id)
        .where(
            Decision.kind.in_(("approve", "request_changes", "reject")),
            Decision.undone_at.is_(None),
            Decision.at > at - LOOK_BACK,
        )
        .order_by(Decision.at.desc())
        .limit(100)
    )
    waits = [decided - sent for decided, sent in session.execute(query) if sent and sent <= decided]
    return sum(waits, timedelta()) / timedelta(days=1) / len(waits) if waits else None


def any_stale(session: Session, *, at: datetime) -> bool:
    """Whether some hold has had no sign of life for half an hour."""
    query = select(Revision.id).where(
        Revision.status == Status.IN_REVIEW, Revision.claim_active_at <= at - CLAIM_LASTS
    )
    return session.scalar(query.limit(1)) is not None
