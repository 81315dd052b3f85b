"""Parts of pages that come again and again, such as a work's card or the foot: kept under everything they show.

A part is a small template of its own below `templates/parts/`. It is drawn with the values it is handed and nothing else,
and those values are its key: a kept part cannot be old, because whatever changes in it makes it another part. A test
reads the parts and refuses one that asks who is looking.
"""

from __future__ import annotations

import sys
from collections.abc import Hashable, Iterable
from threading import Lock

from flask import Flask
from jinja2 import Environment
from markupsafe import Markup

from shop.web.languages import current_language, spoken_language

MOST_BYTES = 4 << 20
KEY_BYTES = 1_000  # what a key holds besides: names, titles, counts


class Fragments:
    """Two halves: once the young one is full, the old one goes. What is asked for again becomes young, so that nothing
    has to be put in order, and finding a part takes no lock.
    """

    def __init__(self, templates: Environment, most_bytes: int = MOST_BYTES) -> None:
        self._templates, self._most_bytes = templates, most_bytes
        self._young: dict[Hashable, Markup] = {}
        self._old: dict[Hashable, Markup] = {}
        self._bytes = 0
        self._lock = Lock()

    def part(self, template: str, **values: Hashable) -> Markup:
        """`{{ part('foot_ways', known=true) }}`: drawn once for each language and all these values."""
        key = (template, _tongue(), *values.items())
        found = self._found(key)
        return self._made(key, template, values) if found is None else found

    def each(
        self, template: str, things: Iterable[Hashable], *, first: int = 0, **values: Hashable
    ) -> Markup:
        """`{{ each('card', works, first=2) }}`: a part for each thing as `one`; the `first` are of the first screen."""
        shared = (template, _tongue(), *values.items())
        parts = []
        for number, one in enumerate(things):
            key = (shared, one, number < first)
            found = self._found(key)
            if found is None:
                found = self._made(key, template, {**values, "one": one, "first": number < first})
            parts.append(found)
        return Markup("\n".join(parts))  # noqa: S704 - each is a part: escaping them once more would copy them all

    def _found(self, key: Hashable) -> Markup | None:
        found = self._young.get(key)
        if found is None and (found := self._old.get(key)) is not None:
            self._keep(key, found)
        return found

    def _made(self, key: Hashable, template: str, values: dict[str, Hashable]) -> Markup:
        drawn = self._templates.get_template(f"parts/{template}.html").render(values)
        made = Markup(drawn)  # noqa: S704 - a template of ours has drawn it, and escaped what people wrote
        self._keep(key, made)
        return made

    def _keep(self, key: Hashable, made: Markup) -> None:
        with self._lock:
            if key in self._young:
                return
            self._young[key] = made
            self._bytes += sys.getsizeof(made) + KEY_BYTES
            if self._bytes > self._most_bytes // 2:
                self._old, self._young, self._bytes = self._young, {}, 0

    def forget(self) -> None:
        with self._lock:
            self._young, self._old, self._bytes = {}, {}, 0

    def __len__(self) -> int:
        return len(self._young.keys() | self._old.keys())


def _tongue() -> tuple[str, str]:
    """Addresses follow the language of the request, words that of a letter, where one is forced."""
    address = current_language()
    return address, spoken_language(address)


def register(app: Flask) -> None:
    kept = app.extensions["fragments"] = Fragments(app.jinja_env)
    app.jinja_env.globals.update(part=kept.part, each=kept.each)
