"""Names of kecamatan as one types, for the script of the address form."""

from __future__ import annotations

from flask import Response, jsonify, request

from shop.areas import indonesia
from shop.blueprints.inquiry.door import blueprint
from shop.web.access import public

LONGEST = 80


@blueprint.get("/saran/kecamatan")
@public
def kecamatan() -> Response:
    found = indonesia().offered(request.args.get("q", "")[:LONGEST])
    answer = jsonify([{"words": area.words} for area in found])
    answer.headers["Cache-Control"] = (
        "public, max-age=86400"  # the list changes with a decree, and a new release
    )
    return answer
