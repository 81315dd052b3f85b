"""Works in every state of curation for tests, and a judgement that passes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from shop.domain.curation import Judgement
from shop.domain.listing import Status
from shop.domain.review import GATES, SCORES
from shop.models import Appeal, Decision, Listing, Person, Producer, Revision
from tests import factories
from tests.factories import AT

LATER = AT + timedelta(minutes=5)
PASSES = Judgement(gates=dict.fromkeys(GATES, True), scores=dict.fromkeys(SCORES, 2))
SENT_BACK = Judgement(codes=("F1",), note="Foto ulang di luar rumah.", internal_note="Sudah ditelepon.")
BARRED = Judgement(codes=("X2",), note="Ini kain cetak.")


@dataclass
class Cast:
    """A group with its chair, and the people of curation."""

    chair: Person
    group: Producer
    sari: Person
    fransiskus: Person
    agus: Person
    own: Person
    admin: Person


def cast(session: Session) -> Cast:
    """Three curators, one more who was a member of the group once, and an administrator who is no curator."""
    chair = factories.person(session, "Martha Mau")
    group = factories.producer(session, chair=chair)
    people = [factories.curator(session, name) for name in ("Sari", "Fransiskus", "Agus")]
    own = factories.curator(session, "Own Tilman")
    factories.member(session, group, own, "member").left_at = AT
    admin = factories.person(session, "Adelina", is_administrator=True)
    session.flush()
    return Cast(chair, group, *people, own=own, admin=admin)


def work(
    session: Session, who: Cast, status: str = "submitted", *, holder: Person | None = None, **content: Any
) -> Revision:
    """The revision of a work that was never approved, in a state of curation."""
    listing = factories.listing(session, who.group, who.chair, status="submitted", **content)
    return to_status(session, who, listing.revisions[0], status, holder)


def revision_of_live(
    session: Session, who: Cast, status: str = "submitted", *, holder: Person | None = None, **changed: Any
) -> Revision:
    """The open revision of a live work, in a state of curation."""
    listing = factories.published(session, who.group, who.chair)
    return to_status(session, who, next_revision(session, listing, who.chair, **changed), status, holder)


def next_revision(session: Session, listing: Listing, by: Person, **changed: Any) -> Revision:
    """A further revision with the same photos, submitted."""
    number = len(listing.revisions) + 1
    words = factories.CONTENT | changed
    revision = Revision(
        listing=listing, number=number, status="submitted", created_at=AT, saved_at=AT, created_by_id=by.id,
        submitted_at=AT, submitted_by_id=by.id, **words,
    )  # fmt: skip
    session.add(revision)
    session.flush()
    revision.photos = [
        factories.RevisionPhoto(photo=each.photo, slot=each.slot, position=each.position, alt_id=each.alt_id)
        for each in listing.revisions[0].photos
    ]
    session.flush()
    return revision


def to_status(
    session: Session, who: Cast, revision: Revision, status: str, holder: Person | None = None
) -> Revision:
    """The revision as it would stand after the steps to this state."""
    held_by = (holder or who.sari).id
    revision.status = status
    if status != Status.IN_REVIEW:
        revision.claimed_by_id = revision.claim_active_at = None
    if status == Status.PUBLISHED:
        revision.approved_at = AT
    if revision.listing.live_revision_id is None:
        revision.listing.status = status
    if status == Status.PUBLISHED:
        revision.listing.slug, revision.listing.live_revision_id = f"karya-{revision.id}", revision.id
    if status == Status.IN_REVIEW:
        revision.claimed_by_id, revision.claim_active_at = held_by, AT
    if status in (Status.REJECTION_PROPOSED, Status.APPEALED):
        decided(session, revision, "propose_rejection", who.sari, codes=["X2"], note="Ini kain cetak.")
    if status == Status.APPEALED:
        revision.appealed_at = AT
        decided(session, revision, "confirm_rejection", who.fransiskus, codes=["X2"])
        session.add(appeal_of(revision, who.chair))
    session.flush()
    return revision


def appeal_of(revision: Revision, by: Person) -> Appeal:
    return Appeal(
        listing_id=revision.listing_id, revision_id=revision.id, by_id=by.id, text="Ini tenun tangan.", at=AT
    )


def decided(session: Session, revision: Revision, kind: str, by: Person, **values: Any) -> Decision:
    row = Decision(
        listing_id=revision.listing_id, revision_id=revision.id, curator_id=by.id, kind=kind, at=AT,
        before={"revision": {}, "listing": {"status": revision.listing.status}}, **values,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row
