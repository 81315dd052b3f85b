"""Parts of pages that come again and again, such as a work's card or the foot: kept under everything they show.

A part is a small template of its own below `templates/parts/`. It is drawn with the values it is handed and nothing else,
and those values are its key: a kept part cannot be old, because whatever changes in it makes it another part. A test
reads the parts and refuses one that asks who is looking.
"""

from __future__ import annotations

import sys
from collections.abc import Hashable, Iterable

from flask import Flask
from jinja2 import Environment
from markupsafe import Markup

from shop.web.halves import Halves
from shop.web.languages import spoken

MOST_BYTES = 6 << 20  # about two thousand cards
KEY_BYTES = 1_000  # what a key holds besides: names, titles, counts


class Fragments:
    """The parts of an app, in so many bytes."""

    def __init__(self, templates: Environment, most_bytes: int = MOST_BYTES) -> None:
        self._templates = templates
        self._kept = Halves[Markup](most_bytes)

    def part(self, template: str, **values: Hashable) -> Markup:
        """`{{ part('foot_ways', known=true) }}`: drawn once for each language and all these values."""
        key = (template, spoken(), *values.items())
        found = self._kept.find(key)
        return self._made(key, template, values) if found is None else found

    def each(
        self, template: str, things: Iterable[Hashable], *, first: int = 0, **values: Hashable
    ) -> Markup:
        """`{{ each('card', works, first=2) }}`: a part for each thing as `one`; the `first` are of the first screen."""
        shared = (template, spoken(), *values.items())
        parts = []
        for number, one in enumerate(things):
            key = (shared, one, number < first)
            found = self._kept.find(key)
            if found is None:
                found = self._made(key, template, {**values, "one": one, "first": number < first})
            parts.append(found)
        return Markup("\n".join(parts))  # noqa: S704 - each is a part: escaping them once more would copy them all

    def _made(self, key: Hashable, template: str, values: dict[str, Hashable]) -> Markup:
        drawn = self._templates.get_template(f"parts/{template}.html").render(values)
        made = Markup(drawn)  # noqa: S704 - a template of ours has drawn it, and escaped what people wrote
        self._kept.keep(key, made, sys.getsizeof(made) + KEY_BYTES)
        return made

    def forget(self) -> None:
        self._kept.forget()

    def __len__(self) -> int:
        return len(self._kept)


def register(app: Flask) -> None:
    kept = app.extensions["fragments"] = Fragments(app.jinja_env)
    app.jinja_env.globals.update(part=kept.part, each=kept.each)
