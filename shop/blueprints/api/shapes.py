"""How works and makers stand in JSON. Prices in whole rupiah, sizes in centimetres, weights in grams."""

from __future__ import annotations

from typing import Any

from flask import url_for

from shop.models import Producer
from shop.queries.cards import Card, Picture
from shop.queries.makers import MakerCard, MakerPage
from shop.queries.work_page import WorkPage
from shop.web.linked_data import absolute, picture_url

Data = dict[str, Any]


def photo(picture: Picture | None, alt_id: str = "", alt_en: str = "") -> Data | None:
    if picture is None:
        return None
    return {
        "url": picture_url(picture),
        "width_px": picture.width_px,
        "height_px": picture.height_px,
        "alt": {"id": alt_id, "en": alt_en},
    }


def card(work: Card) -> Data:
    return {
        "slug": work.slug,
        "url": absolute(url_for("catalogue.work", slug=work.slug), "id"),
        "title": {"id": work.title_id, "en": work.title_en},
        "craft": work.craft,
        "kind": work.kind,
        "price": {"kind": work.price_kind, "idr": work.price_idr},
        "availability": work.standing,
        "size_cm": {"length": work.length_cm, "width": work.width_cm, "height": work.height_cm},
        "maker": {"slug": work.producer_slug, "name": work.producer_name, "village": work.village},
        "photo": photo(work.picture, work.photo_alt_id, work.photo_alt_en),
        "published_at": work.published_at.isoformat(),
    }


def work(shown: WorkPage) -> Data:
    entry, revision = shown.entry, shown.revision
    return {
        "slug": entry.slug,
        "url": absolute(url_for("catalogue.work", slug=entry.slug), "id"),
        "title": {"id": entry.title_id, "en": entry.title_en},
        "description": {"id": revision.description_id, "en": revision.description_en},
        "craft": entry.craft,
        "kind": entry.kind,
        "technique": entry.technique,
        "material": entry.material,
        "dye": entry.dye,
        "attributes": revision.attributes or {},
        "price": {"kind": entry.price_kind, "idr": entry.price_idr},
        "availability": entry.standing,
        "lead_time_days": shown.listing.lead_time_days,
        "size_cm": {"length": revision.length_cm, "width": revision.width_cm, "height": revision.height_cm},
        "shipping_weight_g": revision.weight_g,
        "maker": {"slug": entry.producer_slug, "name": entry.producer_name, "village": entry.village},
        "photos": [photo(shot.picture, shot.alt_id, shot.alt_en) for shot in shown.shots],
        "published_at": entry.published_at.isoformat(),
    }


def maker_card(maker: MakerCard) -> Data:
    return {
        "slug": maker.slug,
        "url": absolute(url_for("catalogue.maker", slug=maker.slug), "id"),
        "name": maker.name,
        "village": maker.village,
        "crafts": maker.crafts,
        "works": maker.works,
        "photo": photo(maker.picture),
    }


def maker(shown: MakerPage) -> Data:
    producer: Producer = shown.producer
    return {
        "slug": producer.slug,
        "url": absolute(url_for("catalogue.maker", slug=producer.slug), "id"),
        "name": producer.name,
        "kind": producer.kind,
        "village": producer.village,
        "crafts": shown.entry.crafts,
        "since_year": producer.since_year,
        "member_count": producer.member_count,
        "story": {"id": producer.story_id, "en": producer.story_en},
        "photo": photo(shown.portrait),
        "works": [card(one) for one in (*shown.works, *shown.sold)],
    }
