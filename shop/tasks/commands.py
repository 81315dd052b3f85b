"""`flask worker` and `flask tick`."""

from __future__ import annotations

import os

import click
from flask import current_app
from flask.cli import with_appcontext

from shop.extensions import the_shop
from shop.tasks import queue, schedule
from shop.tasks.worker import work


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Renders photos, sends notices, keeps the timers; until Ctrl-C."""
    arm = the_shop().wake
    if not isinstance(arm, queue.Queue):
        raise click.ClickException("this app was put together without a queue")
    os.nice(5)  # the pages come first
    work(arm)


@click.command("tick")
@with_appcontext
def tick() -> None:
    """Does everything that is due once, without a worker (for cron, and for trying)."""
    schedule.run_all(current_app._get_current_object())  # type: ignore[attr-defined]
