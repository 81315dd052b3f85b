"""The demo's works: what they are, from works.csv. Their lives stand in lives.py."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from shop.demo.content import attributes_of, care_of, describe
from shop.demo.lives import STATES
from shop.demo.pictures import PictureName
from shop.demo.stage import Stage, log_step, submit
from shop.domain.craft import Craft, required_slots
from shop.domain.roles import Actor
from shop.models import Listing, Person, Producer, Revision, RevisionPhoto

FILE = Path(__file__).parent / "works.csv"
SPREAD_DAYS = 180


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
    submit(stage, revision, chair, begun + timedelta(hours=1))
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
    log_step(stage, revision, "start", chair, Actor.PRODUCER, at, None, "draft")
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
