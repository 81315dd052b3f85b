"""The kept counts of the catalogue: how many works stand behind a value, alone or beside another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import String, bindparam, cast, func, select
from sqlalchemy.orm import Session

from shop.models import CatalogueTally

Pair = tuple[str, str]
TALLY: Any = CatalogueTally.__table__
_LINE = TALLY.c.facet + "\t" + TALLY.c.value + "\t" + cast(TALLY.c.works, String)
#: All counts of a place as one text: handing over forty rows takes longer than finding them.
_TEXTS = select(TALLY.c.place, func.aggregate_strings(_LINE, "\n")).group_by(TALLY.c.place)
_OF_PLACE = _TEXTS.where(TALLY.c.place == bindparam("place"))
_OF_PLACES = _TEXTS.where(TALLY.c.place.in_(bindparam("places", expanding=True)))


def behind(place: str, facet: str, value: str) -> str:
    """The place of those works alone that have this value."""
    return f"{place}&{facet}={value}"


def kept(
    session: Session, place: str, facet: str = "", values: Iterable[str] = ()
) -> tuple[str, tuple[str, ...]]:
    """The counts of the whole shop or of a craft, and those of its works alone that have one of the values of a facet:
    as texts for `read`. One statement.
    """
    places = [place, *(behind(place, facet, value) for value in values)]
    asked = (_OF_PLACES, {"places": places}) if len(places) > 1 else (_OF_PLACE, {"place": place})
    rows = session.connection().execute(*asked).all()
    found: dict[str, str] = dict(rows)
    return found.get(place, ""), tuple(found[where] for where in places[1:] if where in found)


def read(*texts: str) -> dict[Pair, int]:
    """Facet and value → works, added up over the texts."""
    counts: dict[Pair, int] = {}
    for line in (line for text in texts if text for line in text.split("\n")):
        name, value, works = line.split("\t")
        counts[name, value] = counts.get((name, value), 0) + int(works)
    return counts
