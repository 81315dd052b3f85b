"""The home page."""

from __future__ import annotations

from flask import render_template

from shop.blueprints.catalogue.door import blueprint
from shop.extensions import db, the_shop
from shop.queries.home import home as home_of
from shop.search.text import slug
from shop.web.access import public
from shop.web.keeping import keep
from shop.web.linked_data import organization, site


@blueprint.get("/")
@public
def home() -> str:
    keep("all")
    council = the_shop().council
    shown = home_of(db.session(), council.crafts)
    places = [(d.name, slug(d.name), shown.works_of_district.get(d.code, 0)) for d in council.districts]
    return render_template("catalogue/home.html", home=shown, places=places, linked=[organization(), site()])
