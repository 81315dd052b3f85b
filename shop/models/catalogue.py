"""What buyers can find: one row for every work and maker that may be seen, written in the commit that makes it so.

Lists, filters, counts and search read these tables alone; `actions.catalogue` keeps them. An entry exists if and
only if the listing is published and its producer verified.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from shop.models.base import Base

#: Compared letter by letter on both engines, so that "begins with" is a range.
PlainText = String().with_variant(String(collation="C"), "postgresql")


class CatalogueEntry(Base):
    """A published work as its card and its filters need it.

    `standing` is the availability, or `sold`. `attributes` holds the filtered ones as text. The three `order_…`
    columns carry a whole order each, ascending, works that are sold last, so that one index walks a list.
    `words` is what search looks through, `title_words` those of them that stand in the title, between spaces.
    `plain_id` and `plain_en` are the titles as one types them, between spaces.
    `letters` are what filters count (`domain.catalogue.letters_of`).
    `popularity` grows by one with each doubling of those who asked; the worker keeps it by the hour.
    What ranking and counting read of a candidate stands in one narrow index, `ix_catalogue_entry_candidate`.
    """

    __tablename__ = "catalogue_entry"
    __table_args__ = (
        Index("ix_catalogue_entry_new", "order_new", "listing_id"),
        Index("ix_catalogue_entry_cheap", "order_cheap", "listing_id"),
        Index("ix_catalogue_entry_dear", "order_dear", "listing_id"),
        Index("ix_catalogue_entry_craft_new", "craft", "order_new", "listing_id"),
        Index("ix_catalogue_entry_craft_cheap", "craft", "order_cheap", "listing_id"),
        Index("ix_catalogue_entry_craft_dear", "craft", "order_dear", "listing_id"),
        Index("ix_catalogue_entry_producer", "producer_id", "order_new", "listing_id"),
        Index("ix_catalogue_entry_district", "district_code", "order_new", "listing_id"),
        Index("ix_catalogue_entry_photo", "photo_id"),
        Index(
            "ix_catalogue_entry_candidate",
            "listing_id",
            "order_new",
            "order_cheap",
            "order_dear",
            "popularity",
            "producer_id",
            "letters",
            "plain_id",
            "plain_en",
        ),
    )

    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id"), primary_key=True, autoincrement=False)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id"))
    slug: Mapped[str] = mapped_column(unique=True)
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
    price_idr: Mapped[int | None] = mapped_column(BigInteger)
    standing: Mapped[str]
    length_cm: Mapped[int | None]
    width_cm: Mapped[int | None]
    height_cm: Mapped[int | None]
    attributes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("photo.id"))
    photo_alt_id: Mapped[str] = mapped_column(default="")
    photo_alt_en: Mapped[str] = mapped_column(default="")
    focal_x: Mapped[int] = mapped_column(default=500)
    focal_y: Mapped[int] = mapped_column(default=500)
    published_at: Mapped[datetime]
    order_new: Mapped[int] = mapped_column(BigInteger)
    order_cheap: Mapped[int] = mapped_column(BigInteger)
    order_dear: Mapped[int] = mapped_column(BigInteger)
    popularity: Mapped[int] = mapped_column(default=0)
    letters: Mapped[str] = mapped_column(default="")
    title_words: Mapped[str] = mapped_column(default="")
    plain_id: Mapped[str] = mapped_column(default="")
    plain_en: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")


class CatalogueMaker(Base):
    """A verified producer as lists and search need it. `works` counts what is shown, `sold` those of them sold."""

    __tablename__ = "catalogue_maker"
    __table_args__ = (
        Index("ix_catalogue_maker_name", "name_key", "producer_id"),
        Index("ix_catalogue_maker_story", "has_story", "works", "producer_id"),
    )

    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id"), primary_key=True, autoincrement=False)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_key: Mapped[str]
    district_code: Mapped[str] = mapped_column(index=True)
    village: Mapped[str]
    crafts: Mapped[list[str]]
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("photo.id"), index=True)
    has_story: Mapped[bool] = mapped_column(default=False)
    works: Mapped[int] = mapped_column(default=0)
    sold: Mapped[int] = mapped_column(default=0)
    words: Mapped[str] = mapped_column(default="")


class CatalogueTally(Base):
    """How many works stand behind one value of one filter. `place` is a craft, or empty for the whole shop.

    The facet `all` counts the works, `makers` those who made them. The place `tenun-ikat&dye=natural` holds the counts of
    what is dyed with plants there, so that one filter alone needs no counting, whatever the size.
    """

    __tablename__ = "catalogue_tally"

    place: Mapped[str] = mapped_column(primary_key=True)
    facet: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    works: Mapped[int] = mapped_column(default=0)


class SearchWord(Base):
    """A word of the catalogue and in how many works it stands; misspelt words are corrected against those with nearly
    as many `letters`.
    """

    __tablename__ = "search_word"
    __table_args__ = (Index("ix_search_word_letters", "letters", "word", "works"),)

    word: Mapped[str] = mapped_column(PlainText, primary_key=True)
    letters: Mapped[int]
    works: Mapped[int] = mapped_column(default=0)


class SearchBlock(Base):
    """The works of one block of ids that have a term: a word, a mark of a filter, a bit of the price (`search.bits`)."""

    __tablename__ = "search_block"

    term: Mapped[str] = mapped_column(PlainText, primary_key=True)
    block: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    works: Mapped[bytes]


class CatalogueChange(Base):
    """Something buyers see has changed: pages kept under this tag are old. Written in the commit that made it so.

    Tags: `all`, a craft, `maker:17`. Rows are numbered in the order of their commits, since writers of the catalogue
    stand in line; the worker sweeps away all but the newest thousands.
    """

    __tablename__ = "catalogue_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    tag: Mapped[str]
