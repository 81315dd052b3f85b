"""What comes in an address or a form, without the one character PostgreSQL cannot keep: the NUL."""

from __future__ import annotations

from functools import cached_property
from typing import IO

from flask import Flask, Request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.formparser import FormDataParser
from werkzeug.routing import UnicodeConverter

NUL = "\0"


class Words(UnicodeConverter):
    """`<…>` in a rule: an address with a NUL is nobody's, so it is not there."""

    def __init__(self, map, **options) -> None:  # type: ignore[no-untyped-def]  # noqa: A002
        super().__init__(map, **options)
        self.regex = self.regex.replace("[^/]", "[^/\\x00]")


class CleanForms(FormDataParser):
    """Reads forms as werkzeug does; nobody types a NUL, so it is left out rather than spoken of."""

    def parse(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str] | None = None,
    ) -> tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]:
        rest, form, files = super().parse(stream, mimetype, content_length, options)
        return rest, _clean(form), files


class CleanRequest(Request):
    """A request whose values can all be asked for in the database."""

    form_data_parser_class = CleanForms

    @cached_property
    def args(self) -> MultiDict[str, str]:
        return _clean(super().args)


def register(app: Flask) -> None:
    app.request_class = CleanRequest
    app.url_map.converters["default"] = app.url_map.converters["string"] = Words


def _clean(values: MultiDict[str, str]) -> MultiDict[str, str]:
    pairs = list(values.items(multi=True))
    if not any(NUL in name or NUL in value for name, value in pairs):
        return values
    return type(values)([(name.replace(NUL, ""), value.replace(NUL, "")) for name, value in pairs])
