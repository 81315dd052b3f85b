"""What a web server knows of changes in the catalogue: it asks the database, at most every quarter of a second."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from datetime import datetime

from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from shop import database
from shop.extensions import Shop, db
from shop.models import CatalogueChange

AT_ONCE = 5_000


class Changes:
    """`now` is how much is known; a page made then is old once one of its tags has a newer change.

    Every server reads the same table, so several machines need nothing else. A server that has slept through more
    changes than are kept drops everything.
    """

    def __init__(self, app: Flask, every_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._app, self._every_s, self._clock = app, every_s, clock
        self._newest: dict[str, int] = {}
        self._lock = threading.Lock()
        self._looked_at = float("-inf")
        self._seen = 0  # the number of the newest change known
        self._age = 0  # goes on when nothing that was made before may be trusted

    @property
    def now(self) -> tuple[int, int]:
        return self._age, self._seen

    def look(self) -> bool:
        """Learn what has changed, unless that was done a moment ago; False where the database does not answer."""
        if self._clock() - self._looked_at < self._every_s:
            return True
        with self._lock:
            if self._clock() - self._looked_at < self._every_s:
                return True
            began = self._clock()
            try:
                self._learn()
            except SQLAlchemyError:
                return False
            self._looked_at = began
        return True

    def forget(self) -> None:
        """Nothing is known any more, and nothing that was made so far may be trusted."""
        self._begin_anew(0)
        self._looked_at = float("-inf")

    def is_old(self, made: tuple[int, int], tags: Iterable[str]) -> bool:
        """Whether a page that was begun at that `now` shows what is no longer so."""
        age, seen = made
        return age != self._age or any(self._newest.get(tag, 0) > seen for tag in tags)

    def _learn(self) -> None:
        numbers = select(CatalogueChange.id, CatalogueChange.tag).order_by(CatalogueChange.id).limit(AT_ONCE)
        with self._app.app_context(), database.reading(), db.engine.connect() as connection:
            rows = connection.execute(numbers.where(CatalogueChange.id >= self._seen)).all()
            followed = self._seen == 0 or (bool(rows) and rows[0].id == self._seen)
            if followed and len(rows) < AT_ONCE:
                for number, tag in rows:
                    self._newest[tag] = self._seen = number
                return
            newest = connection.scalar(
                select(CatalogueChange.id).order_by(CatalogueChange.id.desc()).limit(1)
            )
        self._begin_anew(newest or 0)

    def _begin_anew(self, newest: int) -> None:
        """Too much has happened, or the table was emptied: nothing made so far is trusted."""
        self._newest.clear()
        self._seen, self._age = newest, self._age + 1


def clock_of(app: Flask) -> Callable[[], datetime]:
    """The shop's own clock, also where somebody has put another one in."""

    def at() -> datetime:
        shop: Shop = app.extensions["shop"]
        return shop.clock()

    return at
