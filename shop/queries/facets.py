"""How many works stand behind every value of every filter, in one statement.

Without filters and words the kept tallies answer, at the same cost whatever the size. With them the works are counted,
each filter under all the others but not under itself, so that a count says what choosing that value would show.
"""

from __future__ import annotations

import operator
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from sqlalchemy import CTE, ColumnElement, String, case, cast, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from shop.domain.catalogue import LOW_PRICE_IDR
from shop.models import CatalogueEntry, CatalogueTally
from shop.queries.conditions import chosen, looked_at, place
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
    if hits is None and not filters.narrowed:
        found = _read(session.execute(_kept(filters.craft or "")).all())
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
    """One part for each filter: the value and its works. The works are walked once: those that miss one filter at
    most are noted with how many they met, which is all that the parts ask.
    """
    in_use = chosen(filters, facets)
    met = {name: case((condition, 1), else_=0) for name, condition in in_use.items()}
    all_met: ColumnElement[int] = reduce(operator.add, met.values(), literal(0))
    noted = (
        select(
            CatalogueEntry.price_idr,
            all_met.label("met"),
            *(flag.label(f"met_{name}") for name, flag in met.items()),
            *(cast(looked_at(facet), String).label(facet.name) for facet in facets),
        )
        .where(*place(filters, hits), *([all_met >= len(met) - 1] if met else []))
        .cte("noted")
    )
    every = noted.c.met == len(met)

    def without(name: str) -> ColumnElement[bool]:
        return or_(every, noted.c[f"met_{name}"] == 0) if name in met else every

    parts = [_part("all", noted).where(every)]
    parts += [_part(f.source, noted, noted.c[f.name]).where(without(f.name)) for f in facets]
    low = _part(LOW_PRICE[0], noted, literal(LOW_PRICE[1]), grouped=False)
    parts.append(low.where(without("harga"), noted.c.price_idr < LOW_PRICE_IDR))
    if filters.priced:
        parts.append(_part("without:harga", noted).where(without("harga")))
    return parts


def _part(facet: str, source: CTE, column: Any = None, *, grouped: bool = True) -> Any:
    value = literal("") if column is None else func.coalesce(column, "")
    part = select(literal(facet), value, func.count()).select_from(source)
    return part.group_by(column) if column is not None and grouped else part


def _read(rows: Any) -> dict[Pair, int]:
    return {(facet, value): works for facet, value, works in rows}


def _counts(
    found: dict[Pair, int],
    whole: dict[Pair, int],
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
        place_works=whole.get(("all", ""), 0),
        place_makers=whole.get(("makers", ""), 0),
        low_price=found.get(LOW_PRICE, 0),
        behind=behind,
        without=without,
    )
