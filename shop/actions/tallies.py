"""The counts behind filters and corrections, moved by what an entry was and what it is now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from shop.domain.catalogue import values_of
from shop.models import CatalogueEntry, CatalogueTally, SearchWord
from shop.queries.tallies import behind
from shop.search.entry_words import is_spelt

Key = tuple[str, str, str]
#: What the list of all works is filtered by; a craft's list by everything its works have.
OF_ALL = frozenset({"craft", "dye", "district", "standing", "price"})


def keys(entry: Mapping[str, Any]) -> list[Key]:
    """Every tally the entry counts in, for the whole shop and for its craft, alone and by twos."""
    values, craft = list(values_of(entry)), entry["craft"]
    of_craft = [one for one in values if one[0] != "craft"]
    found = [("", "all", ""), (craft, "all", "")]
    found += [("", facet, value) for facet, value in values]
    found += [(craft, facet, value) for facet, value in of_craft]
    found += _twos("", [one for one in values if one[0] in OF_ALL])
    found += _twos(craft, of_craft)
    return found


def _twos(place: str, values: list[tuple[str, str]]) -> Iterator[Key]:
    for facet, value in values:
        if facet != "price":
            beside = behind(place, facet, value)
            yield from ((beside, other, found) for other, found in values if other != facet)


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
    rows = [{"word": word, "letters": len(word), "works": by} for word, by in sorted(changes.items()) if by]
    _add(session, SearchWord, ["word"], rows)


def _add(session: Session, model: Any, key: list[str], rows: list[dict[str, Any]]) -> None:
    """Add to the counts that are there, begin the others; what comes to nothing goes."""
    if not rows:
        return
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(model)
    added = statement.on_conflict_do_update(
        index_elements=key, set_={"works": model.works + statement.excluded.works}
    )
    session.execute(added, rows)
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
