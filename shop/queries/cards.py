"""A work as its card shows it, read by Core into a small frozen row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, select

from shop.models import CatalogueEntry, Photo

_ENTRY = (
    "listing_id", "slug", "craft", "kind", "producer_name", "producer_slug", "village", "title_id", "title_en",
    "price_kind", "price_idr", "standing", "length_cm", "width_cm", "height_cm", "photo_alt_id", "photo_alt_en",
    "focal_x", "focal_y", "published_at",
)  # fmt: skip
_PHOTO = ("name", "widths", "width_px", "height_px", "placeholder")


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo as the photo component wants it."""

    name: str
    widths: tuple[int, ...]
    width_px: int
    height_px: int
    placeholder: str


@dataclass(frozen=True, slots=True)
class Card:
    """One work in a list."""

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
    published_at: Any
    picture: Picture | None

    @property
    def sold(self) -> bool:
        return self.standing == "sold"

    @property
    def focal(self) -> tuple[int, int]:
        return self.focal_x, self.focal_y


def card_columns() -> list[ColumnElement[Any]]:
    return [*(getattr(CatalogueEntry, name) for name in _ENTRY), *picture_columns(Photo)]


def picture_columns(photo: Any) -> list[ColumnElement[Any]]:
    """The columns `picture` reads, under names of their own; `photo` is the table or an alias of it."""
    return [getattr(photo, name).label(f"picture_{name}") for name in _PHOTO]


def cards(*more: ColumnElement[Any]) -> Select[Any]:
    """A select of cards (and further columns) with their photos, without conditions or order."""
    return select(*card_columns(), *more).outerjoin(Photo, Photo.id == CatalogueEntry.photo_id)


def card(row: Row[Any]) -> Card:
    values = row._mapping
    return Card(**{name: values[name] for name in _ENTRY}, picture=picture(row))


def picture(row: Row[Any]) -> Picture | None:
    """None where the work or maker has no photo."""
    if row.picture_name is None:
        return None
    return Picture(
        row.picture_name,
        tuple(row.picture_widths or ()),
        row.picture_width_px,
        row.picture_height_px,
        row.picture_placeholder,
    )
