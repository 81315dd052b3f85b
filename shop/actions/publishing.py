"""Making a revision the one that buyers see: on a curator's approval, or at once for a trusted producer."""

from __future__ import annotations

from datetime import datetime

from slugify import slugify
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.actions.catalogue import refresh
from shop.domain.listing import ONCE_APPROVED, Status
from shop.models import Listing, Revision

LONGEST_SLUG = 60


def publish(session: Session, revision: Revision, *, at: datetime) -> None:
    """The revision becomes the live one, in the catalogue too. Whoever calls has checked the step and logs it.

    A work its producer or a curator hid stays hidden. The slug is fixed the first time. What was changed since the
    last acknowledgement counts as seen; a producer who publishes first sets `unacknowledged_since` again.
    """
    listing = revision.listing
    before = listing.live_revision
    revision.status, revision.approved_at = Status.PUBLISHED, at
    revision.leave_the_queue()
    listing.slug = listing.slug or free_slug(session, listing, revision.title_id)
    _take_price(listing, revision, before)
    session.flush()  # the revision is approved before the listing may name it
    if listing.status not in ONCE_APPROVED:
        listing.status, listing.published_at = Status.PUBLISHED, at
    listing.live_revision_id = revision.id
    listing.unacknowledged_since = None
    listing.changed_at = at
    session.flush()
    session.refresh(listing, ["live_revision"])
    refresh(session, listing)


def free_slug(session: Session, listing: Listing, title: str) -> str:
    """The title as `[a-z0-9-]+`; with the listing's number behind it where another work has that already."""
    slug = slugify(title, max_length=LONGEST_SLUG, word_boundary=True) or "karya"
    if session.get_bind().dialect.name == "postgresql":  # two works of one title, approved at the same moment
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(slug))))
    taken = session.scalar(select(Listing.id).where(Listing.slug == slug, Listing.id != listing.id))
    return f"{slug}-{listing.id}" if taken else slug


def _take_price(listing: Listing, revision: Revision, before: Revision | None) -> None:
    """The revision's price, unless it left the price alone: small changes made at once meanwhile stay."""
    if before is not None and (before.price_kind, before.price_idr) == (
        revision.price_kind,
        revision.price_idr,
    ):
        return
    listing.price_kind, listing.price_idr = revision.price_kind, revision.price_idr
