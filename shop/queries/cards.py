"""A work as its card shows it, read by Core into a small tuple: equal cards look the same, so they can be kept."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, String, cast, select

from shop.domain.catalogue import SOLD, published_at
from shop.models import CatalogueEntry, Photo

ENTRY: Any = CatalogueEntry.__table__
PHOTO: Any = Photo.__table__


class Picture(NamedTuple):
    """A photo as the photo component wants it."""

    name: str
    widths: tuple[int, ...]
    width_px: int
    height_px: int
    placeholder: str


class Card(NamedTuple):
    """One work in a list. The last five are of its photo, as they stand in the database; the name is None without one."""

    listing_id: int
    slug: str
    craft: str
    kind: str | None
    producer_name: str
    producer_slug: str
    village: str
    title_id: str
    title_en: str
    price_kind: str
    price_idr: int | None
    standing: str
    length_cm: int | None
    width_cm: int | None
    height_cm: int | None
    photo_alt_id: str
    photo_alt_en: str
    focal_x: int
    focal_y: int
    order_new: int
    picture_name: str | None
    picture_widths: str
    picture_width_px: int
    picture_height_px: int
    picture_placeholder: str

    @property
    def sold(self) -> bool:
        return self.standing == SOLD

    @property
    def focal(self) -> tuple[int, int]:
        return self.focal_x, self.focal_y

    @property
    def published_at(self) -> datetime:
        return published_at(self.order_new, sold=self.sold)

    @property
    def picture(self) -> Picture | None:
        return picture(self)


_PHOTO = ("name", "widths", "width_px", "height_px", "placeholder")
_ENTRY = Card._fields[: -len(_PHOTO)]


def picture_columns(photo: Any) -> list[ColumnElement[Any]]:
    """The columns `picture` reads, under names of their own; `photo` is the table or an alias of it.

    The widths stay the text they are kept as: most pages compare them and never look inside.
    """
    columns = {name: getattr(photo, name) for name in _PHOTO}
    columns["widths"] = cast(columns["widths"], String)
    return [column.label(f"picture_{name}") for name, column in columns.items()]


_COLUMNS = [*(ENTRY.c[name] for name in _ENTRY), *picture_columns(PHOTO.c)]
_CARDS = select(*_COLUMNS).outerjoin_from(ENTRY, PHOTO, PHOTO.c.id == ENTRY.c.photo_id)


def cards(*more: ColumnElement[Any]) -> Select[Any]:
    """A select of cards with their photos, without conditions or order; further columns stand behind the card's."""
    return _CARDS.add_columns(*more) if more else _CARDS


def card(row: Row[Any]) -> Card:
    return Card._make(row[: len(_COLUMNS)])


def all_cards(rows: Iterable[Row[Any]]) -> list[Card]:
    return [card(row) for row in rows]


def picture(row: Any) -> Picture | None:
    """None where the work or maker has no photo."""
    if row.picture_name is None:
        return None
    return Picture(
        row.picture_name,
        _widths(row.picture_widths),
        row.picture_width_px,
        row.picture_height_px,
        row.picture_placeholder,
    )


@lru_cache(maxsize=256)
def _widths(text: str) -> tuple[int, ...]:
    return tuple(json.loads(text))
