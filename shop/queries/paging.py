"""Pages of a list: numbered to the fiftieth, from there on by where the last page ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, select, tuple_

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


def skipped(filters: Filters) -> int:
    """How many works stand before the page: none behind a cursor, which says itself where it begins."""
    return 0 if read_place(filters.after) else (filters.page - 1) * PER_PAGE


class Walk(NamedTuple):
    """What a walk along the index of an order asks for. Walks that differ in their values alone share a statement."""

    order: str
    of_craft: bool
    sources: tuple[str, ...]
    price_from: bool
    price_to: bool
    begins: bool
    after: bool
    skips: bool


def walk(filters: Filters, facets: tuple[Facet, ...]) -> tuple[Select[Any], dict[str, Any]]:
    """One page of cards in their order and one more, with the value of that order as `ordered`; and its values."""
    values: dict[str, Any] = {"craft": filters.craft, "low": filters.price_from, "high": filters.price_to}
    sources: list[str] = []
    for facet in facets:
        if chosen := stored(filters, facet):
            values[f"of{len(sources)}"] = chosen
            sources.append(facet.source)
    begin, place = _begin(filters), read_place(filters.after)
    values |= {"begin": begin, "skipped": skipped(filters) or None}
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
        skipped(filters) > 0,
    )
    return _statement(asked), {name: value for name, value in values.items() if value is not None}


@lru_cache(maxsize=256)
def _statement(asked: Walk) -> Select[Any]:
    """Put together once: that takes several times as long as the database needs to answer.

    Works that are skipped are skipped in the index alone; only those of the page are read whole.
    """
    column = ORDERS[asked.order]
    page = cards(column.label("ordered")).order_by(column, ENTRY.c.listing_id)
    if not asked.skips:
        return page.where(*_conditions(asked, column)).limit(PER_PAGE + 1)
    ids = select(ENTRY.c.listing_id).where(*_conditions(asked, column)).order_by(column, ENTRY.c.listing_id)
    return page.where(ENTRY.c.listing_id.in_(ids.limit(PER_PAGE + 1).offset(bindparam("skipped"))))


def _conditions(asked: Walk, column: Any) -> Iterator[ColumnElement[bool]]:
    if asked.of_craft:
        yield ENTRY.c.craft == bindparam("craft")
    for number, source in enumerate(asked.sources):
        yield looked_at(source).in_(bindparam(f"of{number}", expanding=True))
    if asked.price_from:
        yield ENTRY.c.price_idr >= bindparam("low")
    if asked.price_to:
        yield ENTRY.c.price_idr <= bindparam("high")
    if asked.begins:
        yield column >= bindparam("begin")
    if asked.after:
        last_id = bindparam("last_id", type_=ENTRY.c.listing_id.type)
        yield tuple_(column, ENTRY.c.listing_id) > tuple_(bindparam("last", type_=column.type), last_id)


def _begin(filters: Filters) -> int | None:
    """Where a list sorted by price begins when it has a price limit, so that nothing before it is walked through."""
    if filters.order == "termurah" and filters.price_from is not None:
        return order_cheap(filters.price_from, sold=False)
    if filters.order == "termahal" and filters.price_to is not None:
        return order_dear(filters.price_to, sold=False)
    return None


def next_page(filters: Filters, last: Place) -> Filters:
    """By number up to page 50, then after the last work of this one. Narrowed lists name that work from the second page
    on: to skip works that do not meet a filter, each would have to be looked at again.
    """
    if (filters.after and filters.page == 1) or filters.page >= LAST_NUMBERED_PAGE:
        return replace(filters, page=1, after=str(last))
    after = str(last) if filters.narrowed or filters.after else ""
    return replace(filters, page=filters.page + 1, after=after)
