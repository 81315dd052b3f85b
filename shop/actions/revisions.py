"""What every step on a work begins with: take hold of its rows, find the revision it is about, walk it on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions.locking import hold_row
from shop.domain.editor import CONTENT_FIELDS, Content
from shop.domain.errors import NotFound, WrongState
from shop.domain.listing import EDITABLE, ONCE_APPROVED, Status
from shop.models import Listing, Member, Person, Revision, RevisionPhoto

CLOSED = (Status.PUBLISHED, Status.REJECTED)


def hold(session: Session, listing: Listing) -> None:
    """Lock the work and its revisions until the commit, and read them as they are now."""
    session.flush()  # a refresh would forget what was set and not yet written
    hold_row(session, listing)
    rows = select(Revision).where(Revision.listing_id == listing.id).order_by(Revision.id).with_for_update()
    session.scalars(rows.execution_options(populate_existing=True)).all()


def hold_own(session: Session, listing: Listing, by: Member) -> None:
    """The same for a member; a work of somebody else's is not there. Raises NotFound."""
    if by.producer_id != listing.producer_id or by.left_at is not None:
        raise NotFound
    hold(session, listing)


def open_revision(listing: Listing) -> Revision | None:
    """The revision that is being written or reviewed, if there is one."""
    return next(
        (r for r in reversed(listing.revisions) if r.status not in CLOSED and r.closed_at is None), None
    )


def newest_revision(listing: Listing) -> Revision:
    return listing.revisions[-1]


def is_live(listing: Listing) -> bool:
    """True when an approved version stands, whether shown or hidden; edits then become a revision."""
    return listing.status in ONCE_APPROVED


def walk(session: Session, revision: Revision, status: Status) -> None:
    """Set the revision's status; a listing without an approved version follows it. Ends a curator's hold."""
    revision.status = status
    if status is not Status.IN_REVIEW:
        revision.leave_the_queue()
    if not is_live(revision.listing):
        revision.listing.status = status
    session.flush()


def to_edit(session: Session, listing: Listing, *, by: Person, at: datetime) -> Revision:
    """The open revision if it may be written to, else a new one copied from the live version.

    Raises WrongState while curators have it, and for what is rejected or archived.
    """
    revision = open_revision(listing)
    if revision is not None:
        if revision.status not in EDITABLE:
            raise WrongState(status=revision.status, step="edit")
        return revision
    if not is_live(listing) or listing.live_revision is None:
        raise WrongState(status=listing.status, step="edit")
    return copy(session, listing.live_revision, by=by, at=at)


def copy(session: Session, revision: Revision, *, by: Person, at: datetime) -> Revision:
    """A new draft with the same content and the same photos in the same slots."""
    listing = revision.listing
    new = Revision(
        listing_id=listing.id,
        number=newest_revision(listing).number + 1,
        status=Status.DRAFT,
        created_at=at,
        saved_at=at,
        created_by_id=by.id,
        photos=[_same_place(place) for place in revision.photos],
        **{field: getattr(revision, field) for field in CONTENT_FIELDS},
    )
    session.add(new)
    session.flush()
    session.refresh(listing, ["revisions"])
    return new


def _same_place(place: RevisionPhoto) -> RevisionPhoto:
    return RevisionPhoto(
        photo_id=place.photo_id,
        slot=place.slot,
        position=place.position,
        alt_id=place.alt_id,
        alt_en=place.alt_en,
        focal_x=place.focal_x,
        focal_y=place.focal_y,
    )


def fields_of(revision: Revision, names: Sequence[str] = CONTENT_FIELDS) -> dict[str, Any]:
    """The reviewed fields by name."""
    return {name: getattr(revision, name) for name in names}


def content_of(listing: Listing, revision: Revision) -> Content:
    """The work as the rules look at it."""
    return Content(
        fields=fields_of(revision),
        slots=[(place.slot, place.photo.state) for place in revision.photos],
        availability=listing.availability,
        stock=listing.stock,
        lead_time_days=listing.lead_time_days,
    )
