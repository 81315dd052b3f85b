"""The one door to whichever full-text index the database has. Both give the same works for the same question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from shop.search import postgresql, sqlite
from shop.search.question import Wanted

MOST_CANDIDATES = 1_000
#: What is read of a candidate. Ranking needs all of it, counting the marks alone.
ALL_OF_IT = (
    "entry.listing_id, entry.facets, entry.producer_id, entry.popularity, entry.title_words,"
    " entry.order_new, entry.{order}"
)
MARKS_ALONE = "entry.listing_id, entry.facets"
OF_PLACE = (
    "SELECT facet, works, '', 0, 0, '', 0, 0 FROM catalogue_tally"
    " WHERE place = :place AND facet IN ('all', 'makers', 'price')"
)


def candidates(
    session: Session, wanted: Sequence[Wanted], *, place: str | None = None, order: str = "order_new"
) -> dict[str, list[Any]]:
    """Name → the works that meet it, at most 1,001 of each, newest first: more than 1,000 means "and more".

    With a place all that ranking needs is read, and `all`, `makers` and `price` hold the counts of the whole place in the
    second column; without, id and marks alone. `order` is a column of ours, never what somebody typed. One statement.
    """
    engine = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    values: dict[str, Any] = {"place": place, "most": MOST_CANDIDATES + 1}
    parts = [] if place is None else [OF_PLACE]
    columns = MARKS_ALONE if place is None else ALL_OF_IT.format(order=order)
    for number, one in enumerate(wanted):
        values[f"question{number}"] = engine.question(one)
        found = engine.FOUND.format(question=f":question{number}") + _priced(one, number, values)
        newest = f"SELECT {columns} FROM {found} ORDER BY {engine.NEWEST_FIRST} LIMIT :most"  # noqa: S608
        parts.append(f"SELECT '{one.name}', each.* FROM ({newest}) AS each")  # noqa: S608
    found_of: dict[str, list[Any]] = {one.name: [] for one in wanted}
    if place is None:
        del values["place"]
    else:
        found_of |= {"all": [], "makers": [], "price": []}
    if parts:
        for row in session.execute(text(" UNION ALL ".join(parts)), values):
            found_of[row[0]].append(row)
    return found_of


def _priced(wanted: Wanted, number: int, values: dict[str, Any]) -> str:
    condition = ""
    for sign, price in ((">=", wanted.price_from), ("<=", wanted.price_to)):
        if price is not None:
            name = f"{'from' if sign == '>=' else 'to'}{number}"
            values[name] = price
            condition += f" AND entry.price_idr {sign} :{name}"
    return condition


def rebuild(session: Session) -> None:
    """Make the full-text index anew out of the words that stand in the entries."""
    statements = postgresql.REBUILD if session.get_bind().dialect.name == "postgresql" else sqlite.REBUILD
    for statement in statements:
        session.execute(text(statement))
