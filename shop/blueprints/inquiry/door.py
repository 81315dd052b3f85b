"""The blueprint its modules hang their views on."""

from flask import Blueprint, Response, request

blueprint = Blueprint("inquiry", __name__)


@blueprint.after_request
def keep_private(response: Response) -> Response:
    """Threads are nobody else's: not kept, not indexed; their address is told to no other site."""
    if request.endpoint not in {"inquiry.ask", "inquiry.basket", "inquiry.kecamatan"}:
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers.setdefault("Referrer-Policy", "same-origin")
    return response
