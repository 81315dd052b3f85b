"""Numbers in addresses: what makes no sense is ignored."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, request
from werkzeug.routing import IntegerConverter

LAST_PAGE = 10_000
LARGEST_ID = 2**31 - 1


class RowNumber(IntegerConverter):
    """`<int:…>` in a rule. No row has a larger number than databases count to; asking for one is a plain 404."""

    def __init__(self, map, **options) -> None:  # type: ignore[no-untyped-def]  # noqa: A002
        super().__init__(map, **{"max": LARGEST_ID, **options})


def row_asked(values: Mapping[str, str], name: str) -> int | None:
    """The number of a row named in a query or a form; None for what cannot be one."""
    return row_of(values.get(name, ""))


def row_of(text: str) -> int | None:
    """The number of a row as somebody wrote it; None for what cannot be one."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def register(app: Flask) -> None:
    app.url_map.converters["int"] = RowNumber


def page_asked(name: str = "hal") -> int:
    """`?hal=3`, from 1; a page that holds several lists has a name for each."""
    text = request.args.get(name, "")
    return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
