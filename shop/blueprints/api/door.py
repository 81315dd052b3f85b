"""The room itself: answers may be read from any site, and carry no cookie."""

from __future__ import annotations

from flask import Blueprint, Response

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@blueprint.after_request
def open_to_all(answer: Response) -> Response:
    answer.headers["Access-Control-Allow-Origin"] = "*"
    if answer.status_code == 200:
        answer.headers["Cache-Control"] = "public, max-age=60"
    return answer
