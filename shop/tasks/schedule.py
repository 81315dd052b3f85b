"""What the worker does again and again, and how often. Rows are the truth; every task here asks them what is due.

A task is a function of the app that does a bounded piece of work and comes back; `wake("photos")` runs it at
once, the sweep runs it every so many seconds whether or not anybody woke it. To add one, write the function in
a module beside this one and name it in TASKS.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask

from shop.tasks import catalogue, claims, notices, orders, payments, people, photos, timers

log = logging.getLogger("shop.tasks")


@dataclass(frozen=True, slots=True)
class Task:
    """`run` returns True when more of the same is waiting, so that it is called again soon."""

    name: str
    every_s: int
    run: Callable[[Flask], bool]


TASKS: tuple[Task, ...] = (
    Task("orders", 60, orders.keep_orders),
    Task("payments", 300, payments.keep_payments),
    Task("card-sessions", 300, orders.ask_again),
    Task("card-refunds", 60, orders.carry_refunds),
    Task("timers", 60, timers.keep_time),
    Task("notices", 20, notices.send_waiting),
    Task("photos", 5, photos.render_waiting),
    Task("claims", 60, claims.return_stale),
    Task("people", 900, people.tidy),
    Task("catalogue", 3600, catalogue.keep_books),
    Task("photo-files", 6 * 3600, photos.sweep_files),
)


def run(app: Flask, name: str) -> bool:
    """Runs one task in an app context; whether more is waiting. What goes wrong is logged, never raised."""
    task = next((task for task in TASKS if task.name == name), None)
    if task is None:
        log.warning("no task is called %s", name)
        return False
    try:
        with app.app_context():
            return task.run(app)
    except Exception:
        log.exception("task %s failed", name)
        return False


def run_all(app: Flask) -> None:
    """Every task once and until nothing more is waiting: the command `flask tick`."""
    for task in TASKS:
        while run(app, task.name):
            pass
