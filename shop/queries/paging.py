"""Pages of a list: numbered to the fiftieth, from there on by where the last page ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, tuple_

from shop.domain.catalogue import order_cheap, order_dear
from shop.models import CatalogueEntry
from shop.queries.filters import LAST_NUMBERED_PAGE, PER_PAGE, Filters

ORDERS: dict[str, Any] = {
    "terbaru": CatalogueEntry.order_new,
    "termurah": CatalogueEntry.order_cheap,
    "termahal": CatalogueEntry.order_dear,
}


@dataclass(frozen=True)
class Place:
    """Where a cursor stands: the last work seen, by its value in the list's order and its id."""

    order: int
    listing_id: int

    def __str__(self) -> str:
        return f"{self.order}_{self.listing_id}"


def read_place(text: str) -> Place | None:
    """None for what no page of ours wrote."""
    order, _, listing_id = text.partition("_")
    if not listing_id.isdecimal() or not order.removeprefix("-").isdecimal() or len(text) > 40:
        return None
    place = Place(int(order), int(listing_id))
    return place if abs(place.order) < 1 << 62 and place.listing_id < 1 << 31 else None


def in_order(query: Select[Any], filters: Filters) -> Select[Any]:
    """Sorted, from where the page begins, one row more than a page holds. The order's value is `ordered`."""
    column = ORDERS[filters.order]
    begin = _begin(filters)
    if begin is not None:
        query = query.where(column >= begin)
    query = query.add_columns(column.label("ordered")).order_by(column, CatalogueEntry.listing_id)
    place = read_place(filters.after)
    if place is not None:
        last = tuple_(place.order, place.listing_id)
        query = query.where(tuple_(column, CatalogueEntry.listing_id) > last)
    else:
        query = query.offset((filters.page - 1) * PER_PAGE)
    return query.limit(PER_PAGE + 1)


def _begin(filters: Filters) -> int | None:
    """Where a list sorted by price begins when it has a price limit, so that nothing before it is walked through."""
    if filters.order == "termurah" and filters.price_from is not None:
        return order_cheap(filters.price_from, sold=False)
    if filters.order == "termahal" and filters.price_to is not None:
        return order_dear(filters.price_to, sold=False)
    return None


def next_page(filters: Filters, last: Place) -> Filters:
    """By number up to page 50, then after the last work of this one."""
    if not filters.after and filters.page < LAST_NUMBERED_PAGE:
        return replace(filters, page=filters.page + 1)
    return replace(filters, page=1, after=str(last))
