"""What waits for a curator, from three places as one list: revisions, trusted producers' changes, reports.

Each part selects kind, state, since, revision_id, listing_id, report_id, holder_id, active_at, given_to_id, given_at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from shop.domain.listing import WAITING_FOR_CURATOR, Status
from shop.models import Listing, Producer, Report, Revision

STATES = (
    "submitted", "in_review", "rejection_proposed", "appealed", "trusted", "report", "changes_requested",
)  # fmt: skip
NOBODY = 0
NOT_OURS = "changes_requested"  # these wait for their producers


@dataclass(frozen=True)
class Asked:
    """What the address of the queue asks for. None asks for everything that waits."""

    state: str | None = None
    craft: str | None = None
    district: str | None = None
    kind: str | None = None
    given_to: int | None = None  # a curator's number; NOBODY for what was given to none


def waiting(asked: Asked) -> CompoundSelect[*tuple[Any, ...]]:
    """What waits, one row each, with the columns named above."""
    if asked.state == NOT_OURS:
        return union_all(revisions(asked, (Status.CHANGES_REQUESTED,)))
    parts = [revisions(asked, tuple(WAITING_FOR_CURATOR)), _trusted(asked), _reports(asked)]
    if asked.kind is not None or asked.given_to is not None:
        parts = parts[:1]
    named = [part.subquery() for part in parts]
    if asked.state is None:
        return union_all(*(select(part) for part in named))
    return union_all(*(select(part).where(part.c.state == asked.state) for part in named))


def revisions(asked: Asked, statuses: tuple[Status, ...]) -> Select[*tuple[Any, ...]]:
    kind = case(
        (Revision.status == Status.REJECTION_PROPOSED, "second"),
        (Revision.status == Status.APPEALED, "appeal"),
        (Listing.live_revision_id.is_(None), "new"),
        else_="revision",
    )
    since = case(
        (Revision.status == Status.APPEALED, Revision.appealed_at),
        else_=func.coalesce(Revision.submitted_at, Revision.saved_at),
    )
    query = (
        select(
            kind.label("kind"), Revision.status.label("state"), since.label("since"),
            Revision.id.label("revision_id"), Listing.id.label("listing_id"), _no_number().label("report_id"),
            Revision.claimed_by_id.label("holder_id"), Revision.claim_active_at.label("active_at"),
            Revision.assigned_to_id.label("given_to_id"), Revision.assigned_at.label("given_at"),
        )
        .select_from(Revision)
        .join(Listing, Listing.id == Revision.listing_id)
        .where(Revision.status.in_(statuses), Revision.closed_at.is_(None))
    )  # fmt: skip
    if asked.kind is not None:
        live = Listing.live_revision_id.is_(None)
        query = query.where(live if asked.kind == "new" else ~live)
    if asked.given_to is not None:
        query = query.where(
            Revision.status == Status.SUBMITTED,
            Revision.assigned_to_id == asked.given_to
            if asked.given_to
            else Revision.assigned_to_id.is_(None),
        )
    return _narrowed(query, asked)


def _trusted(asked: Asked) -> Select[*tuple[Any, ...]]:
    query = (
        select(
            literal("trusted").label("kind"), literal("trusted").label("state"),
            Listing.unacknowledged_since.label("since"), Revision.id.label("revision_id"),
            Listing.id.label("listing_id"), _no_number().label("report_id"),
            _no_number().label("holder_id"), Revision.claim_active_at.label("active_at"),
            _no_number().label("given_to_id"), Revision.assigned_at.label("given_at"),
        )
        .select_from(Listing)
        .join(Revision, Revision.id == Listing.live_revision_id)
        .where(
            Listing.unacknowledged_since.is_not(None),
            Listing.status.in_((Status.PUBLISHED, Status.HIDDEN_BY_PRODUCER)),
        )
    )  # fmt: skip
    return _narrowed(query, asked)


def _reports(asked: Asked) -> Select[*tuple[Any, ...]]:
    shown = func.coalesce(Listing.live_revision_id, select(func.max(Revision.id)).where(
        Revision.listing_id == Listing.id).correlate(Listing).scalar_subquery())  # fmt: skip
    query = (
        select(
            literal("report").label("kind"), literal("report").label("state"), Report.at.label("since"),
            Revision.id.label("revision_id"), Listing.id.label("listing_id"), Report.id.label("report_id"),
            _no_number().label("holder_id"), Revision.claim_active_at.label("active_at"),
            _no_number().label("given_to_id"), Revision.assigned_at.label("given_at"),
        )
        .select_from(Report)
        .join(Listing, Listing.id == Report.listing_id)
        .join(Revision, Revision.id == shown)
        .where(Report.handled_at.is_(None))
    )  # fmt: skip
    return _narrowed(query, asked)


def _narrowed(query: Select[*tuple[Any, ...]], asked: Asked) -> Select[*tuple[Any, ...]]:
    if asked.craft is not None:
        query = query.where(Revision.craft == asked.craft)
    if asked.district is not None:
        query = query.join(Producer, Producer.id == Listing.producer_id).where(
            Producer.district_code == asked.district
        )
    return query


def _no_number() -> ColumnElement[int | None]:
    """A number that is not there; PostgreSQL wants to know that it would be one."""
    return cast(null(), Integer)
