"""The generated band of a code as a picture, kept for ever: version 1 never changes."""

from __future__ import annotations

from flask import Blueprint, Response

from shop.domain.band import CELL_PX, band_svg
from shop.domain.errors import NotFound
from shop.web.access import machine

LONGEST_CODE = 80
KEPT = "public, max-age=31536000, immutable"

blueprint = Blueprint("bands", __name__)


@blueprint.get("/pita/<code>-<int:height>.svg")
@machine
def band(code: str, height: int) -> Response:
    """An SVG without script, 24, 40 or 64 px high; any code has one."""
    if height not in CELL_PX or len(code) > LONGEST_CODE:
        raise NotFound
    answer = Response(band_svg(code, height), mimetype="image/svg+xml")
    answer.headers["Cache-Control"] = KEPT
    return answer
