"""What a producer's member does with a work: begin, write, send, take back, hide, put away."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions.catalogue import refresh
from shop.actions.member_steps import log_edit, log_step
from shop.actions.publishing import publish
from shop.actions.revisions import (
    content_of,
    copy,
    fields_of,
    hold_own,
    is_live,
    newest_revision,
    open_revision,
    to_edit,
    walk,
)
from shop.domain.craft import ATTRIBUTES, KINDS, MATERIALS, SLOTS, TECHNIQUES, Craft
from shop.domain.editor import FIELDS, EditorStep, default_alt, missing, print_of, regulated_words
from shop.domain.errors import ChangedMeanwhile, Incomplete, NotAllowed, NotFound, WrongState
from shop.domain.listing import EDITABLE, Status, Step, next_status
from shop.domain.producer import ProducerStatus
from shop.domain.roles import Actor
from shop.domain.words import N_
from shop.models import Appeal, Listing, Member, Revision


class NotVerified(NotAllowed):
    """Only verified producers put works before the curators."""

    sentence = N_("Karya dapat dikirim setelah perajin diverifikasi galeri. Drafnya tetap tersimpan.")


class Barred(NotAllowed):
    sentence = N_(
        "Karya ini ditolak dengan alasan berat dan tidak dapat dipulihkan. Hubungi galeri bila ini keliru."
    )


class OnceOnly(WrongState):
    sentence = N_("Banding hanya dapat diajukan sekali, dan sudah diajukan.")


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


def submit(session: Session, listing: Listing, *, by: Member, at: datetime) -> Revision:
    """Put the open revision before the curators; a trusted producer's is live at once, to be looked at later.

    Raises Incomplete with one sentence per editor step, NotVerified, WrongState.
    """
    hold_own(session, listing, by)
    if by.producer.status != ProducerStatus.VERIFIED:
        raise NotVerified
    if listing.barred_at is not None:
        raise Barred
    revision = open_revision(listing)
    if revision is None:
        raise WrongState(status=listing.status, step=Step.SUBMIT)
    before = revision.status
    to = next_status(before, Step.SUBMIT, by=Actor.PRODUCER)
    _check_complete(listing, revision)
    _describe_photos(revision)
    revision.submitted_at, revision.submitted_by_id = at, by.person_id
    listing.changed_at = at
    words = regulated_words(fields_of(revision))
    walk(session, revision, to)
    log_step(
        session, Step.SUBMIT, by=by, at=at, listing=listing, revision=revision, from_status=before, to_status=to,
        facts={"regulated": words} if words else None,
    )  # fmt: skip
    if before == Status.DRAFT and not words and _publishes_first(listing):
        _publish_first(session, listing, revision, by=by, at=at)
    return revision


def _check_complete(listing: Listing, revision: Revision) -> None:
    problems: dict[str, str] = {}
    for item in missing(content_of(listing, revision)):
        problems.setdefault(item.step, item.sentence % {"what": item.what} if item.what else item.sentence)
    if problems:
        raise Incomplete(problems)


def _describe_photos(revision: Revision) -> None:
    """Every photo gets words for those who cannot see it."""
    labels = {slot.key: slot.label for slot in SLOTS[Craft(str(revision.craft))]}
    for place in revision.photos:
        place.alt_id = place.alt_id or default_alt(revision.title_id, labels.get(place.slot, ""))


def _publishes_first(listing: Listing) -> bool:
    """Trust ends where a curator has taken the work down or barred it."""
    return (
        listing.producer.trusted and listing.barred_at is None and listing.status != Status.HIDDEN_BY_CURATOR
    )


def _publish_first(
    session: Session, listing: Listing, revision: Revision, *, by: Member, at: datetime
) -> None:
    since = listing.unacknowledged_since or at
    publish(session, revision, at=at)
    listing.unacknowledged_since = since
    log_step(
        session, "publish_first", by=by, at=at, listing=listing, revision=revision,
        from_status=Status.SUBMITTED, to_status=Status.PUBLISHED,
    )  # fmt: skip
    session.flush()


def withdraw(session: Session, listing: Listing, *, by: Member, at: datetime) -> Revision:
    """Take the revision back from the curators, to write on. Raises WrongState when they have decided."""
    hold_own(session, listing, by)
    revision = open_revision(listing)
    if revision is None:
        raise WrongState(status=listing.status, step=Step.WITHDRAW)
    before = revision.status
    to = next_status(before, Step.WITHDRAW, by=Actor.PRODUCER)
    listing.changed_at = at
    walk(session, revision, to)
    log_step(
        session,
        Step.WITHDRAW,
        by=by,
        at=at,
        listing=listing,
        revision=revision,
        from_status=before,
        to_status=to,
    )
    return revision


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
        revision.claimed_by_id = revision.claim_active_at = None
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


def appeal(session: Session, listing: Listing, *, by: Member, text: str, at: datetime) -> Appeal:
    """Answer a rejection, once per work. Raises OnceOnly, or WrongState where nothing is rejected."""
    hold_own(session, listing, by)
    if session.scalar(select(Appeal.id).where(Appeal.listing_id == listing.id)) is not None:
        raise OnceOnly(status=listing.status, step=Step.APPEAL)
    revision = newest_revision(listing)
    before = revision.status
    to = next_status(before, Step.APPEAL, by=Actor.PRODUCER)
    if listing.status == Status.ARCHIVED:
        raise WrongState(status=listing.status, step=Step.APPEAL)
    made = Appeal(listing_id=listing.id, revision_id=revision.id, by_id=by.person_id, text=text, at=at)
    session.add(made)
    revision.appealed_at = listing.changed_at = at
    walk(session, revision, to)
    log_step(
        session,
        Step.APPEAL,
        by=by,
        at=at,
        listing=listing,
        revision=revision,
        from_status=before,
        to_status=to,
    )
    return made
