"""The blueprint of the room, apart from its views so that each of their modules can take it."""

from __future__ import annotations

from flask import Blueprint
from werkzeug import Response

blueprint = Blueprint("account", __name__)


@blueprint.after_request
def keep_nothing(response: Response) -> Response:
    """Names, addresses and secrets stand on these pages: no browser keeps them for whoever comes after."""
    response.headers["Cache-Control"] = "no-store"
    return response
