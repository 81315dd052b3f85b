"""Indonesian without prefix, English under /en: the prefix is script name, so every link keeps the language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from babel import Locale
from flask import Flask, has_request_context, request
from flask_babel import force_locale
from werkzeug.local import LocalProxy

ENGLISH = "/en"
_LOCALES = {name: Locale(name) for name in ("id", "en")}
_forced: ContextVar[str] = ContextVar("forced", default="")


class LanguagePrefix:
    """Moves a leading /en from the path to the script name and notes the language."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == ENGLISH or path.startswith(ENGLISH + "/"):
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + ENGLISH
            environ["PATH_INFO"] = path.removeprefix(ENGLISH) or "/"
            environ["shop.language"] = "en"
        return self.app(environ, start_response)


def current_language() -> str:
    """`id` or `en`: of the address in a request, of the forced locale elsewhere."""
    if has_request_context():
        return str(request.environ.get("shop.language", "id"))
    return "id"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Inside, sentences come out in this language, whatever the address: a letter to somebody."""
    token = _forced.set(language)
    try:
        with force_locale(language):
            yield
    finally:
        _forced.reset(token)


def spoken_language() -> str:
    """The language sentences come out in now, a forced one included."""
    return _forced.get() or current_language()


def spoken() -> tuple[str, str]:
    """Of addresses, which follow the request, and of sentences, which follow a letter where one is written."""
    address = current_language()
    return address, _forced.get() or address


def spoken_locale() -> Locale:
    """What Babel speaks in a request: made once, since reading its name anew takes longer than a sentence."""
    return _LOCALES[current_language()]


def address_in(language: str) -> str:
    """The current page's path and query in a language. One slash in front, or `/en//host` would link to a host."""
    query = request.query_string.decode("latin-1")
    path = (ENGLISH if language == "en" else "") + "/" + request.path.lstrip("/\\")
    return path + ("?" + query if query else "")


def other_language_url() -> str:
    """This very page in the other language; the home page where there is no request to repeat."""
    other = "id" if current_language() == "en" else "en"
    return address_in(other) if request.method == "GET" else (ENGLISH + "/" if other == "en" else "/")


def in_other_language(address: str) -> str:
    """An address of this shop, as it stands in the current language, in the other one."""
    return (address.removeprefix(ENGLISH) or "/") if current_language() == "en" else ENGLISH + address


def in_language(indonesian: str, english: str) -> str:
    """One of two texts people wrote; English falls back to Indonesian."""
    return english if spoken_language() == "en" and english else indonesian


def register(app: Flask) -> None:
    app.jinja_env.globals.update(
        language=LocalProxy(spoken_language),
        other_language_url=other_language_url,
        address_in=address_in,
        in_language=in_language,
        in_other_language=in_other_language,
    )
