"""In a process of its own with the shop's settings: looks works up in every way, a few hundred times each."""

from __future__ import annotations

import json
import random
import string
import sys
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select

from bench import inside
from shop import database
from shop.app import create_app
from shop.blueprints.catalogue.door import districts, thesaurus
from shop.domain.catalogue import SOLD
from shop.extensions import db, the_shop
from shop.models import CatalogueEntry
from shop.queries.asking import ask, suggestions
from shop.queries.catalogue import WorkList, work_list
from shop.queries.filters import facets_of, read

MANY = 300
Told = list[tuple[str, str]]


def look(craft: str | None, asked: dict[str, str]) -> WorkList:
    facets = facets_of(craft, the_shop().council.crafts, districts())
    filters = read(lambda name: [asked[name]] if name in asked else [], facets, craft)
    question = ask(db.session(), filters.words, thesaurus()).question if filters.words else None
    return work_list(db.session(), filters, facets, question)


def timed(do: Callable[[Any], object], cases: list[Any]) -> str:
    """The middle and the ninety-ninth of a hundred: on the clock, of the processor, in the database."""
    clock: list[float] = []
    processor: list[float] = []
    database: list[float] = []
    for case in [*cases[:10], *cases]:
        began, busy, before = time.perf_counter(), time.thread_time(), inside.spent
        do(case)
        clock.append(time.perf_counter() - began)
        processor.append(time.thread_time() - busy)
        database.append(inside.spent - before)
        db.session.rollback()
    parts = [_middle_and_worst(times[10:]) for times in (clock, processor, database)]
    return f"{parts[0]}   (processor {parts[1]}; in the database {parts[2]})"


def _middle_and_worst(times: list[float]) -> str:
    ordered = sorted(times)
    return f"{ordered[len(ordered) // 2] * 1e3:.2f}, {ordered[int(len(ordered) * 0.99)] * 1e3:.2f}"


def main() -> Told:
    chance, session = random.Random(7), db.session()
    last = session.scalar(select(func.max(CatalogueEntry.listing_id))) or 1
    columns = (CatalogueEntry.title_id, CatalogueEntry.village, CatalogueEntry.craft, CatalogueEntry.words)
    found = [
        session.execute(
            select(*columns)
            .where(CatalogueEntry.listing_id >= chance.randrange(last), CatalogueEntry.standing != SOLD)
            .order_by(CatalogueEntry.listing_id)
            .limit(1)
        ).one()
        for _ in range(MANY)
    ]

    def pages(craft: bool, **asked: str) -> str:
        return timed(lambda row: look(row.craft if craft else None, asked), found)

    three = [" ".join(chance.sample(row.words.split(), 3)) for row in found]
    told = [
        ("craft", pages(True)),
        ("craft, page 50", pages(True, hal="50")),
        ("craft, one filter", pages(True, ada="siap")),
        ("craft, two filters", pages(True, ada="siap", kec="raimanuk")),
        ("craft, two filters and a price", pages(True, ada="siap", kec="raimanuk", sampai="500000")),
        ("all, two filters", pages(False, ada="siap", pewarna="alami")),
        ("search: three words of a work", timed(lambda words: look(None, {"q": words}), three)),
        ("search: three words of a work, filter",
         timed(lambda words: look(None, {"q": words, "ada": "siap"}), three)),
        ("search: three words, two filters, cheapest first",
         timed(lambda words: look(None, {"q": words, "ada": "siap", "pewarna": "alami", "urut": "termurah"}), three)),
        ("search: title, filter, cheapest first",
         timed(lambda row: look(None, {"q": row.title_id, "ada": "siap", "urut": "termurah"}), found)),
        ("search: one common word", pages(False, q="tais")),
        ("search: one common word, filter", pages(False, q="tais", ada="siap")),
        ("suggestion", timed(lambda row: suggestions(session, row.title_id[:3]), found)),
    ]  # fmt: skip
    return [*told, ("a letter wrong in the longest word: right work first", _misspelt(chance, found))]


def _misspelt(chance: random.Random, found: list[Any]) -> str:
    right = tried = 0
    for row in found:
        words = row.title_id.split()
        longest = max(words, key=len)
        place = chance.randrange(1, len(longest))
        slip = longest[:place] + chance.choice(string.ascii_lowercase) + longest[place + 1 :]
        if len(longest) >= 5 and slip != longest:
            works = look(
                None, {"q": " ".join([*(slip if w == longest else w for w in words), row.village])}
            ).works
            tried += 1
            right += bool(works) and works[0].title_id == row.title_id
    return f"{right} of {tried}"


if __name__ == "__main__":
    with create_app().app_context():
        database.will_read()
        inside.listen(db.engine)
        json.dump(main(), sys.stdout)
