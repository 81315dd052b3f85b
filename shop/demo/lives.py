"""How the demo's works came to where they are: one small function for each state, history included."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from shop.actions.catalogue import refresh
from shop.demo.stage import Stage, approve, claim, log_step, move, send_back, submit
from shop.domain.roles import Actor
from shop.models import Appeal, Person, Revision, RevisionPhoto


def _published(
    stage: Stage, revision: Revision, _chair: Person, curator: Person, at: datetime, _detail: str
) -> None:
    approve(stage, revision, curator, at)


def _sold(
    stage: Stage, revision: Revision, chair: Person, curator: Person, at: datetime, _detail: str
) -> None:
    approve(stage, revision, curator, at)
    log_step(
        stage,
        revision,
        "change_now",
        chair,
        Actor.PRODUCER,
        at + timedelta(days=3),
        "published",
        "published",
    )


def _submitted(
    _stage: Stage, _revision: Revision, _chair: Person, _curator: Person, _at: datetime, _detail: str
) -> None:
    """It waits."""


def _in_review(
    stage: Stage, revision: Revision, _chair: Person, curator: Person, _at: datetime, _detail: str
) -> None:
    claim(stage, revision, curator, stage.at - timedelta(minutes=6))


def _changes(
    stage: Stage, revision: Revision, _chair: Person, curator: Person, at: datetime, codes: str
) -> None:
    send_back(stage, revision, curator, at, "request_changes", "changes_requested", codes)


def _rejected(
    stage: Stage, revision: Revision, _chair: Person, curator: Person, at: datetime, codes: str
) -> None:
    send_back(stage, revision, curator, at, "reject", "rejected", codes)


def _proposed(
    stage: Stage, revision: Revision, _chair: Person, curator: Person, _at: datetime, codes: str
) -> None:
    at = stage.at - timedelta(days=1)
    send_back(stage, revision, curator, at, "propose_rejection", "rejection_proposed", codes)


def _appealed(
    stage: Stage, revision: Revision, chair: Person, curator: Person, _at: datetime, codes: str
) -> None:
    _rejected(stage, revision, chair, curator, stage.at - timedelta(days=6), codes)
    at = stage.at - timedelta(days=2)
    revision.appealed_at = at
    stage.session.add(
        Appeal(
            listing_id=revision.listing_id,
            revision_id=revision.id,
            by_id=chair.id,
            text="Sambungannya sudah kami rekatkan ulang dan kami uji seminggu. Mohon dilihat kembali di galeri.",
            at=at,
        )
    )
    move(stage, revision, "appeal", chair, Actor.PRODUCER, at, "appealed")


def _hidden_by_producer(
    stage: Stage, revision: Revision, chair: Person, curator: Person, at: datetime, _detail: str
) -> None:
    approve(stage, revision, curator, at)
    _aside(stage, revision, "hide", chair, Actor.PRODUCER, "hidden_by_producer")


def _hidden_by_curator(
    stage: Stage, revision: Revision, _chair: Person, curator: Person, at: datetime, _detail: str
) -> None:
    approve(stage, revision, curator, at)
    _aside(stage, revision, "take_down", curator, Actor.CURATOR, "hidden_by_curator")


def _archived(
    stage: Stage, revision: Revision, chair: Person, curator: Person, at: datetime, _detail: str
) -> None:
    approve(stage, revision, curator, at)
    _aside(stage, revision, "archive", chair, Actor.PRODUCER, "archived")


def _aside(stage: Stage, revision: Revision, step: str, by: Person, actor: Actor, status: str) -> None:
    listing = revision.listing
    before, listing.status = listing.status, status
    stage.session.flush()
    refresh(stage.session, listing)
    log_step(stage, revision, step, by, actor, stage.at - timedelta(days=2), before, status)


def _revision(
    stage: Stage, revision: Revision, chair: Person, curator: Person, at: datetime, what: str
) -> None:
    """A live work with a revision waiting for the curators."""
    approve(stage, revision, curator, at)
    when = stage.at - timedelta(days=4)
    copied = {
        column.key: getattr(revision, column.key)
        for column in Revision.__table__.columns
        if column.key not in NOT_COPIED
    }
    new = Revision(
        listing=revision.listing, number=2, created_at=when, saved_at=when, created_by_id=chair.id, **copied
    )
    stage.session.add(new)
    if what == "price" and new.price_idr:
        new.price_idr = new.price_idr * 132 // 100 // 1000 * 1000
    if what == "text":
        new.description_id += " Benangnya kami pintal sendiri dari kapas pinggir ladang."
        new.story = "Kapas dipetik bulan Agustus, dipintal, lalu ditenun selama musim hujan."
    new.photos = [
        RevisionPhoto(photo=p.photo, slot=p.slot, position=p.position, alt_id=p.alt_id, alt_en=p.alt_en)
        for p in (revision.photos[::-1] if what == "photo" else revision.photos)
    ]
    stage.session.flush()
    submit(stage, new, chair, when)


NOT_COPIED = frozenset(
    [
        "id",
        "listing_id",
        "number",
        "status",
        "created_at",
        "created_by_id",
        "saved_at",
        "submitted_at",
        "submitted_by_id",
        "claimed_by_id",
        "claim_active_at",
        "assigned_to_id",
        "assigned_at",
        "approved_at",
        "appealed_at",
        "closed_at",
        "version",
    ]
)
STATES: dict[str, Callable[[Stage, Revision, Person, Person, datetime, str], None]] = {
    "published": _published,
    "sold": _sold,
    "submitted": _submitted,
    "in_review": _in_review,
    "changes": _changes,
    "rejected": _rejected,
    "rejection_proposed": _proposed,
    "appealed": _appealed,
    "hidden_by_producer": _hidden_by_producer,
    "hidden_by_curator": _hidden_by_curator,
    "archived": _archived,
    "revision": _revision,
}
