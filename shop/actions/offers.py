"""What applies at once on a live work: stock, availability, lead time, sizes to ask for, and small price steps."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from shop.actions.catalogue import refresh
from shop.actions.member_steps import log_edit, log_step
from shop.actions.revisions import hold_own, is_live, open_revision, to_edit
from shop.domain.editor import print_of
from shop.domain.errors import ChangedMeanwhile, WrongState
from shop.domain.listing import EDITABLE, Status, price_needs_review
from shop.models import Listing, Member, Revision

AT_ONCE = ("availability", "stock", "lead_time_days", "size_limits")


@dataclass(frozen=True)
class Offer:
    """On which terms a work is sold. `size_limits`: {"length_cm": [from, to], …}."""

    price_kind: str
    price_idr: int | None
    availability: str
    stock: int
    lead_time_days: int | None
    size_limits: dict[str, Any] = field(default_factory=dict)


def offer_of(listing: Listing) -> Offer:
    """What the producer's form shows: a price waiting in the open revision stands before the one buyers see."""
    waiting = open_revision(listing)
    live = listing.live_revision if is_live(listing) else None
    pending = waiting is not None and (live is None or not _same_price(waiting, live))
    source: Listing | Revision = waiting if pending and waiting is not None else listing
    return Offer(
        price_kind=source.price_kind,
        price_idr=source.price_idr,
        availability=listing.availability,
        stock=listing.stock,
        lead_time_days=listing.lead_time_days,
        size_limits=dict(listing.size_limits),
    )


def seen_offer(listing: Listing) -> str:
    """The print of what the form shows."""
    return print_of(asdict(offer_of(listing)))


def save_offer(
    session: Session, listing: Listing, offer: Offer, *, seen: str, by: Member, at: datetime
) -> bool:
    """Write the terms. True when the price waits for a curator because it moved too far from the approved one.

    Raises ChangedMeanwhile when the terms changed since the form was drawn, WrongState while curators have the work.
    """
    hold_own(session, listing, by)
    before = offer_of(listing)
    if offer == before:
        return False
    if print_of(asdict(before)) != seen:
        raise ChangedMeanwhile
    if listing.status == Status.ARCHIVED:
        raise WrongState(status=listing.status, step="edit")
    waits = _write_price(session, listing, offer, before, by=by, at=at)
    for name in AT_ONCE:
        setattr(listing, name, getattr(offer, name))
    listing.changed_at = at
    session.flush()
    if is_live(listing):
        _log_changes(session, listing, before, by=by, at=at)
        refresh(session, listing)
    return waits


def _write_price(
    session: Session, listing: Listing, offer: Offer, before: Offer, *, by: Member, at: datetime
) -> bool:
    live = listing.live_revision if is_live(listing) else None
    if live is None:
        revision = to_edit(session, listing, by=by.person, at=at)
        _set_price(revision, offer.price_kind, offer.price_idr)
        _set_price(listing, offer.price_kind, offer.price_idr)
        revision.saved_at = at
        log_edit(session, by=by, at=at, revision=revision)
        return False
    if _same_price(offer, before):
        return False
    if offer.price_kind != live.price_kind or price_needs_review(live.price_idr, offer.price_idr):
        revision = to_edit(session, listing, by=by.person, at=at)
        _set_price(revision, offer.price_kind, offer.price_idr)
        revision.saved_at = at
        log_edit(session, by=by, at=at, revision=revision)
        return True
    _set_price(listing, offer.price_kind, offer.price_idr)
    waiting = open_revision(listing)
    if waiting is not None and waiting.status in EDITABLE:
        _set_price(waiting, live.price_kind, live.price_idr)
    return False


def _same_price(one: Offer | Listing | Revision, other: Offer | Listing | Revision) -> bool:
    return (one.price_kind, one.price_idr) == (other.price_kind, other.price_idr)


def _set_price(target: Listing | Revision, kind: str, price_idr: int | None) -> None:
    target.price_kind, target.price_idr = kind, price_idr


def _log_changes(session: Session, listing: Listing, before: Offer, *, by: Member, at: datetime) -> None:
    """Only what buyers see now is a change; a price that waits is told by its revision."""
    now = {name: getattr(listing, name) for name in AT_ONCE}
    facts = {
        name: [getattr(before, name), value] for name, value in now.items() if getattr(before, name) != value
    }
    if listing.price_idr != before.price_idr and not _waits(listing):
        facts["price_idr"] = [before.price_idr, listing.price_idr]
    if facts:
        log_step(session, "change_now", by=by, at=at, listing=listing, facts=facts)


def _waits(listing: Listing) -> bool:
    waiting, live = open_revision(listing), listing.live_revision
    return waiting is not None and live is not None and not _same_price(waiting, live)
