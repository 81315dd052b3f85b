"""The worker's arm: huey carries names of tasks from the web to the worker. It may lose them; rows cannot."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path
from typing import Any

from flask import Flask
from huey import Huey, RedisHuey, SqliteHuey
from huey.consumer import Consumer, Scheduler

from shop.config import Config
from shop.tasks import schedule

log = logging.getLogger("shop.tasks")
#: A woken task waits at most this long for the worker to look.
LOOK_EVERY_S = 0.5
WORKERS = 2


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


def work(queue: Queue) -> None:
    """Runs tasks until SIGINT (finishes what is in hand) or SIGTERM (drops it; leases bring it back)."""
    Worker(queue.open(), workers=WORKERS, max_delay=LOOK_EVERY_S, sweep=queue).run()


class Worker(Consumer):  # type: ignore[misc]
    """Huey's consumer, with our sweep in the place of its scheduler."""

    def __init__(self, huey: Huey, *, sweep: Queue, **options: Any) -> None:
        self._sweep = sweep
        super().__init__(huey, periodic=False, **options)

    def _create_scheduler(self) -> Sweep:
        return Sweep(self.huey, self.stop_flag, self._sweep)


class Sweep(Scheduler):  # type: ignore[misc]
    """Wakes every task of the schedule when its time has come, first of all right at the start."""

    def __init__(self, huey: Huey, stop_flag: Any, wake: Queue) -> None:
        super().__init__(huey, stop_flag, interval=1, periodic=False)
        self._wake = wake
        self._due = {task.name: 0.0 for task in schedule.TASKS}

    def loop(self, now: Any = None) -> None:  # noqa: ARG002
        moment = time.monotonic()
        if not self._busy():
            for task in schedule.TASKS:
                if self._due[task.name] <= moment:
                    self._due[task.name] = moment + task.every_s
                    self._wake(task.name)
        self.stop_flag.wait(1)

    def _busy(self) -> bool:
        """Whether names of tasks have piled up already; an unreadable queue counts as busy and is tried again."""
        try:
            return int(self.huey.pending_count()) >= len(schedule.TASKS)
        except Exception:
            log.warning("the queue could not be read", exc_info=True)
            return True


def _storage(config: Config) -> Huey:
    if config.redis_url:
        return RedisHuey("shop", url=config.redis_url, results=False)
    folder = Path(config.instance_folder)
    folder.mkdir(parents=True, exist_ok=True)
    return SqliteHuey("shop", filename=str(folder / "queue.db"), fsync=False, results=False)
