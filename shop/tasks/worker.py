"""The worker: takes the names of woken tasks and runs them, and wakes each task when its time has come."""

from __future__ import annotations

import logging
import time
from typing import Any

from huey import Huey
from huey.consumer import Consumer, Scheduler

from shop.tasks import schedule
from shop.tasks.queue import Queue

log = logging.getLogger("shop.tasks")
#: A woken task waits at most this long for the worker to look.
LOOK_EVERY_S = 0.5
WORKERS = 2


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
