"""A curator's decisions about a work in review: approve, ask for changes, reject."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from shop.actions.claims import take
from shop.actions.publishing import publish
from shop.actions.reviews import decide, expect, hold, may_curate, set_status, snapshot, tell_producer
from shop.domain.curation import Judgement, check_approval, check_reason, check_request
from shop.domain.listing import Status, Step, next_status
from shop.domain.review import is_severe
from shop.domain.roles import Actor
from shop.models import Decision, Person, Revision


def approve(
    session: Session, revision: Revision, judgement: Judgement, *, by: Person, version: int, at: datetime
) -> Decision:
    """The revision goes live. Raises Incomplete unless all gates hold, no score is 0 and they reach 16."""
    before = _begin(session, revision, Step.APPROVE, by=by, version=version, at=at)
    check_approval(judgement)
    publish(session, revision, at=at)
    decision = decide(
        session, revision, "approve", judgement, by=by, actor=Actor.CURATOR, at=at, before=before
    )
    tell_producer(session, decision, "listing_approved", by=by, at=at)
    return decision


def request_changes(
    session: Session, revision: Revision, judgement: Judgement, *, by: Person, version: int, at: datetime
) -> Decision:
    """The work goes back to its producer with reasons. Raises Incomplete without a code or a note."""
    before = _begin(session, revision, Step.REQUEST_CHANGES, by=by, version=version, at=at)
    check_request(judgement)
    set_status(revision, next_status(revision.status, Step.REQUEST_CHANGES, by=Actor.CURATOR))
    decision = decide(
        session, revision, "request_changes", judgement, by=by, actor=Actor.CURATOR, at=at, before=before
    )
    tell_producer(session, decision, "listing_changes_requested", by=by, at=at)
    return decision


def reject(
    session: Session, revision: Revision, judgement: Judgement, *, by: Person, version: int, at: datetime
) -> Decision:
    """The work is rejected; with an X code it is proposed to a second curator and nobody is told yet."""
    severe = is_severe(judgement.codes)
    step = Step.PROPOSE_REJECTION if severe else Step.REJECT
    before = _begin(session, revision, step, by=by, version=version, at=at)
    check_reason(judgement)
    set_status(revision, next_status(revision.status, step, by=Actor.CURATOR))
    decision = decide(
        session, revision, step.value, judgement, by=by, actor=Actor.CURATOR, at=at, before=before
    )
    if not severe:
        tell_producer(session, decision, "listing_rejected", by=by, at=at)
    return decision


def _begin(
    session: Session, revision: Revision, step: Step, *, by: Person, version: int, at: datetime
) -> dict[str, Any]:
    """Hold the rows, check who, what and whether the step leads on; what undoing brings back.

    Deciding about a free work claims it first; one that somebody else holds is refused.
    """
    hold(session, revision)
    may_curate(session, revision.listing.producer_id, by)
    expect(revision, version)
    free = revision.status == Status.SUBMITTED
    if free or (revision.status == Status.IN_REVIEW and revision.claimed_by_id != by.id):
        take(session, revision, by=by, at=at)
    next_status(revision.status, step, by=Actor.CURATOR)
    return snapshot(revision)
