"""Filters as conditions on catalogue entries."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CTE, ColumnElement, and_, select

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


def place(filters: Filters, hits: CTE | None = None) -> list[ColumnElement[bool]]:
    """The works a list is about before anything is chosen: a craft's, those that words found."""
    found: list[ColumnElement[bool]] = []
    if filters.craft:
        found.append(CatalogueEntry.craft == filters.craft)
    if hits is not None:
        found.append(CatalogueEntry.listing_id.in_(select(hits.c.listing_id)))
    return found


def chosen(filters: Filters, facets: tuple[Facet, ...]) -> dict[str, ColumnElement[bool]]:
    """One condition for every filter in use, by its name; the price stands under `harga`."""
    found: dict[str, ColumnElement[bool]] = {}
    for facet in facets:
        values = filters.chosen.get(facet.name)
        if values:
            stored = {value for name in values if (one := facet.option(name)) for value in one.stored}
            found[facet.name] = looked_at(facet).in_(sorted(stored))
    if filters.priced:
        found["harga"] = and_(*_price(filters))
    return found


def conditions(
    filters: Filters, facets: tuple[Facet, ...], hits: CTE | None = None
) -> list[ColumnElement[bool]]:
    """What must hold for a work to be in the list."""
    return [*place(filters, hits), *chosen(filters, facets).values()]


def _price(filters: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.price_from is not None:
        found.append(CatalogueEntry.price_idr >= filters.price_from)
    if filters.price_to is not None:
        found.append(CatalogueEntry.price_idr <= filters.price_to)
    return found
