"""The demo's works, in every state of their life, with the history that led there."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from shop.actions import events
from shop.actions.catalogue import refresh
from shop.actions.publishing import publish
from shop.demo.content import attributes_of, care_of, describe, scores_of
from shop.demo.makers import TakePhoto
from shop.demo.people import Cast
from shop.demo.pictures import PictureName
from shop.domain.craft import Craft, required_slots
from shop.domain.review import GATES, REASONS
from shop.domain.roles import Actor
from shop.models import Appeal, Decision, Listing, Person, Producer, Revision, RevisionPhoto

FILE = Path(__file__).parent / "works.csv"
SPREAD_DAYS = 180


@dataclass
class Stage:
    """What the works are made with."""

    session: Session
    cast: Cast
    take_photo: TakePhoto
    at: datetime


def read_works() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def pictures_of(row: dict[str, str]) -> dict[str, PictureName]:
    """The picture for each required slot of a work."""
    return {
        slot.key: PictureName(row["picture"], slot.key, row["variant"])
        for slot in required_slots(row["craft"])
    }


def make_works(stage: Stage, rows: list[dict[str, str]], makers: dict[str, Producer]) -> list[Listing]:
    """Every work, in the order of the file."""
    return [_work(stage, row, makers[row["maker"]], number, len(rows)) for number, row in enumerate(rows)]


def _work(stage: Stage, row: dict[str, str], producer: Producer, number: int, many: int) -> Listing:
    chair, curator = stage.cast.chairs[producer.name], stage.cast.curators[number % 3]
    state, _, detail = row["state"].partition(":")
    begun = stage.at - timedelta(days=SPREAD_DAYS * ((number * 37) % many) / many + 4, hours=number % 9)
    listing = _draft(stage, row, producer, chair, begun)
    revision = listing.revisions[0]
    if state == "draft":
        return listing
    if state in ("submitted", "in_review"):
        begun = stage.at - timedelta(days=int(detail), hours=2)
    _submit(stage, revision, chair, begun + timedelta(hours=1))
    STATES[state](stage, revision, chair, curator, begun + timedelta(hours=30), detail)
    return listing


def _draft(stage: Stage, row: dict[str, str], producer: Producer, chair: Person, at: datetime) -> Listing:
    listing = Listing(
        producer=producer,
        availability=row["availability"],
        stock=int(row["stock"]),
        lead_time_days=_number(row["lead_time_days"]),
        price_kind=row["price_kind"],
        price_idr=_number(row["price_idr"]),
        size_limits=_limits(row),
        created_at=at,
        changed_at=at,
    )
    stage.session.add(listing)
    stage.session.flush()
    revision = Revision(
        listing=listing, number=1, created_at=at, saved_at=at, created_by_id=chair.id, **_content(row)
    )
    stage.session.add(revision)
    stage.session.flush()
    pictures = pictures_of(row)
    revision.photos = [
        RevisionPhoto(
            photo=stage.take_photo(pictures[slot.key], producer, chair),
            slot=slot.key,
            position=position,
            alt_id=f"{row['title_id']}: {slot.label.lower()}",
            alt_en=row["title_en"],
        )
        for position, slot in enumerate(required_slots(row["craft"]))
    ]
    stage.session.flush()
    _log(stage, revision, "listing.start", chair, Actor.PRODUCER, at, None, "draft")
    return listing


def _content(row: dict[str, str]) -> dict[str, Any]:
    weight = int(row["weight_g"])
    length, width = int(row["length_cm"]), int(row["width_cm"])
    height = _number(row["height_cm"])
    cloth = row["craft"] == Craft.WEAVING
    folded = cloth or row["kind"] == "tikar"
    return {
        **{
            key: row[key]
            for key in ("title_id", "title_en", "craft", "kind", "technique", "material", "price_kind")
        },
        **describe(row),
        "price_idr": _number(row["price_idr"]),
        "dye": row["dye"] or None,
        "dye_plants": "mengkudu, loba, tarum" if row["dye"] == "natural" and cloth else "",
        "motif_name": "Geometris sederhana" if cloth and row["technique"] != "soru" else "",
        "motif_source": "penenun" if cloth and row["technique"] != "soru" else "",
        "length_cm": length,
        "width_cm": width,
        "height_cm": height,
        "weight_g": weight + max(100, weight // 10),
        "packed_length_cm": 35 if folded else length + 6,
        "packed_width_cm": 30 if folded else width + 6,
        "packed_height_cm": 8 if folded else (height or 5) + 6,
        "care": care_of(row["craft"]),
        "attributes": attributes_of(row),
    }


def _limits(row: dict[str, str]) -> dict[str, list[int]]:
    """Made-to-order furniture may be asked for within a third of its size."""
    if row["availability"] != "made_to_order" or row["craft"] != Craft.FURNITURE:
        return {}
    sides = ("length_cm", "width_cm", "height_cm")
    return {side: [int(row[side]) * 2 // 3, int(row[side]) * 4 // 3] for side in sides if row[side]}


def _number(text: str) -> int | None:
    return int(text) if text else None


def _submit(stage: Stage, revision: Revision, chair: Person, at: datetime) -> None:
    revision.submitted_at, revision.submitted_by_id = at, chair.id
    _move(stage, revision, "submit", chair, Actor.PRODUCER, at, "submitted")


def _claim(stage: Stage, revision: Revision, curator: Person, at: datetime) -> None:
    revision.claimed_by_id, revision.claim_active_at = curator.id, at
    _move(stage, revision, "claim", curator, Actor.CURATOR, at, "in_review")


def _approve(stage: Stage, revision: Revision, curator: Person, at: datetime) -> None:
    _claim(stage, revision, curator, at)
    _decide(stage, revision, curator, "approve", at + timedelta(minutes=9))
    before = revision.status
    publish(stage.session, revision, at=at + timedelta(minutes=9))
    _log(
        stage,
        revision,
        "listing.approve",
        curator,
        Actor.CURATOR,
        at + timedelta(minutes=9),
        before,
        "published",
    )


def _send_back(
    stage: Stage, revision: Revision, curator: Person, at: datetime, kind: str, status: str, codes: str
) -> None:
    _claim(stage, revision, curator, at)
    _decide(stage, revision, curator, kind, at + timedelta(minutes=7), codes.split())
    revision.claimed_by_id = revision.claim_active_at = None
    _move(stage, revision, kind, curator, Actor.CURATOR, at + timedelta(minutes=7), status)


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


def _move(
    stage: Stage, revision: Revision, step: str, by: Person, actor: Actor, at: datetime, status: str
) -> None:
    """The revision and, as long as it was never approved, its listing go on to a status, with the event."""
    before, revision.status = revision.status, status
    listing = revision.listing
    if listing.live_revision_id is None:
        listing.status = status
    listing.changed_at = at
    stage.session.flush()
    _log(stage, revision, f"listing.{step}", by, actor, at, before, status)


def _log(
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


def _published(
    stage: Stage, revision: Revision, _chair: Person, curator: Person, at: datetime, _detail: str
) -> None:
    _approve(stage, revision, curator, at)


def _sold(
    stage: Stage, revision: Revision, chair: Person, curator: Person, at: datetime, _detail: str
) -> None:
    _approve(stage, revision, curator, at)
    _log(
        stage,
        revision,
        "listing.stock",
        chair,
        Actor.PRODUCER,
        at + timedelta(days=3),
        "published",
        "published",
    )


def _submitted(*_everything: object) -> None:
    """It waits."""


def _in_review(
    stage: Stage, revision: Revision, _chair: Person, curator: Person, _at: datetime, _detail: str
) -> None:
    _claim(stage, revision, curator, stage.at - timedelta(minutes=6))


def _changes(
    stage: Stage, revision: Revision, _chair: Person, curator: Person, at: datetime, codes: str
) -> None:
    _send_back(stage, revision, curator, at, "request_changes", "changes_requested", codes)


def _rejected(
    stage: Stage, revision: Revision, _chair: Person, curator: Person, at: datetime, codes: str
) -> None:
    _send_back(stage, revision, curator, at, "reject", "rejected", codes)


def _proposed(
    stage: Stage, revision: Revision, _chair: Person, curator: Person, _at: datetime, codes: str
) -> None:
    at = stage.at - timedelta(days=1)
    _send_back(stage, revision, curator, at, "propose_rejection", "rejection_proposed", codes)


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
    _move(stage, revision, "appeal", chair, Actor.PRODUCER, at, "appealed")


def _hidden_by_producer(
    stage: Stage, revision: Revision, chair: Person, curator: Person, at: datetime, _detail: str
) -> None:
    _approve(stage, revision, curator, at)
    _aside(stage, revision, "hide", chair, Actor.PRODUCER, "hidden_by_producer")


def _hidden_by_curator(
    stage: Stage, revision: Revision, _chair: Person, curator: Person, at: datetime, _detail: str
) -> None:
    _approve(stage, revision, curator, at)
    _aside(stage, revision, "take_down", curator, Actor.CURATOR, "hidden_by_curator")


def _archived(
    stage: Stage, revision: Revision, chair: Person, curator: Person, at: datetime, _detail: str
) -> None:
    _approve(stage, revision, curator, at)
    _aside(stage, revision, "archive", chair, Actor.PRODUCER, "archived")


def _aside(stage: Stage, revision: Revision, step: str, by: Person, actor: Actor, status: str) -> None:
    listing = revision.listing
    before, listing.status = listing.status, status
    stage.session.flush()
    refresh(stage.session, listing)
    _log(stage, revision, f"listing.{step}", by, actor, stage.at - timedelta(days=2), before, status)


def _revision(
    stage: Stage, revision: Revision, chair: Person, curator: Person, at: datetime, what: str
) -> None:
    """A live work with a revision waiting for the curators."""
    _approve(stage, revision, curator, at)
    when = stage.at - timedelta(days=4)
    copied = {
        column.key: getattr(revision, column.key)
        for column in Revision.__table__.columns
        if column.key not in NOT_COPIED
    }
    new = Revision(
        listing=revision.listing, number=2, created_at=when, saved_at=when, created_by_id=chair.id, **copied
    )
    if what == "price" and new.price_idr:
        new.price_idr = new.price_idr * 132 // 100 // 1000 * 1000
    if what == "text":
        new.description_id += " Benangnya kami pintal sendiri dari kapas pinggir ladang."
        new.story = "Kapas dipetik bulan Agustus, dipintal, lalu ditenun selama musim hujan."
    new.photos = [
        RevisionPhoto(photo=p.photo, slot=p.slot, position=p.position, alt_id=p.alt_id, alt_en=p.alt_en)
        for p in (revision.photos[::-1] if what == "photo" else revision.photos)
    ]
    stage.session.add(new)
    stage.session.flush()
    _submit(stage, new, chair, when)


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
        "approved_at",
        "appealed_at",
        "closed_at",
        "version",
    ]
)
STATES = {
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
