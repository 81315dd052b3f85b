"""The second curator's word on a proposed rejection, and the answer to an appeal."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from shop.actions.catalogue import refresh
from shop.actions.reviews import decide, expect, hold, may_second, set_status, snapshot, tell_producer
from shop.domain.curation import Judgement
from shop.domain.listing import ONCE_APPROVED, Status, Step, next_status
from shop.domain.roles import Actor
from shop.models import Decision, Listing, Person, Revision
from shop.queries import reviews


def confirm_rejection(
    session: Session, revision: Revision, judgement: Judgement, *, by: Person, version: int, at: datetime
) -> Decision:
    """The rejection stands. The listing is barred, and taken down if it was live.

    The producer reads the first curator's reasons, and the second one's note under the first one's.
    """
    actor, before = _begin(session, revision, Step.CONFIRM_REJECTION, by=by, version=version)
    proposed = reviews.of_kind(session, revision, "propose_rejection")
    listing = revision.listing
    set_status(revision, Status.REJECTED)
    listing.barred_at = at
    if listing.status in ONCE_APPROVED:
        listing.status = Status.HIDDEN_BY_CURATOR
    judgement = _joined(proposed, judgement)
    decision = decide(
        session, revision, "confirm_rejection", judgement, by=by, actor=actor, at=at, before=before
    )
    refresh(session, listing)
    tell_producer(session, decision, "listing_rejected", by=by, at=at)
    return decision


def disagree(
    session: Session, revision: Revision, judgement: Judgement, *, by: Person, version: int, at: datetime
) -> Decision:
    """The proposed rejection falls; the work stands in the queue again, as old as it was."""
    actor, before = _begin(session, revision, Step.DISAGREE, by=by, version=version)
    set_status(revision, Status.SUBMITTED)
    return decide(session, revision, "disagree", judgement, by=by, actor=actor, at=at, before=before)


def uphold(
    session: Session, revision: Revision, judgement: Judgement, *, by: Person, version: int, at: datetime
) -> Decision:
    """The appeal is heard and the rejection is final."""
    actor, before = _begin(session, revision, Step.UPHOLD, by=by, version=version)
    set_status(revision, Status.REJECTED)
    _answer_appeal(session, revision, at)
    decision = decide(session, revision, "uphold", judgement, by=by, actor=actor, at=at, before=before)
    tell_producer(session, decision, "listing_appeal_upheld", by=by, at=at)
    return decision


def grant(
    session: Session, revision: Revision, judgement: Judgement, *, by: Person, version: int, at: datetime
) -> Decision:
    """The appeal succeeds: the work is reviewed anew, and what the rejection had taken down is back."""
    actor, before = _begin(session, revision, Step.GRANT, by=by, version=version)
    set_status(revision, Status.SUBMITTED)
    _lift_bar(session, revision)
    _answer_appeal(session, revision, at)
    decision = decide(session, revision, "grant", judgement, by=by, actor=actor, at=at, before=before)
    refresh(session, revision.listing)
    tell_producer(session, decision, "listing_appeal_granted", by=by, at=at)
    return decision


def _begin(
    session: Session, revision: Revision, step: Step, *, by: Person, version: int
) -> tuple[Actor, dict[str, object]]:
    """Hold the rows, check who, what and whether the step leads on; the actor, and what undoing brings back."""
    hold(session, revision)
    actor = may_second(session, revision, by)
    expect(revision, version)
    next_status(revision.status, step, by=Actor.SECOND_CURATOR)
    return actor, snapshot(revision)


def _joined(proposed: Decision | None, judgement: Judgement) -> Judgement:
    if proposed is None:
        return judgement
    note = "\n\n".join(part for part in (proposed.note, judgement.note.strip()) if part)
    return Judgement(proposed.gates, proposed.scores, tuple(proposed.codes), note, judgement.internal_note)


def _answer_appeal(session: Session, revision: Revision, at: datetime) -> None:
    appeal = reviews.appeal_of(session, revision.listing_id)
    if appeal is not None:
        appeal.answered_at = at


def _lift_bar(session: Session, revision: Revision) -> None:
    listing: Listing = revision.listing
    confirmed = reviews.of_kind(session, revision, "confirm_rejection")
    if listing.barred_at is None or confirmed is None:
        return
    listing.barred_at = None
    if listing.status == Status.HIDDEN_BY_CURATOR:
        was = confirmed.before.get("listing", {}).get("status", Status.PUBLISHED)
        listing.status = Status(was)
