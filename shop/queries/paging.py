"""Pages of a list: numbered to the fiftieth, from there on by where the last page ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, tuple_

from shop.domain.catalogue import order_cheap, order_dear
from shop.queries.cards import ENTRY, cards
from shop.queries.conditions import looked_at, stored
from shop.queries.filters import LAST_NUMBERED_PAGE, PER_PAGE, Facet, Filters

ORDERS: dict[str, Any] = {
    "terbaru": ENTRY.c.order_new,
    "termurah": ENTRY.c.order_cheap,
    "termahal": ENTRY.c.order_dear,
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


class Walk(NamedTuple):
    """What a walk along the index of an order asks for. Walks that differ in their values alone share a statement."""

    order: str
    of_craft: bool
    sources: tuple[str, ...]
    price_from: bool
    price_to: bool
    begins: bool
    after: bool


def walk(filters: Filters, facets: tuple[Facet, ...]) -> tuple[Select[Any], dict[str, Any]]:
    """One page of cards in their order and one more, with the value of that order as `ordered`; and its values."""
    values: dict[str, Any] = {"craft": filters.craft, "low": filters.price_from, "high": filters.price_to}
    sources: list[str] = []
    for facet in facets:
        if chosen := stored(filters, facet):
            values[f"of{len(sources)}"] = chosen
            sources.append(facet.source)
    begin, place = _begin(filters), read_place(filters.after)
    values |= {"begin": begin, "skipped": 0 if place else (filters.page - 1) * PER_PAGE}
    if place is not None:
        values |= {"last": place.order, "last_id": place.listing_id}
    asked = Walk(
        filters.order,
        filters.craft is not None,
        tuple(sources),
        filters.price_from is not None,
        filters.price_to is not None,
        begin is not None,
        place is not None,
    )
    return _statement(asked), {name: value for name, value in values.items() if value is not None}


@lru_cache(maxsize=256)
def _statement(asked: Walk) -> Select[Any]:
    """Put together once: that takes several times as long as the database needs to answer."""
    column = ORDERS[asked.order]
    query = cards(column.label("ordered")).order_by(column, ENTRY.c.listing_id).limit(PER_PAGE + 1)
    if asked.of_craft:
        query = query.where(ENTRY.c.craft == bindparam("craft"))
    for number, source in enumerate(asked.sources):
        query = query.where(looked_at(source).in_(bindparam(f"of{number}", expanding=True)))
    if asked.price_from:
        query = query.where(ENTRY.c.price_idr >= bindparam("low"))
    if asked.price_to:
        query = query.where(ENTRY.c.price_idr <= bindparam("high"))
    if asked.begins:
        query = query.where(column >= bindparam("begin"))
    if not asked.after:
        return query.offset(bindparam("skipped"))
    last = tuple_(bindparam("last", type_=column.type), bindparam("last_id", type_=ENTRY.c.listing_id.type))
    return query.where(tuple_(column, ENTRY.c.listing_id) > last)


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
