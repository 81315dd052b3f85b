"""Whole pages that are drawn once for everything they show, and kept packed.

What such a page shows is read from the database each time, whoever asks; if it is the same as a moment ago, only the drawing
is spared. So a drawing cannot be old, as a kept page (kept_pages.py) could be, and it serves people who have signed in or
carry a basket. It is handed to its template with nothing beside it: a test reads the template with all it extends, and
refuses one that asks for more.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from flask import Flask, current_app, render_template, request, session
from flask.typing import ResponseReturnValue

from shop.web.halves import Halves
from shop.web.keeping import KEPT
from shop.web.languages import spoken
from shop.web.packing import brotli_packed, zstd_packed
from shop.web.room import looking

MOST_BYTES = 4 << 20
KEY_BYTES = 48_000  # what a key holds: two dozen works with all their cards show
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "zstd": zstd_packed,
    "br": lambda plain: brotli_packed(plain, quality=4),
}


def drawing(template: str, **shown: Hashable) -> ResponseReturnValue:
    """What a view answers: the page that shows this, and around it the head and foot of who asks (`who`)."""
    who, packing = looking(), _packing()
    if packing is None or "_flashes" in session:  # something is to be said once
        return render_template(template, who=who, **shown)
    kept: Halves[bytes] = current_app.extensions["drawings"]
    key = (template, packing, spoken(), who, *shown.values())
    body = kept.find(key)
    if body is None:
        body = PACKERS[packing](render_template(template, who=who, **shown).encode())
        kept.keep(key, body, len(body) + KEY_BYTES)
    return body, {"Content-Encoding": packing}


def _packing() -> str | None:
    """How it may be packed for this browser; None for a page that is kept for everybody as it is, and for the few
    browsers that know neither.
    """
    if KEPT in request.environ:
        return None
    accepted = request.environ.get("HTTP_ACCEPT_ENCODING", "")
    return next((name for name in PACKERS if name in accepted), None)


def register(app: Flask) -> None:
    app.extensions["drawings"] = Halves[bytes](MOST_BYTES)
