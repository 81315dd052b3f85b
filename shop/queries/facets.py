"""How many works stand behind every value of every filter.

Each filter is counted under all the others but not under itself, so that a count says what choosing that value would
show. Without filters, and with one alone, the kept tallies answer, exactly and at the same cost whatever the size.
With more, or with words, the candidates are counted, at most 1,000; where there are more, a value has no number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shop.domain.catalogue import mark
from shop.queries.conditions import PRICE, in_use, stored
from shop.queries.filters import Facet, Filters
from shop.queries.tallies import Pair
from shop.search.index import MOST_CANDIDATES

LOW_PRICE = ("price", "low")
ALL, MAKERS = ("all", ""), ("makers", "")


@dataclass(frozen=True)
class Counts:
    """`total` works match; the page's place holds `place_works` by `place_makers` makers in all.

    `behind` maps (facet, option) to works, None where that is not known; `without` maps a filter's name to the works
    left if it alone were dropped; `low_price` counts works below the promoted price. `capped`: there are more than
    `total`, and more than were looked at.
    """

    total: int
    place_works: int
    place_makers: int
    low_price: int | None
    behind: Mapping[Pair, int | None] = field(default_factory=dict)
    without: Mapping[str, int] = field(default_factory=dict)
    capped: bool = False

    def of(self, facet: Facet, value: str) -> int | None:
        return self.behind.get((facet.name, value), 0)


def from_tallies(
    filters: Filters, facets: tuple[Facet, ...], place: dict[Pair, int], narrowed: dict[Pair, int]
) -> Counts:
    """Out of the kept counts of the place, and of what one filter leaves of it."""
    one = next((facet for facet in facets if filters.chosen.get(facet.name)), None)
    inside = place if one is None else narrowed
    behind = {
        (facet.name, option.value): sum(
            (place if facet is one else inside).get((facet.source, value), 0) for value in option.stored
        )
        for facet in facets
        for option in facet.options
    }
    whole = place.get(ALL, 0)
    total = whole if one is None else sum(place.get((one.source, value), 0) for value in stored(filters, one))
    return Counts(
        total=total,
        place_works=whole,
        place_makers=place.get(MAKERS, 0),
        low_price=inside.get(LOW_PRICE, 0),
        behind=behind,
        without={} if one is None else {one.name: whole},
    )


def from_candidates(filters: Filters, facets: tuple[Facet, ...], found: Mapping[str, list[Any]]) -> Counts:
    """Out of the candidates: `main` meets everything, every other name all but that filter."""
    counted = {name: _Counted(rows) for name, rows in found.items() if name not in ("all", "makers", "price")}
    main, place = counted["main"], {name: rows[0][1] for name, rows in found.items() if rows}
    price = counted.get(PRICE) or (None if filters.priced else main)
    behind = {
        (facet.name, option.value): counted.get(facet.name, main).of(facet.source, option.stored)
        for facet in facets
        for option in facet.options
    }
    without = {
        name: counted[name].works if name in counted else place.get("all", 0)
        for name in in_use(filters, facets)
    }
    return Counts(
        total=main.works,
        place_works=place.get("all", 0),
        place_makers=place.get("makers", 0),
        low_price=price.of(*LOW) if price else place.get("price", 0),
        behind=behind,
        without=without,
        capped=main.capped,
    )


LOW = ("price", ("low",))


class _Counted:
    """The marks of candidates, counted; of more than 1,000 only whether a mark is there at all is told."""

    def __init__(self, rows: list[Any]) -> None:
        self.works = min(len(rows), MOST_CANDIDATES)
        self.capped = len(rows) > MOST_CANDIDATES
        self.marks: Counter[str] = Counter()
        for marks, works in Counter(row[2] for row in rows).items():
            for one in marks.split():
                self.marks[one] += works

    def of(self, source: str, values: tuple[str, ...]) -> int | None:
        """How many candidates have one of the values; None where there are more candidates than were counted."""
        return None if self.capped else sum(self.marks[mark(source, value)] for value in values)
