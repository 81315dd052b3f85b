"""One work as the catalogue shows it: the row of its entry, out of listing, live revision, producer and main photo."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session, aliased

from shop.domain.catalogue import (
    filtered_attributes,
    order_cheap,
    order_dear,
    order_new,
    popularity,
    standing,
)
from shop.domain.craft import ATTRIBUTES, CRAFT_LABELS, KINDS, MATERIALS, TECHNIQUES, Craft
from shop.domain.letters import letters_of
from shop.domain.listing import DYE_LABELS, Dye, Status
from shop.domain.producer import ProducerStatus
from shop.models import InquiryItem, Listing, Producer, Revision, RevisionPhoto
from shop.search.entry_words import district_mark, words_of
from shop.search.text import words

Entry = dict[str, Any]


def visible(listing_ids: list[int]) -> Select[Any]:
    """Listing, live revision and producer of those that buyers may see, with the main photo of each."""
    any_photo = aliased(RevisionPhoto)
    main_photo = (
        select(any_photo.id)
        .where(any_photo.revision_id == Listing.live_revision_id)
        .order_by(any_photo.position, any_photo.id)
        .limit(1)
        .correlate(Listing)
        .scalar_subquery()
    )
    asked = (
        select(func.count()).where(InquiryItem.listing_id == Listing.id).correlate(Listing).scalar_subquery()
    )
    return (
        select(
            *Listing.__table__.c,
            *_named(Revision),
            *_named(Producer),
            *_named(RevisionPhoto),
            asked.label("asked"),
        )
        .join(Revision, Revision.id == Listing.live_revision_id)
        .join(Producer, Producer.id == Listing.producer_id)
        .outerjoin(RevisionPhoto, RevisionPhoto.id == main_photo)
        .where(
            Listing.id.in_(listing_ids),
            Listing.status == Status.PUBLISHED,
            Producer.status == ProducerStatus.VERIFIED,
            Revision.craft.is_not(None),
        )
        .order_by(Listing.id)
    )


def _named(model: Any) -> list[Any]:
    prefix = {Revision: "live", Producer: "maker", RevisionPhoto: "photo"}[model]
    return [column.label(f"{prefix}_{column.name}") for column in model.__table__.c]


def entries(session: Session, listing_ids: list[int]) -> dict[int, Entry]:
    """Listing id → what its entry must say; ids that buyers may not see are missing."""
    return {row.id: entry_of(row) for row in session.execute(visible(listing_ids))}


def entry_of(row: Row[Any]) -> Entry:
    """The entry of one row of `visible`."""
    stands = standing(row.availability, row.stock)
    sold = stands == "sold"
    entry = {
        "listing_id": row.id,
        "producer_id": row.producer_id,
        "slug": row.slug,
        "craft": row.live_craft,
        "kind": row.live_kind,
        "technique": row.live_technique,
        "material": row.live_material,
        "dye": row.live_dye,
        "district_code": row.maker_district_code,
        "village": row.maker_village,
        "producer_name": row.maker_name,
        "producer_slug": row.maker_slug,
        "title_id": row.live_title_id,
        "title_en": row.live_title_en,
        "price_kind": row.price_kind,
        "price_idr": row.price_idr,
        "standing": stands,
        "length_cm": row.live_length_cm,
        "width_cm": row.live_width_cm,
        "height_cm": row.live_height_cm,
        "attributes": filtered_attributes(row.live_craft, row.live_attributes or {}),
        "photo_id": row.photo_photo_id,
        "photo_alt_id": row.photo_alt_id or "",
        "photo_alt_en": row.photo_alt_en or "",
        "focal_x": 500 if row.photo_focal_x is None else row.photo_focal_x,
        "focal_y": 500 if row.photo_focal_y is None else row.photo_focal_y,
        "published_at": row.published_at,
        "order_new": order_new(row.published_at, sold=sold),
        "order_cheap": order_cheap(row.price_idr, sold=sold),
        "order_dear": order_dear(row.price_idr, sold=sold),
        "popularity": popularity(row.asked),
        "title_words": f" {words_of([row.live_title_id], [row.live_title_en])} ",
        "plain_id": _plain(row.live_title_id),
        "plain_en": _plain(row.live_title_en),
        "words": _words(row),
    }
    return entry | {"letters": letters_of(entry)}


def _plain(title: str) -> str:
    typed = " ".join(words(title))
    return f" {typed} " if typed else ""


def _words(row: Row[Any]) -> str:
    craft = Craft(row.live_craft)
    indonesian = [
        row.live_title_id,
        row.live_description_id,
        row.live_story,
        row.live_dye_plants,
        row.live_motif_name,
        row.maker_name,
        row.maker_village,
        CRAFT_LABELS[craft],
        KINDS[craft].get(row.live_kind or "", ""),
        TECHNIQUES[craft].get(row.live_technique or "", ""),
        MATERIALS[craft].get(row.live_material or "", ""),
        DYE_LABELS[Dye(row.live_dye)] if row.live_dye else "",
        *_attribute_words(craft, row.live_attributes or {}),
    ]
    english = [row.live_title_en, row.live_description_en]
    return words_of(indonesian, english, marks=[district_mark(row.maker_district_code)])


def _attribute_words(craft: Craft, attributes: dict[str, Any]) -> list[str]:
    """The labels of choices, and the label of an attribute that is a plain yes."""
    found = []
    for attribute in ATTRIBUTES[craft]:
        value = attributes.get(attribute.key)
        if attribute.choices and isinstance(value, str):
            found.append(attribute.choices.get(value, ""))
        elif value is True:
            found.append(attribute.label)
    return found
