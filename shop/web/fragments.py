"""Parts of pages that come again and again, such as a work's card: kept under everything they are made of."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from flask import Flask
from markupsafe import Markup

from shop.web.languages import current_language, spoken_language

MOST = 4_000


class Fragments:
    """The key holds every value the part shows, so a kept part is never old; what was not used longest goes first."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Markup] = OrderedDict()
        self._lock = Lock()

    def fragment(self, *key: Hashable, caller: Callable[[], Markup]) -> Markup:
        """What is between `{% call fragment('card', work) %}` and its end, made once for each key and language."""
        whole = (current_language(), spoken_language(), *key)
        with self._lock:
            found = self._kept.get(whole)
            if found is not None:
                self._kept.move_to_end(whole)
                return found
        made = caller()
        with self._lock:
            self._kept[whole] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made

    def __len__(self) -> int:
        return len(self._kept)


def register(app: Flask) -> None:
    kept = app.extensions["fragments"] = Fragments()
    app.jinja_env.globals["fragment"] = kept.fragment
