"""What a producer's member does with a work of the group: begin, write, drop, hide, put away."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions.catalogue import refresh
from shop.actions.member_steps import log_edit, log_step
from shop.actions.revisions import (
    copy,
    fields_of,
    hold_own,
    is_live,
    newest_revision,
    open_revision,
    to_edit,
)
from shop.actions.submitting import Barred
from shop.domain.craft import ATTRIBUTES, KINDS, MATERIALS, SLOTS, TECHNIQUES, Craft
from shop.domain.editor import FIELDS, EditorStep, print_of
from shop.domain.errors import ChangedMeanwhile, NotFound, WrongState
from shop.domain.listing import EDITABLE, Status, Step, next_status
from shop.domain.roles import Actor
from shop.domain.words import N_
from shop.models import Listing, Member, Revision


class StillJudged(WrongState):
    sentence = N_("Karya ini sedang diputuskan kurator. Tunggu keputusannya, lalu arsipkan.")


def start(session: Session, *, by: Member, craft: str, at: datetime) -> Listing:
    """A draft of one of the producer's crafts. An empty one that was never written to is taken up again."""
    if craft not in {own.craft for own in by.producer.crafts}:
        raise NotFound
    empty = _empty_draft(session, by, craft)
    if empty is not None:
        return empty
    listing = Listing(producer_id=by.producer_id, created_at=at, changed_at=at)
    session.add(listing)
    session.flush()
    revision = Revision(
        listing_id=listing.id, number=1, craft=craft, created_at=at, saved_at=at, created_by_id=by.person_id
    )
    session.add(revision)
    session.flush()
    session.refresh(listing)
    log_step(session, "start", by=by, at=at, listing=listing, revision=revision, to_status=Status.DRAFT)
    return listing


def _empty_draft(session: Session, by: Member, craft: str) -> Listing | None:
    query = (
        select(Listing)
        .join(Revision, Revision.listing_id == Listing.id)
        .where(
            Listing.producer_id == by.producer_id,
            Listing.status == Status.DRAFT,
            Revision.created_by_id == by.person_id,
            Revision.craft == craft,
            Revision.number == 1,
            Revision.version == 1,
            ~Revision.photos.any(),
        )
    )
    return session.scalars(query.limit(1)).first()


def save(
    session: Session,
    listing: Listing,
    *,
    step: EditorStep,
    values: dict[str, Any],
    seen: str,
    by: Member,
    at: datetime,
) -> Revision | None:
    """Write one step of the editor. `seen` is the print of what the form showed.

    A live work gets a revision, or its open one is written to; None when nothing was changed. Raises
    ChangedMeanwhile when somebody else wrote that step since, WrongState while curators have it.
    """
    hold_own(session, listing, by)
    shown = shown_revision(listing)
    now_there = fields_of(shown, FIELDS[step])
    if values == now_there:
        return None
    if print_of(now_there) != seen:
        raise ChangedMeanwhile
    revision = to_edit(session, listing, by=by.person, at=at)
    _take_craft(revision, values)
    for field in FIELDS[step]:
        setattr(revision, field, values[field])
    revision.saved_at = listing.changed_at = at
    session.flush()
    log_edit(session, by=by, at=at, revision=revision)
    return revision


def shown_revision(listing: Listing) -> Revision:
    """What its producer sees of a work: the open revision, else the live one, else the last."""
    return (
        open_revision(listing)
        or (listing.live_revision if is_live(listing) else None)
        or newest_revision(listing)
    )


def _take_craft(revision: Revision, values: dict[str, Any]) -> None:
    """Another craft has other kinds, materials and photo slots; what does not fit is dropped, no photo is."""
    craft = values.get("craft")
    if craft is None or craft == revision.craft:
        return
    new = Craft(craft)
    revision.material = revision.material if revision.material in MATERIALS[new] else None
    revision.technique = revision.technique if revision.technique in TECHNIQUES[new] else None
    keys = {attribute.key for attribute in ATTRIBUTES[new]}
    revision.attributes = {key: value for key, value in revision.attributes.items() if key in keys}
    slots = {slot.key for slot in SLOTS[new]}
    for place in revision.photos:
        place.slot = place.slot if place.slot in slots else "lain"
    values["kind"] = values.get("kind") if values.get("kind") in KINDS[new] else None


def discard(session: Session, listing: Listing, *, by: Member, at: datetime) -> None:
    """Drop a revision of a live work that was not sent, or came back; the live version stays."""
    hold_own(session, listing, by)
    revision = open_revision(listing)
    if revision is None or not is_live(listing) or revision.status not in EDITABLE:
        raise WrongState(status=listing.status, step="discard")
    revision.closed_at = listing.changed_at = at
    session.flush()
    log_step(
        session, "discard", by=by, at=at, listing=listing, revision=revision, from_status=revision.status
    )


def hide(session: Session, listing: Listing, *, by: Member, at: datetime) -> None:
    _set(session, listing, Step.HIDE, by=by, at=at)


def unhide(session: Session, listing: Listing, *, by: Member, at: datetime) -> None:
    _set(session, listing, Step.UNHIDE, by=by, at=at)


def archive(session: Session, listing: Listing, *, by: Member, at: datetime) -> None:
    """Put the work away with whatever is open of it. Raises StillJudged while a rejection or appeal is open."""
    hold_own(session, listing, by)
    next_status(listing.status, Step.ARCHIVE, by=Actor.PRODUCER)
    revision = open_revision(listing)
    if revision is not None:
        _close(session, revision, at=at)
    _set(session, listing, Step.ARCHIVE, by=by, at=at)


def _close(session: Session, revision: Revision, *, at: datetime) -> None:
    if revision.status in (Status.REJECTION_PROPOSED, Status.APPEALED):
        raise StillJudged(status=revision.status, step=Step.ARCHIVE)
    if revision.status not in EDITABLE:
        revision.status = Status.DRAFT
        revision.leave_the_queue()
    revision.closed_at = at
    session.flush()


def restore_as_draft(session: Session, listing: Listing, *, by: Member, at: datetime) -> Revision:
    """Take an archived work up again as a draft. Raises Barred after a rejection for a severe reason."""
    hold_own(session, listing, by)
    if listing.barred_at is not None:
        raise Barred
    next_status(listing.status, Step.RESTORE_AS_DRAFT, by=Actor.PRODUCER)
    revision = newest_revision(listing)
    if revision.status in EDITABLE:
        revision.closed_at, revision.status = None, Status.DRAFT
        session.flush()
    else:
        revision = copy(session, revision, by=by.person, at=at)
    _set(session, listing, Step.RESTORE_AS_DRAFT, by=by, at=at)
    return revision


def _set(session: Session, listing: Listing, step: Step, *, by: Member, at: datetime) -> None:
    """Walk the listing itself, which its revisions do not follow, and tell the catalogue."""
    hold_own(session, listing, by)
    before = listing.status
    to = next_status(before, step, by=Actor.PRODUCER)
    listing.status, listing.changed_at = to, at
    session.flush()
    log_step(session, step, by=by, at=at, listing=listing, from_status=before, to_status=to)
    refresh(session, listing)
