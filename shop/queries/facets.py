"""How many works stand behind every value of every filter.

Each filter is counted under all the others but not under itself, so that a count says what choosing that value would
show. Without filters, and with one alone, the kept tallies answer, exactly and at the same cost whatever the size.
With more, or with words, the candidates are counted, at most 1,000; where there are more, a value has no number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from shop.domain.letters import how_many
from shop.queries import tallies
from shop.queries.conditions import in_use, stored
from shop.queries.filters import Facet, Filters
from shop.queries.tallies import Pair
from shop.search.lookup import MOST_CANDIDATES, PRICE, Found

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
    filters: Filters, facets: tuple[Facet, ...], place: str, narrowed: tuple[str, ...]
) -> Counts:
    """Out of the kept counts of the place, and of what one filter leaves of it, as `tallies.kept` has them."""
    one = next((facet for facet in facets if filters.chosen.get(facet.name)), None)
    return _tallied(facets, one, tuple(stored(filters, one)) if one else (), place, narrowed)


@lru_cache(maxsize=64)
def _tallied(
    facets: tuple[Facet, ...],
    one: Facet | None,
    values: tuple[str, ...],
    place: str,
    narrowed: tuple[str, ...],
) -> Counts:
    """Equal texts say the same: until a count changes, they are read once."""
    whole, left = tallies.read(place), tallies.read(*narrowed)
    inside = whole if one is None else left
    behind: dict[Pair, int | None] = {}
    for counts, counted in ((inside, [f for f in facets if f is not one]), (whole, [one] if one else [])):
        names = _names(tuple(counted))
        for kept, works in counts.items():
            for name in names.get(kept, ()):
                behind[name] = (behind.get(name) or 0) + works
    works = whole.get(ALL, 0)
    return Counts(
        total=works if one is None else sum(whole.get((one.source, value), 0) for value in values),
        place_works=works,
        place_makers=whole.get(MAKERS, 0),
        low_price=inside.get(LOW_PRICE, 0),
        behind=behind,
        without={} if one is None else {one.name: works},
    )


@lru_cache(maxsize=256)
def _names(facets: tuple[Facet, ...]) -> dict[Pair, list[Pair]]:
    """Source and stored value, as counts are kept → facet and options, as pages show them."""
    found: dict[Pair, list[Pair]] = {}
    for facet in facets:
        for option in facet.options:
            for value in option.stored:
                found.setdefault((facet.source, value), []).append((facet.name, option.value))
    return found


def from_candidates(
    filters: Filters, facets: tuple[Facet, ...], found: Found, letters: Mapping[str, str]
) -> Counts:
    """Out of the candidates, by their letters: under no name of those that meet everything, under the name of a filter
    of those that meet all but it. Of more than 1,000 nothing is counted.
    """

    def count(name: str, source: str, values: tuple[str, ...]) -> int | None:
        whole = name not in found.without
        meeting = found.main if whole else found.without[name]
        return (
            None if meeting.more else how_many(letters["" if whole else name], source, values, filters.craft)
        )

    price = PRICE if PRICE in found.without else "" if not filters.priced else None
    return Counts(
        total=min(found.main.many, MOST_CANDIDATES),
        place_works=found.place.get("all", 0),
        place_makers=found.place.get("makers", 0),
        low_price=found.place.get("price", 0) if price is None else count(price, *LOW),
        behind={
            (facet.name, option.value): count(facet.name, facet.source, option.stored)
            for facet in facets
            for option in facet.options
        },
        without={
            name: min(found.without[name].many, MOST_CANDIDATES)
            if name in found.without
            else found.place.get("all", 0)
            for name in in_use(filters, facets)
        },
        capped=found.main.more,
    )


LOW = ("price", ("low",))
