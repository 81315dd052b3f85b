"""The steps a demo work was led through, with the event each of them leaves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from shop.actions import events
from shop.actions.publishing import publish
from shop.demo.content import scores_of
from shop.demo.makers import TakePhoto
from shop.demo.people import Cast
from shop.domain.review import GATES, REASONS
from shop.domain.roles import Actor
from shop.models import Decision, Person, Revision


@dataclass
class Stage:
    """What the works are made with."""

    session: Session
    cast: Cast
    take_photo: TakePhoto
    at: datetime


def submit(stage: Stage, revision: Revision, chair: Person, at: datetime) -> None:
    revision.submitted_at, revision.submitted_by_id = at, chair.id
    move(stage, revision, "submit", chair, Actor.PRODUCER, at, "submitted")


def claim(stage: Stage, revision: Revision, curator: Person, at: datetime) -> None:
    revision.claimed_by_id, revision.claim_active_at = curator.id, at
    move(stage, revision, "claim", curator, Actor.CURATOR, at, "in_review")


def approve(stage: Stage, revision: Revision, curator: Person, at: datetime) -> None:
    claim(stage, revision, curator, at)
    _decide(stage, revision, curator, "approve", at + timedelta(minutes=9))
    before = revision.status
    publish(stage.session, revision, at=at + timedelta(minutes=9))
    log_step(
        stage,
        revision,
        "approve",
        curator,
        Actor.CURATOR,
        at + timedelta(minutes=9),
        before,
        "published",
    )


def send_back(
    stage: Stage, revision: Revision, curator: Person, at: datetime, kind: str, status: str, codes: str
) -> None:
    claim(stage, revision, curator, at)
    _decide(stage, revision, curator, kind, at + timedelta(minutes=7), codes.split())
    revision.leave_the_queue()
    move(stage, revision, kind, curator, Actor.CURATOR, at + timedelta(minutes=7), status)


def _decide(
    stage: Stage, revision: Revision, curator: Person, kind: str, at: datetime, codes: list[str] | None = None
) -> None:
    good = kind == "approve"
    decision = Decision(
        listing_id=revision.listing_id,
        revision_id=revision.id,
        curator_id=curator.id,
        kind=kind,
        at=at,
        gates=dict.fromkeys(GATES, True) if good else {},
        scores=scores_of(revision.id) if good else {},
        codes=codes or [],
        note="" if good else " ".join(REASONS[code].how_to for code in codes or []),
    )
    stage.session.add(decision)
    stage.session.flush()


def move(
    stage: Stage, revision: Revision, step: str, by: Person, actor: Actor, at: datetime, status: str
) -> None:
    """The revision and, as long as it was never approved, its listing go on to a status, with the event."""
    before, revision.status = revision.status, status
    listing = revision.listing
    if listing.live_revision_id is None:
        listing.status = status
    listing.changed_at = at
    stage.session.flush()
    log_step(stage, revision, step, by, actor, at, before, status)


def log_step(
    stage: Stage,
    revision: Revision,
    what: str,
    by: Person,
    actor: Actor,
    at: datetime,
    before: str | None,
    after: str,
) -> None:
    events.log(
        stage.session,
        what,
        by=by,
        actor=actor,
        at=at,
        listing=revision.listing,
        revision=revision,
        from_status=before,
        to_status=after,
    )
