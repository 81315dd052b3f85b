"""All makers, and one of them."""

from __future__ import annotations

from flask import render_template, request

from shop.blueprints.catalogue.door import blueprint, districts
from shop.blueprints.catalogue.work import on_holiday
from shop.domain.errors import NotFound
from shop.extensions import db, the_shop
from shop.queries.makers import maker_list, maker_page, was_shown
from shop.search.text import slug as as_slug
from shop.web.access import public
from shop.web.keeping import keep
from shop.web.linked_data import maker as maker_data

LAST_PAGE = 1_000


@blueprint.get("/perajin")
@public
def makers() -> str:
    keep("all")
    council, codes = the_shop().council, {as_slug(name): code for code, name in districts().items()}
    asked = request.args.get("kerajinan", "")
    craft = asked if asked in council.crafts else None
    place = request.args.get("kec", "")
    place = place if place in codes else ""
    page = _page()
    shown = maker_list(db.session(), craft=craft, district=codes.get(place), page=page)
    return render_template(
        "catalogue/makers.html",
        shown=shown,
        craft=craft,
        place=place,
        page=page,
        codes=codes,
        districts=districts(),
    )


@blueprint.get("/perajin/<slug>")
@public
def maker(slug: str) -> str | tuple[str, int]:
    page = _page()
    shown = maker_page(db.session(), slug, page=page)
    if shown is None:
        if was_shown(db.session(), slug):
            return render_template("catalogue/maker_gone.html", code=410, sentence=""), 410
        raise NotFound
    keep(f"maker:{shown.producer.id}")
    return render_template(
        "catalogue/maker.html",
        maker=shown,
        page=page,
        district=districts().get(shown.producer.district_code, ""),
        on_holiday=on_holiday(shown.producer),
        linked=[maker_data(shown)],
    )


def _page() -> int:
    number = request.args.get("hal", 1, type=int)
    return number if 1 <= number <= LAST_PAGE else 1
