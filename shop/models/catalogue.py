"""What buyers can find: one row for every work that may be seen, written in the commit that makes it so.

Lists, filters, counts and search read this table alone; `actions.catalogue.refresh` keeps it. A row exists if and
only if the listing is published and its producer verified.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from shop.models.base import Base


class CatalogueEntry(Base):
    """A published work as its card and its filters need it; `words` are the stems that search looks through."""

    __tablename__ = "catalogue_entry"
    __table_args__ = (
        Index("ix_catalogue_entry_new", "published_at", "listing_id"),
        Index("ix_catalogue_entry_craft_new", "craft", "published_at", "listing_id"),
        Index("ix_catalogue_entry_price", "price_idr", "listing_id"),
        Index("ix_catalogue_entry_craft_price", "craft", "price_idr", "listing_id"),
        Index("ix_catalogue_entry_producer", "producer_id", "sold", "published_at"),
        Index("ix_catalogue_entry_district", "district_code", "published_at", "listing_id"),
    )

    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id"), primary_key=True)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id"))
    slug: Mapped[str]
    craft: Mapped[str]
    kind: Mapped[str | None]
    technique: Mapped[str | None]
    material: Mapped[str | None]
    dye: Mapped[str | None]
    district_code: Mapped[str]
    village: Mapped[str]
    producer_name: Mapped[str]
    producer_slug: Mapped[str]
    title_id: Mapped[str]
    title_en: Mapped[str]
    price_kind: Mapped[str]
    price_idr: Mapped[int | None]
    availability: Mapped[str]
    sold: Mapped[bool]
    attributes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    photo_name: Mapped[str]
    photo_widths: Mapped[list[int]]
    photo_width_px: Mapped[int]
    photo_height_px: Mapped[int]
    photo_placeholder: Mapped[str] = mapped_column(default="")
    photo_alt_id: Mapped[str] = mapped_column(default="")
    photo_alt_en: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime]
    words: Mapped[str] = mapped_column(default="")


class SearchWord(Base):
    """A word of the catalogue and in how many works it stands; misspelt words are corrected against these."""

    __tablename__ = "search_word"

    word: Mapped[str] = mapped_column(primary_key=True)
    works: Mapped[int] = mapped_column(default=0)
