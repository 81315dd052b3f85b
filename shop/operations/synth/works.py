"""Invented works: the listing, its revision and photos, and the entry that buyers find, as publishing writes them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any

from shop.actions.entries import Entry, entry_of
from shop.domain.craft import (
    ATTRIBUTES,
    DYED,
    KINDS,
    MATERIALS,
    TECHNIQUES,
    AttributeType,
    Craft,
    required_slots,
)
from shop.operations.synth.loading import Loader
from shop.operations.synth.makers import PHOTOS_OF_ONE, Maker, Makers
from shop.operations.synth.phrases import CARE, ENGLISH, SAYINGS, STORIES, description, names, title
from shop.search.text import slug

Work = dict[str, Any]
DAYS = 1_000
PHOTOS = 2
MIDDLE_PRICE = {
    Craft.WEAVING: 700_000,
    Craft.FURNITURE: 2_400_000,
    Craft.POTTERY: 140_000,
    Craft.PLAITING: 120_000,
}
AVAILABILITIES = ("ready",) * 11 + ("one_of_a_kind",) * 5 + ("made_to_order",) * 4
PRICE_KINDS = ("fixed",) * 28 + ("from",) * 4 + ("on_request",)
DYES = ("natural", "natural", "synthetic", "synthetic", "mixed")
UNSEEN = (("draft", 0.01, 5_000), ("submitted", 0.005, 400))


def make_works(
    loader: Loader,
    makers: Makers,
    chance: Random,
    many: int,
    *,
    asked: Counter[int],
    at: datetime,
) -> Iterator[Work]:
    """So many published works, oldest first, and a few that are not shown; gives each of the former as it is made.

    `asked` says how many people ask about the how-maniest work.
    """
    listing_id, revision_id = loader.next_id("listing"), loader.next_id("revision")
    shot_id, of_names = loader.next_id("revision_photo"), names(chance, 3_000)
    for number in range(many):
        work = _work(
            chance,
            makers.pick(chance),
            of_names,
            at - timedelta(seconds=int(DAYS * 86_400 * (1 - number / many))),
            loader.moment,
        )
        work |= {"id": listing_id + number, "revision_id": revision_id + number, "status": "published"}
        work |= {"slug": f"{slug(work['title_id'])[:60]}-{work['id']}", "asked": asked[number]}
        _write(loader, work, shot_id + PHOTOS * number)
        yield work
    begin = many
    for status, share, most in UNSEEN:
        few = min(most, max(3, int(many * share)))
        for number in range(begin, begin + few):
            work = _work(
                chance, makers.pick(chance), of_names, at - timedelta(hours=number % 400), loader.moment
            )
            work |= {
                "id": listing_id + number,
                "revision_id": revision_id + number,
                "status": status,
                "slug": None,
            }
            _write(loader, work, shot_id + PHOTOS * number)
        begin += few


def _work(
    chance: Random, maker: Maker, of_names: list[str], at: datetime, moment: Callable[[datetime], Any]
) -> Work:
    craft = maker.craft
    kind = _skewed(chance, KINDS[craft])
    title_id, title_en = title(chance, craft, kind, of_names)
    availability = _by_share(chance, AVAILABILITIES)
    sold = availability != "made_to_order" and chance.random() < 0.15
    price = int(MIDDLE_PRICE[craft] * math.exp(chance.gauss(0, 0.7))) // 5_000 * 5_000 + 5_000
    price_kind = _by_share(chance, PRICE_KINDS)
    return {
        "maker": maker,
        "at": at,
        "moment": moment(at),
        "craft": craft,
        "kind": kind,
        "technique": _skewed(chance, TECHNIQUES[craft]),
        "material": _skewed(chance, MATERIALS[craft]),
        "dye": _by_share(chance, DYES) if craft in DYED else None,
        "attributes": _attributes(chance, craft),
        "title_id": title_id,
        "title_en": title_en if chance.random() < 0.8 else "",
        "description_id": description(chance, SAYINGS[craft]),
        "description_en": description(chance, ENGLISH[craft]),
        "availability": availability,
        "stock": 0 if sold else _stock(chance, availability),
        "lead_time_days": chance.choice((14, 21, 30, 45, 60)) if availability == "made_to_order" else None,
        "price_kind": price_kind,
        "price_idr": None if price_kind == "on_request" else price,
        "length_cm": chance.randrange(20, 220, 2),
        "width_cm": chance.randrange(15, 120, 2),
        "height_cm": None if craft is Craft.WEAVING else chance.randrange(10, 200, 2),
        "shots": _two_of(chance, PHOTOS_OF_ONE),
    }  # fmt: skip


def _stock(chance: Random, availability: str) -> int:
    return {"made_to_order": 0, "one_of_a_kind": 1}.get(availability, chance.randrange(1, 9))


def _by_share(chance: Random, values: tuple[str, ...]) -> str:
    return values[int(len(values) * chance.random())]


def _two_of(chance: Random, many: int) -> tuple[int, int]:
    """Two different numbers below `many`."""
    first = int(many * chance.random())
    return first, (first + 1 + int((many - 1) * chance.random())) % many


def _skewed(chance: Random, of: Any) -> str:
    """The first of them is commoner than the second, and so on."""
    keys: list[str] = list(of)
    return keys[int(len(keys) * chance.random() ** 1.7)]


def _attributes(chance: Random, craft: Craft) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for attribute in ATTRIBUTES[craft]:
        if attribute.choices:
            found[attribute.key] = _skewed(chance, attribute.choices)
        elif attribute.type is AttributeType.YES_NO:
            found[attribute.key] = chance.random() < 0.4
        elif attribute.type is AttributeType.NUMBER:
            found[attribute.key] = chance.choice((1, 2, 3, 6))
    return found


def _write(loader: Loader, work: Work, shot_id: int) -> None:
    moment, maker = work["moment"], work["maker"]
    published = work["status"] == "published"
    loader.add("listing", {
        **{name: work[name] for name in ("id", "slug", "status", "availability", "stock", "lead_time_days", "price_kind",
                                         "price_idr")},
        "producer_id": maker.id, "live_revision_id": work["revision_id"] if published else None, "created_at": moment,
        "changed_at": moment, "published_at": moment if published else None,
    })  # fmt: skip
    sent = work["status"] != "draft"
    loader.add("revision", {
        **{name: work[name] for name in ("status", "title_id", "title_en", "description_id", "description_en", "craft", "kind",
                                         "technique", "material", "dye", "attributes", "price_kind", "price_idr", "length_cm",
                                         "width_cm", "height_cm")},
        "id": work["revision_id"], "listing_id": work["id"], "number": 1, "care": CARE[work["craft"]],
        "story": STORIES[work["craft"]], "weight_g": 800, "packed_length_cm": 40, "packed_width_cm": 30, "packed_height_cm": 10,
        "created_at": moment, "created_by_id": maker.chair_id, "saved_at": moment, "submitted_at": moment if sent else None,
        "submitted_by_id": maker.chair_id if sent else None, "approved_at": moment if published else None,
    })  # fmt: skip
    for position, (slot, shot) in enumerate(zip(required_slots(work["craft"]), work["shots"], strict=False)):
        loader.add("revision_photo", {
            "id": shot_id + position, "revision_id": work["revision_id"], "photo_id": maker.first_photo + shot,
            "slot": slot.key, "position": position, "alt_id": f"{work['title_id']}: {slot.label.lower()}",
            "alt_en": work["title_en"],
        })  # fmt: skip


def entry(work: Work) -> Entry:
    """By the very function that publishing uses."""
    maker: Maker = work["maker"]
    slot = required_slots(work["craft"])[0]
    row: Any = SimpleNamespace(
        id=work["id"], producer_id=maker.id, slug=work["slug"], availability=work["availability"], stock=work["stock"],
        price_kind=work["price_kind"], price_idr=work["price_idr"], published_at=work["at"], asked=work["asked"],
        maker_district_code=maker.district, maker_village=maker.village, maker_name=maker.name, maker_slug=maker.slug,
        photo_photo_id=maker.first_photo + work["shots"][0], photo_alt_id=f"{work['title_id']}: {slot.label.lower()}",
        photo_alt_en=work["title_en"], photo_focal_x=500, photo_focal_y=500, live_story=STORIES[work["craft"]],
        live_dye_plants="", live_motif_name="",
        **{f"live_{name}": work[name] for name in ("craft", "kind", "technique", "material", "dye", "title_id", "title_en",
                                                   "description_id", "description_en", "length_cm", "width_cm", "height_cm",
                                                   "attributes")},
    )  # fmt: skip
    return entry_of(row)
