"""What every step of curation shares: holding the rows, who may decide, writing a decision down."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from shop.actions.events import log
from shop.actions.locking import hold_row
from shop.actions.notices import tell
from shop.domain.curation import DecidedBefore, Judgement, OwnGroup
from shop.domain.errors import ChangedMeanwhile, NotAllowed
from shop.domain.listing import ONCE_APPROVED, UNDO_WITHIN, Status
from shop.domain.review import REASONS
from shop.domain.roles import Actor
from shop.models import Decision, Listing, Person, ReviewDraft, Revision
from shop.queries import reviews

REVISION_FIELDS = ("status", "claimed_by_id", "claim_active_at", "approved_at", "appealed_at", "closed_at")
LISTING_FIELDS = (
    "status", "live_revision_id", "slug", "price_kind", "price_idr", "published_at", "unacknowledged_since",
    "barred_at", "changed_at",
)  # fmt: skip
NOTHING = Judgement()


def hold(session: Session, revision: Revision) -> None:
    """Lock the listing, then the revision, and read them anew; always in this order."""
    hold_listing(session, revision.listing)
    hold_row(session, revision)


def hold_listing(session: Session, listing: Listing) -> None:
    session.flush()  # refreshing would drop what is not written yet
    hold_row(session, listing)


def expect(thing: Revision | Listing, version: int) -> None:
    """A decision names exactly what was read. Raises ChangedMeanwhile when it moved."""
    if thing.version != version:
        raise ChangedMeanwhile


def may_curate(session: Session, producer_id: int, by: Person) -> None:
    """Raises NotAllowed for who is no curator, OwnGroup for members of the group, past ones too."""
    if not by.is_curator:
        raise NotAllowed
    if reviews.belonged(session, producer_id, by.id):
        raise OwnGroup


def may_second(session: Session, revision: Revision, by: Person) -> Actor:
    """Who gives the second opinion: a curator who decided nothing before; with none left, the administrator."""
    if not by.is_curator and not by.is_administrator:
        raise NotAllowed
    if reviews.belonged(session, revision.listing.producer_id, by.id):
        raise OwnGroup
    decided = reviews.deciders(session, revision)
    if by.id in decided:
        raise DecidedBefore
    if by.is_curator:
        return Actor.SECOND_CURATOR
    if reviews.other_curator_left(session, revision, decided):
        raise NotAllowed
    return Actor.ADMINISTRATOR


def follows(listing: Listing) -> bool:
    """Whether the listing's own status is that of its open revision: until it was approved once."""
    return listing.status not in ONCE_APPROVED and listing.status != Status.ARCHIVED


def set_status(revision: Revision, status: Status) -> None:
    """The revision's new status, and the listing's where it follows. Nobody holds it any more."""
    if follows(revision.listing):
        revision.listing.status = status
    revision.status = status
    revision.leave_the_queue()


def snapshot(revision: Revision) -> dict[str, Any]:
    """What undoing brings back, as JSON."""
    return {
        "revision": {name: _plain(getattr(revision, name)) for name in REVISION_FIELDS},
        "listing": {name: _plain(getattr(revision.listing, name)) for name in LISTING_FIELDS},
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def decide(
    session: Session,
    revision: Revision,
    kind: str,
    judgement: Judgement,
    *,
    by: Person,
    actor: Actor,
    at: datetime,
    before: dict[str, Any],
) -> Decision:
    """The decision, its event, and the end of the curator's draft. The rows have been changed already."""
    listing = revision.listing
    listing.changed_at = at
    decision = Decision(
        listing_id=listing.id,
        revision_id=revision.id,
        curator_id=by.id,
        kind=kind,
        at=at,
        gates=dict(judgement.gates),
        scores=dict(judgement.scores),
        codes=list(judgement.codes),
        note=judgement.note.strip(),
        internal_note=judgement.internal_note.strip(),
    )
    session.add(decision)
    session.flush()
    after = {"revision": revision.version, "listing": listing.version}
    decision.before = before | {"after": after}
    _drop_draft(session, revision, by)
    level = "listing" if before["listing"]["status"] in ONCE_APPROVED and kind in ON_LISTING else "revision"
    log(
        session, kind, by=by, actor=actor, at=at, listing=listing, revision=revision,
        from_status=before[level]["status"],
        to_status=listing.status if level == "listing" else revision.status,
        why=decision.note, facts={"decision": decision.id, "codes": decision.codes},
    )  # fmt: skip
    return decision


ON_LISTING = frozenset({"take_down", "restore", "acknowledge", "revert"})


def _drop_draft(session: Session, revision: Revision, by: Person) -> None:
    session.execute(
        delete(ReviewDraft).where(ReviewDraft.revision_id == revision.id, ReviewDraft.curator_id == by.id)
    )


def tell_producer(session: Session, decision: Decision, kind: str, *, by: Person, at: datetime) -> None:
    """A notice to the chairs and to who sent the work in; it waits until the decision can no longer be undone.

    Facts: title_id, title_en, codes, reasons (sentence and how-to), note, listing_id, slug. Never the internal note.
    """
    revision, listing = decision.revision, decision.revision.listing
    facts = {
        "title_id": revision.title_id,
        "title_en": revision.title_en or revision.title_id,
        "codes": list(decision.codes),
        "reasons": [[REASONS[code].sentence, REASONS[code].how_to] for code in decision.codes],
        "note": decision.note,
        "listing_id": listing.id,
        "slug": listing.slug,
    }
    for person in reviews.to_be_told(session, listing.producer_id, revision.submitted_by_id):
        tell(
            session, person, kind, at=at, due_at=at + UNDO_WITHIN, hand_over_by=by, facts=facts,
            listing=listing, decision=decision,
        )  # fmt: skip
