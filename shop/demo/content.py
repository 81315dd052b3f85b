"""Words, attributes and scores for the demo's works, made from their facts."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from shop.domain.craft import Craft
from shop.domain.review import SCORES

CARE = {
    Craft.WEAVING: "Cuci tangan dengan air dingin dan sabun lembut. Jemur di tempat teduh. Setrika dari sisi balik.",
    Craft.FURNITURE: "Lap dengan kain kering. Jauhkan dari air tergenang dan matahari langsung.",
    Craft.POTTERY: "Rendam air semalam sebelum dipakai pertama kali. Jangan kejutkan dengan air dingin saat panas.",
    Craft.PLAITING: "Simpan di tempat kering. Jemur sebentar bila lembap.",
}
STORY = {
    Craft.WEAVING: "Benang diikat, dicelup, dan dibuka beberapa kali sebelum naik ke alat tenun. Penenun bekerja pagi dan sore, di antara kebun dan dapur.",
    Craft.FURNITURE: "Kayu dipilih kering, dipotong, lalu setiap sambungan dicoba kering dahulu sebelum dikunci.",
    Craft.POTTERY: "Tanah diayak, diinjak, dibentuk, dikeringkan sekitar tiga hari, lalu dibakar di tempat terbuka.",
    Craft.PLAITING: "Daun dipetik muda, dijemur empat sampai lima hari, dibelah tipis, lalu dianyam.",
}
OPENING = {
    Craft.WEAVING: ("Kain tenun tangan", "Handwoven cloth"),
    Craft.FURNITURE: ("Dibuat di bengkel dari kayu pilihan", "Made in the workshop from chosen wood"),
    Craft.POTTERY: ("Dibentuk dengan tangan dari tanah setempat", "Shaped by hand from local clay"),
    Craft.PLAITING: ("Dianyam dari daun yang dijemur sendiri", "Plaited from leaves dried by the makers"),
}


def _seen() -> dict[str, tuple[str, str]]:
    """What each rendering shows, from the index beside them, in both languages."""
    with (Path(__file__).parent / "photos" / "INDEX.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["slot"] in ("utuh", "depan")]
    return {
        f"{row['craft']}-{row['work']}": (_sentence(row["alt_id"]), _sentence(row["alt_en"])) for row in rows
    }


def _sentence(alt: str) -> str:
    """`Tampak utuh: kain …` → `Kain …`."""
    words = alt.partition(": ")[2] or alt
    return words[:1].upper() + words[1:]


WORDS = _seen()
SIZE = (" Ukuran %s cm.", " Size %s cm.")
ATTRIBUTES: dict[str, dict[str, Any]] = {
    Craft.WEAVING: {"loom": "gedogan", "fringe": True},
    Craft.FURNITURE: {"drying": "angin", "finish": "minyak", "knock_down": False, "warranty_months": 12},
    Craft.POTTERY: {"firing": "terbuka", "watertight": False},
    Craft.PLAITING: {"treatment": "jemur", "lid": False},
}


def describe(row: dict[str, str]) -> dict[str, str]:
    """Description in both languages, and the story."""
    craft = Craft(row["craft"])
    size = " × ".join(row[side] for side in ("length_cm", "width_cm", "height_cm") if row[side])
    indonesian, english = OPENING[craft]
    made_to_order = row["availability"] == "made_to_order"
    seen = WORDS.get(row["picture"])
    if seen is not None and not row["variant"]:
        indonesian, english = seen
    return {
        "description_id": f"{indonesian}. {row['title_id']} ini"
        f" {'dibuat setelah dipesan' if made_to_order else 'sudah jadi'}.{SIZE[0] % size}",
        "description_en": f"{english}. {row['title_en']} is"
        f" {'made after you order' if made_to_order else 'finished and waiting'}.{SIZE[1] % size}",
        "story": STORY[craft],
    }


def care_of(craft: str) -> str:
    return CARE[Craft(craft)]


def attributes_of(row: dict[str, str]) -> dict[str, Any]:
    """The craft's typed facts, differing a little from work to work."""
    facts = dict(ATTRIBUTES[row["craft"]])
    odd = len(row["title_id"]) % 2 == 1
    if row["craft"] == Craft.WEAVING:
        facts["loom"] = "atbm" if row["material"] == "toko" and odd else "gedogan"
        facts["fringe"] = row["kind"] not in ("tas", "bantal")
    elif row["craft"] == Craft.FURNITURE:
        facts["drying"] = "oven" if odd else "angin"
        facts["finish"] = ("politur", "melamin", "minyak")[len(row["title_id"]) % 3]
        facts["knock_down"] = row["technique"] == "rakit" or row["kind"] == "tempat-tidur"
    elif row["craft"] == Craft.POTTERY:
        facts["firing"] = "tungku" if odd else "terbuka"
    else:
        facts["lid"] = row["kind"] in ("tanasak", "koba")
        facts["treatment"] = "asap" if odd else "jemur"
    return facts


def scores_of(number: int) -> dict[str, int]:
    """Passing scores: mostly twos and threes."""
    return {name: 3 if (number + place) % 3 else 2 for place, name in enumerate(SCORES)}
