"""The basket: works to ask about in one go, one inquiry per maker."""

from __future__ import annotations

from flask import render_template

from shop.blueprints.inquiry.door import blueprint
from shop.web.access import public


@blueprint.get("/keranjang")
@public
def basket() -> str:
    return render_template("inquiry/basket.html")
