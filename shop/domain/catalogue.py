"""How lists are ordered and counted: numbers that carry a whole order, and the marks filters count by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from shop.domain.craft import ATTRIBUTES, AttributeType, Craft
from shop.domain.listing import Availability

SOLD = "sold"
LOW_PRICE_IDR = 500_000
# Above every price and every moment in microseconds, so that what comes last stays last.
_NO_PRICE = 1 << 40
_SOLD_LAST = 1 << 60
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def standing(availability: str, stock: int) -> str:
    """The availability as filters know it; what is not made to order and has no stock left is sold."""
    return SOLD if availability != Availability.MADE_TO_ORDER and stock == 0 else availability


def order_new(published_at: datetime, *, sold: bool) -> int:
    """Ascending: the newest first, sold works last."""
    microseconds = (published_at - _EPOCH).days * 86_400_000_000 + (published_at - _EPOCH).seconds * 1_000_000
    return -(microseconds + published_at.microsecond) + (_SOLD_LAST if sold else 0)


def published_at(order: int, *, sold: bool) -> datetime:
    """The moment that stands in `order_new`."""
    return _EPOCH + timedelta(microseconds=(_SOLD_LAST if sold else 0) - order)


def order_cheap(price_idr: int | None, *, sold: bool) -> int:
    """Ascending: the lowest price first, then those on request, sold works last."""
    return (_NO_PRICE if price_idr is None else price_idr) + (_SOLD_LAST if sold else 0)


def order_dear(price_idr: int | None, *, sold: bool) -> int:
    """Ascending: the highest price first, then those on request, sold works last."""
    return (_NO_PRICE if price_idr is None else -price_idr) + (_SOLD_LAST if sold else 0)


def filtered_attributes(craft: str, attributes: Mapping[str, Any]) -> dict[str, str]:
    """The attributes that narrow lists, as text: the choice, or ya and tidak."""
    found = {}
    for attribute in ATTRIBUTES[Craft(craft)]:
        value = attributes.get(attribute.key)
        if attribute.filtered and value is not None and value != "":
            yes_no = attribute.type is AttributeType.YES_NO
            found[attribute.key] = ("ya" if value else "tidak") if yes_no else str(value)
    return found


def values_of(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Source and value of everything an entry is counted by."""
    for source in COUNTED:
        if entry[source]:
            yield source, entry[source]
    yield "district", entry["district_code"]
    for name, value in entry["attributes"].items():
        yield f"attribute:{name}", value
    if entry["price_idr"] is not None and entry["price_idr"] < LOW_PRICE_IDR:
        yield "price", "low"


COUNTED = ("craft", "kind", "technique", "material", "dye", "standing")
_NO_LETTER = re.compile(r"[^a-z0-9]")


@cache
def mark(source: str, value: str) -> str:
    """One word of the index that nobody can type: `§dyenatural`."""
    return "§" + _NO_LETTER.sub("", f"{source}{value}".lower())


def popularity(asked: int) -> int:
    """How many people asked about a work, as the number of doublings: 0, 1, 2 for two and three, 3 up to seven …"""
    return min(asked.bit_length(), 12)
