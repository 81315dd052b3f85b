"""Which answers may be kept for everybody, and what makes them old.

A view that shows the same to all who are not signed in says `keep(tags)`. Whether its answer really is kept, this module
decides for all of them: only a page, asked for without any cookie, that sets none.
"""

from __future__ import annotations

from flask import Flask, Response, current_app, g, request

KEPT = "shop.kept"
FOR_EVERYBODY = "public, no-cache"  # may be stored by anybody in between, but is asked for again each time


def keep(*tags: str) -> None:
    """The answer of this request is the same for everybody without cookies, until one of these tags changes."""
    g.kept_tags = tags


def register(app: Flask) -> None:
    app.after_request(_mark)


def _mark(response: Response) -> Response:
    """Tells the layer outside Flask that the answer may be kept. Runs before compression, which it holds back."""
    if "kept_tags" in g and KEPT in request.environ and may_be_kept(response):
        request.environ[KEPT] = g.kept_tags
        response.headers["Cache-Control"] = FOR_EVERYBODY
        response.headers["Content-Encoding"] = "identity"
    return response


def may_be_kept(response: Response) -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return (
        request.method == "GET"
        and response.status_code == 200
        and not request.environ.get("HTTP_COOKIE")
        and getattr(view, "access", "") == "public"
        and "Set-Cookie" not in response.headers
    )
