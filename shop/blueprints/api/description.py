"""The API described for machines: OpenAPI 3.1."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify

from shop.blueprints.api.door import blueprint
from shop.blueprints.catalogue.door import districts
from shop.domain.catalogue import SOLD
from shop.domain.listing import Availability, PriceKind
from shop.domain.producer import ProducerKind
from shop.extensions import the_shop
from shop.queries.filters import SORTS, facets_of
from shop.web.access import machine

Data = dict[str, Any]
TEXT: Data = {"type": "string"}
NUMBER: Data = {"type": "integer"}
MAYBE_NUMBER: Data = {"type": ["integer", "null"]}
MAYBE_TEXT: Data = {"type": ["string", "null"]}
MOMENT: Data = {"type": "string", "format": "date-time"}
ADDRESS: Data = {"type": "string", "format": "uri"}
MAYBE_ADDRESS: Data = {"type": ["string", "null"], "format": "uri"}


@blueprint.get("/openapi.json")
@machine
def openapi() -> Response:
    council = the_shop().council
    return jsonify(
        openapi="3.1.0",
        info={
            "title": f"{council.name}: catalogue",
            "version": "1",
            "description": "Published works and their makers, read only. Prices in whole rupiah.",
        },
        servers=[{"url": the_shop().config.base_url + "/api/v1"}],
        paths=_paths(),
        components={"schemas": _schemas()},
    )


def _paths() -> Data:
    slug = {"name": "slug", "in": "path", "required": True, "schema": TEXT}
    page = _asked("hal", NUMBER, "The page, from 1")
    return {
        "/karya": _get("Works, narrowed and found like on the page /karya", "WorkList", _filters()),
        "/karya/{slug}": _get(
            "One work", "Work", [slug], {"404": "never published", "410": "not shown any more"}
        ),
        "/perajin": _get("Makers by name", "MakerList", [_asked("kerajinan", TEXT, "A craft"), page]),
        "/perajin/{slug}": _get("One maker with works", "Maker", [slug, page], {"404": "not shown"}),
    }


def _filters() -> list[Data]:
    council = the_shop().council
    found = [
        _asked("q", TEXT, "Words in Indonesian, English or a local language"),
        _asked("dari", NUMBER, "Lowest price in rupiah"),
        _asked("sampai", NUMBER, "Highest price in rupiah"),
        _asked("urut", {"type": "string", "enum": list(SORTS)}, "Order"),
        _asked("hal", NUMBER, "The page, from 1 to 50; go on by `next`"),
        _asked("setelah", TEXT, "Where the page before ended, out of `next`"),
    ]
    names: dict[str, list[str]] = {}
    for craft in (None, *council.crafts):
        for facet in facets_of(craft, council.crafts, districts()):
            names.setdefault(facet.name, []).extend(option.value for option in facet.options)
    for name, values in names.items():
        items = {"type": "array", "items": {"type": "string", "enum": list(dict.fromkeys(values))}}
        found.append(_asked(name, items, "Several values add up"))
    return found


def _asked(name: str, schema: Data, words: str) -> Data:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": words}


def _get(words: str, schema: str, parameters: list[Data], others: dict[str, str] | None = None) -> Data:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    responses: Data = {"200": {"description": words, "content": content}}
    responses |= {code: {"description": why} for code, why in (others or {}).items()}
    return {"get": {"summary": words, "parameters": parameters, "responses": responses}}


def _thing(**properties: Data) -> Data:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _many(schema: str) -> Data:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{schema}"}}


def _schemas() -> Data:
    both = _thing(id=TEXT, en=TEXT)
    photo = _thing(url=ADDRESS, width_px=NUMBER, height_px=NUMBER, alt=both)
    maybe_photo = {"oneOf": [photo, {"type": "null"}]}
    price = _thing(kind={"type": "string", "enum": list(PriceKind)}, idr=MAYBE_NUMBER)
    size = _thing(length=MAYBE_NUMBER, width=MAYBE_NUMBER, height=MAYBE_NUMBER)
    whose = _thing(slug=TEXT, name=TEXT, village=TEXT)
    standing = {"type": "string", "enum": [*Availability, SOLD]}
    work = {
        "slug": TEXT, "url": ADDRESS, "title": both, "craft": TEXT, "kind": MAYBE_TEXT, "price": price,
        "availability": standing, "size_cm": size, "maker": whose, "published_at": MOMENT,
    }  # fmt: skip
    whole = work | {
        "description": both, "technique": MAYBE_TEXT, "material": MAYBE_TEXT, "dye": MAYBE_TEXT,
        "attributes": {"type": "object"}, "lead_time_days": MAYBE_NUMBER, "shipping_weight_g": MAYBE_NUMBER,
        "photos": {"type": "array", "items": photo},
    }  # fmt: skip
    maker = {"slug": TEXT, "url": ADDRESS, "name": TEXT, "village": TEXT,
             "crafts": {"type": "array", "items": TEXT}, "photo": maybe_photo}  # fmt: skip
    kind = {"type": "string", "enum": list(ProducerKind)}
    return {
        "WorkCard": _thing(**work, photo=maybe_photo),
        "Work": _thing(**whole),
        "WorkList": _thing(total=NUMBER, total_is_exact={"type": "boolean"}, corrected=TEXT, next=MAYBE_ADDRESS,
                           works=_many("WorkCard")),
        "MakerCard": _thing(**maker, works=NUMBER),
        "MakerList": _thing(total=NUMBER, next=MAYBE_ADDRESS, makers=_many("MakerCard")),
        "Maker": _thing(**maker, kind=kind, since_year=MAYBE_NUMBER, member_count=MAYBE_NUMBER, story=both,
                        works=_many("WorkCard"), next=MAYBE_ADDRESS),
    }  # fmt: skip
