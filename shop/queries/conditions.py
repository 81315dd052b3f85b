"""Filters as conditions on catalogue entries."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CTE, ColumnElement, select

from shop.models import CatalogueEntry
from shop.queries.filters import Facet, Filters


def looked_at(facet: Facet) -> ColumnElement[Any]:
    """The column a filter looks at; filtered attributes are text inside the JSON column."""
    if facet.source.startswith("attribute:"):
        key = facet.source.removeprefix("attribute:")
        found: ColumnElement[Any] = CatalogueEntry.attributes[key].as_string()
        return found
    column = {"district": "district_code"}.get(facet.source, facet.source)
    return getattr(CatalogueEntry, column)  # type: ignore[no-any-return]


def conditions(
    filters: Filters,
    facets: tuple[Facet, ...],
    hits: CTE | None = None,
    *,
    but: str = "",
) -> list[ColumnElement[bool]]:
    """What must hold for a work to be in the list. `but` names one filter (or `harga`) to leave out of account."""
    found: list[ColumnElement[bool]] = []
    if filters.craft:
        found.append(CatalogueEntry.craft == filters.craft)
    if hits is not None:
        found.append(CatalogueEntry.listing_id.in_(select(hits.c.listing_id)))
    for facet in facets:
        chosen = filters.chosen.get(facet.name)
        if chosen and facet.name != but:
            stored = {value for name in chosen if (one := facet.option(name)) for value in one.stored}
            found.append(looked_at(facet).in_(sorted(stored)))
    if but != "harga":
        found += _price(filters)
    return found


def _price(filters: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.price_from is not None:
        found.append(CatalogueEntry.price_idr >= filters.price_from)
    if filters.price_to is not None:
        found.append(CatalogueEntry.price_idr <= filters.price_to)
    return found
