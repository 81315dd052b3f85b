"""How a search may go on: a page of links, and the same as JSON for the script of the search box."""

from __future__ import annotations

from flask import Response, jsonify, render_template, request, url_for

from shop.blueprints.catalogue.door import blueprint
from shop.extensions import db
from shop.queries.asking import suggestions
from shop.web.access import public


@blueprint.get("/saran")
@public
def suggest() -> str | Response:
    text = request.args.get("q", "")[:100]
    found = [(words, url_for("catalogue.works", q=words)) for words in suggestions(db.session(), text)]
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return jsonify([{"words": words, "address": address} for words, address in found])
    return render_template("catalogue/suggestions.html", text=text, found=found)
