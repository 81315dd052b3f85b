"""The buyer's room."""

from __future__ import annotations

from flask import render_template

from shop.blueprints.account.door import blueprint
from shop.web.access import signed_in


@blueprint.get("/akun")
@signed_in
def home() -> str:
    return render_template("account/home.html")
