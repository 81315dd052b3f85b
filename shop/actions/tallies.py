"""The counts behind filters and corrections, moved by what an entry was and what it is now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from shop.domain.catalogue import LOW_PRICE_IDR
from shop.models import CatalogueEntry, CatalogueTally, SearchWord
from shop.search.entry_words import is_spelt

Key = tuple[str, str, str]
COUNTED = ("kind", "technique", "material", "dye", "standing")
BATCH = 500


def keys(entry: Mapping[str, Any]) -> list[Key]:
    """Every tally the entry counts in: for the whole shop and for its craft."""
    values = [(facet, entry[facet]) for facet in COUNTED if entry[facet]]
    values += [("district", entry["district_code"]), ("all", "")]
    values += [(f"attribute:{name}", value) for name, value in entry["attributes"].items()]
    if entry["price_idr"] is not None and entry["price_idr"] < LOW_PRICE_IDR:
        values.append(("price", "low"))
    whole = [("", facet, value) for facet, value in [*values, ("craft", entry["craft"])]]
    return whole + [(entry["craft"], facet, value) for facet, value in values]


def spelt(entry: Mapping[str, Any]) -> set[str]:
    return {word for word in entry["words"].split() if is_spelt(word)}


def move(session: Session, old: Iterable[Mapping[str, Any]], new: Iterable[Mapping[str, Any]]) -> None:
    """Take the old entries out of tallies and vocabulary and put the new ones in."""
    tally: Counter[Key] = Counter()
    vocabulary: Counter[str] = Counter()
    for entries, by in ((old, -1), (new, 1)):
        for entry in entries:
            for key in keys(entry):
                tally[key] += by
            for word in spelt(entry):
                vocabulary[word] += by
    add_tallies(session, tally)
    add_words(session, vocabulary)


def add_tallies(session: Session, changes: Mapping[Key, int]) -> None:
    rows = [
        {"place": place, "facet": facet, "value": value, "works": by}
        for (place, facet, value), by in sorted(changes.items())
        if by
    ]
    _add(session, CatalogueTally, ["place", "facet", "value"], rows)


def add_words(session: Session, changes: Mapping[str, int]) -> None:
    rows = [{"word": word, "works": by} for word, by in sorted(changes.items()) if by]
    _add(session, SearchWord, ["word"], rows)


def _add(session: Session, model: Any, key: list[str], rows: list[dict[str, Any]]) -> None:
    """Add to the counts that are there, begin the others; what comes to nothing goes."""
    if not rows:
        return
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    for begin in range(0, len(rows), BATCH):
        statement = insert(model).values(rows[begin : begin + BATCH])
        session.execute(
            statement.on_conflict_do_update(
                index_elements=key, set_={"works": model.works + statement.excluded.works}
            )
        )
    if any(row["works"] < 0 for row in rows):
        session.execute(delete(model).where(model.works <= 0))


def makers_of(session: Session, producer_ids: Iterable[int]) -> Counter[Key]:
    """How these producers stand in the tallies of makers now: once for the shop, once for each craft."""
    pairs = session.execute(
        select(CatalogueEntry.producer_id, CatalogueEntry.craft)
        .where(CatalogueEntry.producer_id.in_(sorted(producer_ids)))
        .distinct()
    ).all()
    found = Counter[Key]((craft, "makers", "") for _, craft in pairs)
    found["", "makers", ""] = len({producer_id for producer_id, _ in pairs})
    return found
