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
    """What to look up in the index: each word, the craft, and each filter under its name."""
    groups = {f"word {number}": word.terms for number, word in enumerate(question.words if question else ())}
    if filters.craft:
        groups["craft"] = frozenset({mark("craft", filters.craft)})
    for facet in facets:
        if values := stored(filters, facet):
            groups[facet.name] = frozenset(mark(facet.source, value) for value in values)
    prices = Prices(filters.price_from, filters.price_to) if filters.priced else None
    best = question.words if question and filters.order == BEST else ()
    return Wanted(groups, prices, tuple(word.title for word in best))
