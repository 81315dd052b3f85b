"""Filters as columns of catalogue entries, and as marks of the index."""

from __future__ import annotations

from typing import Any

from shop.domain.catalogue import mark
from shop.queries.cards import ENTRY
from shop.queries.filters import BEST, Facet, Filters
from shop.search.lookup import PRICE
from shop.search.question import Question, Wanted
from shop.search.terms import Prices


def looked_at(source: str) -> Any:
    """The column a filter looks at; filtered attributes are text inside the JSON column."""
    if source.startswith("attribute:"):
        return ENTRY.c.attributes[source.removeprefix("attribute:")].as_string()
    return ENTRY.c[{"district": "district_code"}.get(source, source)]


def stored(filters: Filters, facet: Facet) -> list[str]:
    """The stored values a filter in use stands for; none for one that is not in use."""
    names = filters.chosen.get(facet.name, ())
    return sorted({value for name in names if (one := facet.option(name)) for value in one.stored})


def in_use(filters: Filters, facets: tuple[Facet, ...]) -> list[str]:
    """The names of the filters in use; the price is called `harga`."""
    found = [facet.name for facet in facets if filters.chosen.get(facet.name)]
    return [*found, PRICE] if filters.priced else found


def wanted(filters: Filters, facets: tuple[Facet, ...], question: Question | None) -> Wanted:
    """What to look up in the index: the words, the craft, and each filter under its name."""
    groups = dict[str, frozenset[str]]()
    if filters.craft:
        groups["craft"] = frozenset({mark("craft", filters.craft)})
    for facet in facets:
        if values := stored(filters, facet):
            groups[facet.name] = frozenset(mark(facet.source, value) for value in values)
    prices = Prices(filters.price_from, filters.price_to) if filters.priced else None
    words = question.words if question else ()
    return Wanted(words, groups, prices, by_title=bool(words) and filters.order == BEST)
