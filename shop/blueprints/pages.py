"""The pages that stand still: about, help, how to order, terms, privacy."""

from __future__ import annotations

from flask import Blueprint, render_template

from shop.web.access import public
from shop.web.keeping import keep
from shop.web.linked_data import organization

blueprint = Blueprint("pages", __name__)


@blueprint.get("/tentang")
@public
def about() -> str:
    keep()
    return render_template("pages/about.html", linked=[organization()])


@blueprint.get("/bantuan")
@public
def help() -> str:  # noqa: A001
    keep()
    return render_template("pages/help.html", linked=[])


@blueprint.get("/cara-pesan")
@public
def how_to_order() -> str:
    keep()
    return render_template("pages/how_to_order.html", linked=[])


@blueprint.get("/syarat")
@public
def terms() -> str:
    keep()
    return render_template("pages/terms.html", linked=[])


@blueprint.get("/privasi")
@public
def privacy() -> str:
    keep()
    return render_template("pages/privacy.html", linked=[])
