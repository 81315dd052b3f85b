"""Invented makers: a producer with its chair, its crafts and the photos its works share."""

from __future__ import annotations

import math
from bisect import bisect
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

from shop.council import Council
from shop.domain.craft import Craft
from shop.operations.synth.loading import Loader
from shop.operations.synth.phrases import CARE, GROUPS, names
from shop.search.text import slug

PHOTOS_OF_ONE = 6
SCATTER = 0x9E3779B97F4A7C15F39CC0605CEDC835  # names that look random, one for each number
WIDTHS = [160, 360, 480, 720, 1080, 1600]
#: As long as a real placeholder, so that pages weigh what they weigh.
PLACEHOLDER = "UklGRkoAAABXRUJQVlA4ID4AAADQAgCdASoQABQAPzmGuVOvKSWisAgB4CcJZQAAW9gA/uzZAAD+7n3Zv8mgAAAA" * 2
SHARES = {Craft.WEAVING: 0.4, Craft.PLAITING: 0.25, Craft.FURNITURE: 0.2, Craft.POTTERY: 0.15}


@dataclass(frozen=True, slots=True)
class Maker:
    """What its works need to know of it; photo ids run from `first_photo` on."""

    id: int
    chair_id: int
    name: str
    slug: str
    craft: Craft
    district: str
    village: str
    first_photo: int


class Makers:
    """All of them. A few have many works, most have few."""

    def __init__(self, made: list[Maker]) -> None:
        self.made = made
        self._reach = list(accumulate(1 / math.pow(place + 3, 0.75) for place in range(len(made))))

    def pick(self, chance: Random) -> Maker:
        return self.made[bisect(self._reach, chance.random() * self._reach[-1])]


def make_makers(
    loader: Loader, council: Council, chance: Random, many: int, *, hashed: str, at: datetime
) -> Makers:
    """Rows for so many makers, verified over the four years before `at`."""
    ids = {table: loader.next_id(table) for table in ("producer", "person", "member", "photo")}
    of_names, crafts = names(chance, 4_000), [craft for craft in SHARES if craft in council.crafts]
    made = []
    for number in range(many):
        craft = chance.choices(crafts, [SHARES[one] for one in crafts])[0]
        district = chance.choice(council.districts)
        name = f"{GROUPS[craft]} {chance.choice(of_names)} {chance.choice(of_names)}"
        maker = Maker(
            ids["producer"] + number,
            ids["person"] + number,
            name,
            f"{slug(name)}-{ids['producer'] + number}",
            craft,
            district.code,
            chance.choice(district.villages).name,
            ids["photo"] + number * PHOTOS_OF_ONE,
        )
        _write(
            loader,
            chance,
            maker,
            ids["member"] + number,
            hashed,
            at - timedelta(days=1_500 * (1 - number / many)),
        )
        made.append(maker)
    return Makers(made)


def _write(loader: Loader, chance: Random, maker: Maker, member_id: int, hashed: str, at: datetime) -> None:
    moment = loader.moment(at)
    loader.add("person", {
        "id": maker.chair_id, "name": f"Ketua {maker.name.split()[-1]}", "email": f"perajin{maker.id}@synth.test",
        "email_confirmed_at": moment, "password_hash": hashed, "created_at": moment,
    })  # fmt: skip
    loader.add("producer", {
        "id": maker.id, "slug": maker.slug, "name": maker.name, "status": "verified", "applied_at": moment,
        "kind": "workshop" if maker.craft is Craft.FURNITURE else "group", "district_code": maker.district,
        "village": maker.village, "since_year": at.year - chance.randrange(1, 15), "member_count": chance.randrange(2, 30),
        "speaker": f"Mama {maker.name.split()[-1]}", "quote_id": CARE[maker.craft] if maker.id % 7 == 0 else "",
        "story_id": f"Kami bekerja di {maker.village}.", "photo_id": maker.first_photo, "verified_at": moment,
    })  # fmt: skip
    loader.add("producer_craft", {"producer_id": maker.id, "craft": maker.craft})
    loader.add("member", {"id": member_id, "producer_id": maker.id, "person_id": maker.chair_id, "role": "chair",
                          "joined_at": moment})  # fmt: skip
    for number in range(PHOTOS_OF_ONE):
        name = f"{(maker.first_photo + number) * SCATTER % (1 << 128):032x}"
        loader.add("photo", {
            "id": maker.first_photo + number, "name": name, "producer_id": maker.id,
            "uploaded_by": f"person:{maker.chair_id}", "client_id": name, "sha256": name * 2, "original_key": "",
            "size_bytes": 2_400_000, "width_px": 1600, "height_px": 2000, "placeholder": PLACEHOLDER, "widths": WIDTHS,
            "state": "ready", "due_at": moment, "received_at": moment, "rendered_at": moment,
        })  # fmt: skip
