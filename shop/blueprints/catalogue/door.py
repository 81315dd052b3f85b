"""The room itself, and what its views share: districts by code, filters, and the words that find each other."""

from __future__ import annotations

from flask import Blueprint, current_app

from shop.blueprints.catalogue.specification import size_words
from shop.extensions import the_shop
from shop.queries.filters import Facet, facets_of
from shop.search.thesaurus import Thesaurus
from shop.web.linked_data import absolute, breadcrumbs, picture_url

blueprint = Blueprint("catalogue", __name__)
for shared in (absolute, picture_url, size_words):
    blueprint.add_app_template_global(shared)
blueprint.add_app_template_global(breadcrumbs, "linked_way")


def districts() -> dict[str, str]:
    """Code → name, as the council file lists them."""
    return {district.code: district.name for district in the_shop().council.districts}


def facets_in(craft: str | None) -> tuple[Facet, ...]:
    """The filters of a craft's list or of all works, made once for an app."""
    kept = current_app.extensions.setdefault("facets", {})
    if craft not in kept:
        kept[craft] = facets_of(craft, the_shop().council.crafts, districts())
    found: tuple[Facet, ...] = kept[craft]
    return found


def thesaurus() -> Thesaurus:
    """The council's synonyms and districts, made once for an app."""
    kept = current_app.extensions.get("thesaurus")
    if not isinstance(kept, Thesaurus):
        kept = current_app.extensions["thesaurus"] = Thesaurus(the_shop().council.synonyms, districts())
    return kept
