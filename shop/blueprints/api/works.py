"""Works and makers as JSON; lists take the same filters as the pages."""

from __future__ import annotations

from flask import Response, jsonify, request, url_for
from werkzeug.datastructures import MultiDict

from shop.blueprints.api import shapes
from shop.blueprints.api.door import blueprint
from shop.blueprints.catalogue.door import facets_in, thesaurus
from shop.domain.errors import NotFound
from shop.extensions import db, the_shop
from shop.queries.asking import ask
from shop.queries.catalogue import work_list
from shop.queries.filters import Filters, read
from shop.queries.makers import maker_list, maker_page
from shop.queries.work_page import gone, work_page
from shop.web.access import machine
from shop.web.linked_data import absolute

Answer = Response | tuple[Response, int]


@blueprint.get("/karya")
@machine
def works() -> Answer:
    council = the_shop().council
    crafts = [craft for craft in request.args.getlist("kerajinan") if craft in council.crafts]
    craft = crafts[0] if len(crafts) == 1 else None
    facets = facets_in(craft)
    filters = read(request.args.getlist, facets, craft)
    asked = ask(db.session(), filters.words, thesaurus()) if filters.words else None
    shown = work_list(db.session(), filters, facets, asked.question if asked else None)
    asked = asked.settled(shown.words) if asked else None
    return jsonify(
        total=shown.counts.total,
        total_is_exact=not shown.capped,
        corrected=asked.corrected if asked else "",
        next=_address(shown.following) if shown.following else None,
        works=[shapes.card(work) for work in shown.works],
    )


def _address(filters: Filters) -> str:
    pairs = MultiDict(filters.query())
    if filters.craft:
        pairs["kerajinan"] = filters.craft
    return absolute(url_for("api.works", **pairs.to_dict(flat=False)), "id")  # type: ignore[arg-type]


@blueprint.get("/karya/<slug>")
@machine
def work(slug: str) -> Answer:
    shown = work_page(db.session(), slug)
    if shown is not None:
        return jsonify(shapes.work(shown))
    if gone(db.session(), slug) is None:
        raise NotFound
    return jsonify(status=410, detail="gone"), 410


@blueprint.get("/perajin")
@machine
def makers() -> Answer:
    page = max(1, min(1_000, request.args.get("hal", 1, type=int)))
    craft = request.args.get("kerajinan", "")
    craft = craft if craft in the_shop().council.crafts else ""
    shown = maker_list(db.session(), craft=craft or None, district=None, page=page)
    following = url_for("api.makers", kerajinan=craft or None, hal=page + 1)
    return jsonify(
        total=shown.total,
        next=absolute(following, "id") if shown.more else None,
        makers=[shapes.maker_card(maker) for maker in shown.makers],
    )


@blueprint.get("/perajin/<slug>")
@machine
def maker(slug: str) -> Answer:
    page = max(1, min(1_000, request.args.get("hal", 1, type=int)))
    shown = maker_page(db.session(), slug, page=page)
    if shown is None:
        raise NotFound
    following = absolute(url_for("api.maker", slug=slug, hal=page + 1), "id")
    return jsonify(shapes.maker(shown) | {"next": following if shown.more else None})
