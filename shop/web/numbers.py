"""Numbers in addresses: what makes no sense is ignored."""

from __future__ import annotations

from flask import request

LAST_PAGE = 5000


def page_asked() -> int:
    """`?hal=3`, from 1."""
    text = request.args.get("hal", "")
    return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
