"""Before the curators: sending a work in, taking it back, answering a rejection."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions.member_steps import log_step
from shop.actions.publishing import publish
from shop.actions.revisions import content_of, fields_of, hold_own, newest_revision, open_revision, walk
from shop.domain.craft import SLOTS, Craft
from shop.domain.editor import default_alt, missing, regulated_words
from shop.domain.errors import Incomplete, NotAllowed, WrongState
from shop.domain.listing import Status, Step, next_status
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
