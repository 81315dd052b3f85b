"""Buttons on pages that are the same for everybody and carry no token: the browser says where the form stood.

A token would put a cookie of the visitor's own into every public page, which then nobody could keep. For what does no
harm (a basket, a bookmark) the browser's own word is enough: `Sec-Fetch-Site`, else `Origin` or `Referer`.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request
from flask_wtf.csrf import CSRFError

from shop.domain.words import N_

FOREIGN = N_("Tombol ini hanya bekerja dari halaman toko ini.")


def pressed_here() -> None:
    """Raises CSRFError, a 400, for a form that did not stand on one of our pages, or does not say."""
    site = request.headers.get("Sec-Fetch-Site")
    named = request.headers.get("Origin") or request.headers.get("Referer") or ""
    if site != "same-origin" and (site is not None or urlsplit(named).netloc != request.host):
        raise CSRFError(FOREIGN)
