"""The worker's arm: huey carries names of tasks from the web to the worker. It may lose them; rows cannot."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask

from shop.config import Config
from shop.tasks import schedule

if TYPE_CHECKING:
    from huey import Huey

log = logging.getLogger("shop.tasks")


class Queue:
    """Wakes the worker: `queue("photos")`. Opened on first use, so that an app without one costs nothing."""

    def __init__(self, app: Flask, config: Config) -> None:
        self._app, self._config = app, config
        self._opening = threading.Lock()
        self._huey: Huey | None = None
        self._run: Any = None

    def __call__(self, task: str) -> None:
        """Never raises: what is not carried here, the sweep finds."""
        try:
            self.open()
            self._run(task)
        except Exception:
            log.warning("the worker could not be woken for %s", task, exc_info=True)

    def open(self) -> Huey:
        """The huey behind it, with the one function it knows."""
        with self._opening:
            if self._huey is None:
                huey = _storage(self._config)
                self._run = huey.task(name="run")(self._run_named)
                self._huey = huey
        return self._huey

    def reach(self) -> None:
        """Ask the storage something; raises when it does not answer."""
        self.open().pending_count()

    def _run_named(self, name: str) -> None:
        if schedule.run(self._app, name):
            self(name)


def _storage(config: Config) -> Huey:
    with _without_psycopg():
        from huey import RedisHuey, SqliteHuey
    if config.redis_url:
        return RedisHuey("shop", url=config.redis_url, results=False)
    folder = Path(config.instance_folder)
    folder.mkdir(parents=True, exist_ok=True)
    return SqliteHuey("shop", filename=str(folder / "queue.db"), fsync=False, results=False)


@contextmanager
def _without_psycopg() -> Iterator[None]:
    """huey brings the driver of PostgreSQL in for a storage we do not use: 8 MB that a shop on SQLite need not hold."""
    if "psycopg" in sys.modules:
        yield
        return
    sys.modules["psycopg"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["psycopg"]
