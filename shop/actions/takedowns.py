"""What curators do to works that are live: take down, restore, acknowledge or revert a trusted producer's change."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from shop.actions.catalogue import refresh
from shop.actions.locking import hold_row
from shop.actions.reviews import (
    NOTHING,
    decide,
    expect,
    hold_listing,
    may_curate,
    snapshot,
    tell_producer,
)  # fmt: skip
from shop.domain.curation import Judgement, check_reason
from shop.domain.errors import ChangedMeanwhile, WrongState
from shop.domain.listing import Step, next_status
from shop.domain.roles import Actor
from shop.models import Decision, Listing, Person, Revision
from shop.queries import reviews


def take_down(
    session: Session, listing: Listing, judgement: Judgement, *, by: Person, version: int, at: datetime
) -> Decision:
    """Buyers no longer see the work; its producer reads why. Raises Incomplete without a code or a note."""
    live, before = _begin(session, listing, by=by, version=version)
    status = next_status(listing.status, Step.TAKE_DOWN, by=Actor.CURATOR)
    check_reason(judgement)
    listing.status = status
    return _decided(session, live, "take_down", judgement, "listing_taken_down", by=by, at=at, before=before)


def restore(
    session: Session, listing: Listing, judgement: Judgement, *, by: Person, version: int, at: datetime
) -> Decision:
    """Buyers see the work again. Raises WrongState for one that an X code bars."""
    live, before = _begin(session, listing, by=by, version=version)
    status = next_status(listing.status, Step.RESTORE, by=Actor.CURATOR)
    if listing.barred_at is not None:
        raise WrongState(status=listing.status, step=Step.RESTORE)
    listing.status = status
    return _decided(session, live, "restore", judgement, "listing_restored", by=by, at=at, before=before)


def acknowledge(
    session: Session, listing: Listing, *, by: Person, seen_revision_id: int, at: datetime
) -> Decision:
    """A curator has seen the live version, and with it all changes before it.

    Raises ChangedMeanwhile when a newer version went live than the one that was seen.
    """
    live, before = _begin_unacknowledged(session, listing, by, seen_revision_id)
    listing.unacknowledged_since = None
    return decide(session, live, "acknowledge", NOTHING, by=by, actor=Actor.CURATOR, at=at, before=before)


def revert(
    session: Session,
    listing: Listing,
    judgement: Judgement,
    *,
    by: Person,
    seen_revision_id: int,
    at: datetime,
) -> Decision:
    """Back to the last approved version, with its price; a work that never had one is taken down."""
    live, before = _begin_unacknowledged(session, listing, by, seen_revision_id)
    check_reason(judgement)
    approved = reviews.last_approved(session, listing)
    if approved is None:
        listing.status = next_status(listing.status, Step.TAKE_DOWN, by=Actor.CURATOR)
    else:
        listing.live_revision_id = approved.id
        listing.price_kind, listing.price_idr = approved.price_kind, approved.price_idr
        live.closed_at = at
    listing.unacknowledged_since = None
    session.flush()
    session.refresh(listing, ["live_revision"])
    return _decided(session, live, "revert", judgement, "listing_reverted", by=by, at=at, before=before)


def _begin(
    session: Session, listing: Listing, *, by: Person, version: int
) -> tuple[Revision, dict[str, Any]]:
    """Hold the listing, check who and what; the live version, and what undoing brings back."""
    hold_listing(session, listing)
    may_curate(session, listing.producer_id, by)
    expect(listing, version)
    return _live(session, listing)


def _begin_unacknowledged(
    session: Session, listing: Listing, by: Person, seen: int
) -> tuple[Revision, dict[str, Any]]:
    hold_listing(session, listing)
    may_curate(session, listing.producer_id, by)
    if listing.unacknowledged_since is None or listing.live_revision_id != seen:
        raise ChangedMeanwhile
    return _live(session, listing)


def _live(session: Session, listing: Listing) -> tuple[Revision, dict[str, Any]]:
    if listing.live_revision is None:
        raise WrongState(status=listing.status)
    hold_row(session, listing.live_revision)
    return listing.live_revision, snapshot(listing.live_revision)


def _decided(
    session: Session,
    live: Revision,
    kind: str,
    judgement: Judgement,
    notice: str,
    *,
    by: Person,
    at: datetime,
    before: dict[str, Any],
) -> Decision:
    decision = decide(session, live, kind, judgement, by=by, actor=Actor.CURATOR, at=at, before=before)
    refresh(session, live.listing)
    tell_producer(session, decision, notice, by=by, at=at)
    return decision
