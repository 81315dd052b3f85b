"""The kept counts of the catalogue: how many works stand behind a value, alone or beside another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from shop.models import CatalogueTally

Pair = tuple[str, str]
TALLY: Any = CatalogueTally.__table__
_OF_PLACES = select(TALLY.c.place, TALLY.c.facet, TALLY.c.value, TALLY.c.works).where(
    TALLY.c.place.in_(bindparam("places", expanding=True))
)


def behind(place: str, facet: str, value: str) -> str:
    """The place of those works alone that have this value."""
    return f"{place}&{facet}={value}"


def kept(session: Session, place: str, facet: str = "", values: Iterable[str] = ()) -> list[dict[Pair, int]]:
    """Facet and value → works: of the whole shop or of a craft; and of those works alone that have one of the values
    of a facet. One statement.
    """
    places = [place, *(behind(place, facet, value) for value in values)]
    found: list[dict[Pair, int]] = [{}, {}]
    for where, name, value, works in session.execute(_OF_PLACES, {"places": places}).all():
        counts = found[where != place]
        counts[name, value] = counts.get((name, value), 0) + works
    return found
