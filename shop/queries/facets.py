"""How many works stand behind every value of every filter, in one statement.

Without filters and words the kept tallies answer, at the same cost whatever the size. With them the works are counted,
each filter under all the others but not under itself, so that a count says what choosing that value would show.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import CTE, String, cast, func, literal, select, union_all
from sqlalchemy.orm import Session

from shop.domain.catalogue import LOW_PRICE_IDR
from shop.models import CatalogueEntry, CatalogueTally
from shop.queries.conditions import conditions, looked_at
from shop.queries.filters import Facet, Filters

LOW_PRICE = ("price", "low")
Pair = tuple[str, str]


@dataclass(frozen=True)
class Counts:
    """`total` works match; the page's place holds `place_works` by `place_makers` makers in all.

    `behind` maps (facet, option) to works; `without` maps a filter's name to the works left if it alone were
    dropped; `low_price` counts works below the promoted price.
    """

    total: int
    place_works: int
    place_makers: int
    low_price: int
    behind: dict[Pair, int] = field(default_factory=dict)
    without: dict[str, int] = field(default_factory=dict)

    def of(self, facet: Facet, value: str) -> int:
        return self.behind.get((facet.name, value), 0)


def counts(session: Session, filters: Filters, facets: tuple[Facet, ...], hits: CTE | None = None) -> Counts:
    """The counts of a list. One statement."""
    place = _kept(filters.craft or "")
    if hits is None and not filters.narrowed:
        found = _read(session.execute(place).all())
        return _counts(found, found, facets, total=found.get(("all", ""), 0))
    counted = _counted(filters, facets, hits)
    of_place = select(
        (literal("place:") + CatalogueTally.facet).label("facet"), CatalogueTally.value, CatalogueTally.works
    ).where(
        CatalogueTally.place == (filters.craft or ""),
        CatalogueTally.facet.in_(["all", "makers"]),
    )
    found = _read(session.execute(union_all(of_place, *counted)).all())
    kept = {("all", ""): found.get(("place:all", ""), 0), ("makers", ""): found.get(("place:makers", ""), 0)}
    return _counts(found, kept, facets, total=found.get(("all", ""), 0), filters=filters)


def _kept(place: str) -> Any:
    return select(CatalogueTally.facet, CatalogueTally.value, CatalogueTally.works).where(
        CatalogueTally.place == place
    )


def _counted(filters: Filters, facets: tuple[Facet, ...], hits: CTE | None) -> list[Any]:
    """One part for each filter: the value and its works."""
    free = [facet for facet in facets if not filters.chosen.get(facet.name)]
    narrowed = (
        select(CatalogueEntry.price_idr, *(cast(looked_at(f), String).label(f.name) for f in free))
        .where(*conditions(filters, facets, hits))
        .cte("narrowed")
    )
    parts = [_part("all", narrowed, None), *(_part(f.source, narrowed, narrowed.c[f.name]) for f in free)]
    for facet in facets:
        if filters.chosen.get(facet.name):
            own = (
                select(cast(looked_at(facet), String).label("value"))
                .where(*conditions(filters, facets, hits, but=facet.name))
                .subquery()
            )
            parts.append(_part(facet.source, own, own.c.value))
    any_price = (
        select(CatalogueEntry.price_idr).where(*conditions(filters, facets, hits, but="harga")).subquery()
    )
    low = select(literal("price"), literal("low"), func.count()).select_from(any_price)
    parts.append(low.where(any_price.c.price_idr < LOW_PRICE_IDR))
    if filters.priced:
        parts.append(_part("without:harga", any_price, None))
    return parts


def _part(facet: str, source: Any, column: Any) -> Any:
    value = literal("") if column is None else func.coalesce(column, "")
    part = select(literal(facet), value, func.count()).select_from(source)
    return part if column is None else part.group_by(column)


def _read(rows: Any) -> dict[Pair, int]:
    return {(facet, value): works for facet, value, works in rows}


def _counts(
    found: dict[Pair, int],
    place: dict[Pair, int],
    facets: tuple[Facet, ...],
    *,
    total: int,
    filters: Filters | None = None,
) -> Counts:
    behind = {
        (facet.name, option.value): sum(found.get((facet.source, stored), 0) for stored in option.stored)
        for facet in facets
        for option in facet.options
    }
    without = {}
    for facet in facets:
        if filters is not None and filters.chosen.get(facet.name):
            without[facet.name] = sum(works for (source, _), works in found.items() if source == facet.source)
    if ("without:harga", "") in found:
        without["harga"] = found["without:harga", ""]
    return Counts(
        total=total,
        place_works=place.get(("all", ""), 0),
        place_makers=place.get(("makers", ""), 0),
        low_price=found.get(LOW_PRICE, 0),
        behind=behind,
        without=without,
    )
