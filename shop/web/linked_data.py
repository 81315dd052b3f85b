"""What a page says to machines: schema.org data, full addresses, and pictures for previews."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext

from shop.domain.craft import CRAFT_LABELS, MATERIALS, Craft
from shop.domain.listing import Availability, PriceKind
from shop.domain.photo import nearest
from shop.extensions import the_shop
from shop.queries.cards import Picture
from shop.queries.makers import MakerPage
from shop.queries.work_page import WorkPage
from shop.web.languages import ENGLISH, current_language, in_language
from shop.web.photos import photo_address

Data = dict[str, Any]
PREVIEW_PX = 1080
AVAILABILITY = {
    Availability.READY: "InStock",
    Availability.ONE_OF_A_KIND: "LimitedAvailability",
    Availability.MADE_TO_ORDER: "MadeToOrder",
    "sold": "SoldOut",
}


def absolute(path: str, language: str | None = None) -> str:
    """A path of this shop as a full address, in a language (by default that of the request)."""
    bare = path.removeprefix(ENGLISH) if path == ENGLISH or path.startswith(ENGLISH + "/") else path
    prefix = ENGLISH if (language or current_language()) == "en" else ""
    return the_shop().config.base_url + prefix + (bare or "/")


def picture_url(picture: Picture | None, wanted_px: int = PREVIEW_PX) -> str:
    """The full address of a JPEG, at least 600 px wide where the photo is; nothing without a photo."""
    if picture is None:
        return ""
    width = nearest(picture.widths, wanted_px) if picture.widths else None
    return the_shop().config.base_url + photo_address(picture.name, width)


def organization() -> Data:
    council = the_shop().council
    return {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": council.name,
        "legalName": council.full_name,
        "url": absolute(url_for("catalogue.home")),
        "email": council.contact.email,
        "telephone": council.contact.whatsapp,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": council.contact.address,
            "addressRegion": council.province,
            "addressCountry": "ID",
        },
    }


def site() -> Data:
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": the_shop().council.name,
        "url": absolute(url_for("catalogue.home")),
        "potentialAction": {
            "@type": "SearchAction",
            "target": absolute(url_for("catalogue.works")) + "?q={words}",
            "query-input": "required name=words",
        },
    }


def breadcrumbs(steps: list[tuple[str, str]]) -> Data:
    """The way from the home page; each step its words and path."""
    way = [(gettext("Beranda"), url_for("catalogue.home")), *steps]
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": words, "item": absolute(path)}
            for place, (words, path) in enumerate(way, start=1)
        ],
    }


def work_steps(work: WorkPage) -> Data:
    craft = work.entry.craft
    title = in_language(work.entry.title_id, work.entry.title_en)
    return breadcrumbs(
        [
            (gettext(CRAFT_LABELS[Craft(craft)]), url_for("catalogue.craft", craft=craft)),
            (title, url_for("catalogue.work", slug=work.entry.slug)),
        ]
    )


def product(work: WorkPage) -> Data:
    """The work as a Product with its one Offer."""
    entry, revision = work.entry, work.revision
    material = MATERIALS[Craft(entry.craft)].get(revision.material or "")
    data: Data = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": in_language(entry.title_id, entry.title_en),
        "description": in_language(revision.description_id, revision.description_en),
        "sku": entry.slug,
        "url": absolute(url_for("catalogue.work", slug=entry.slug)),
        "image": [picture_url(shot.picture) for shot in work.shots],
        "category": gettext(CRAFT_LABELS[Craft(entry.craft)]),
        "brand": {"@type": "Brand", "name": work.producer.name},
        "offers": offer(work),
    }
    return data | ({"material": gettext(material)} if material else {})


def offer(work: WorkPage) -> Data:
    """A price "from" is the lowest of an AggregateOffer; a price on request has none."""
    entry = work.entry
    data: Data = {
        "@type": "Offer",
        "url": absolute(url_for("catalogue.work", slug=entry.slug)),
        "availability": f"https://schema.org/{AVAILABILITY[entry.standing]}",
        "itemCondition": "https://schema.org/NewCondition",
        "seller": {"@type": "Organization", "name": work.producer.name},
    }
    if entry.price_idr is None or entry.price_kind == PriceKind.ON_REQUEST:
        return data
    if entry.price_kind == PriceKind.FROM:
        return data | {"@type": "AggregateOffer", "priceCurrency": "IDR", "lowPrice": entry.price_idr}
    return data | {"priceCurrency": "IDR", "price": entry.price_idr}


def maker(shown: MakerPage) -> Data:
    producer = shown.producer
    data: Data = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": producer.name,
        "url": absolute(url_for("catalogue.maker", slug=producer.slug)),
        "address": {
            "@type": "PostalAddress",
            "addressLocality": producer.village,
            "addressRegion": the_shop().council.province,
            "addressCountry": "ID",
        },
    }
    data |= {"image": picture_url(shown.portrait)} if shown.portrait else {}
    return data | ({"foundingDate": str(producer.since_year)} if producer.since_year else {})
