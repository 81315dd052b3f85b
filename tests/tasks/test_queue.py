"""The arm of the worker: it carries names, and losing them or breaking down is never anybody's problem."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from shop.tasks import schedule
from shop.tasks.queue import Queue
from shop.tasks.worker import Sweep


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the tasks that were run; the task `long` says five times that more is waiting."""
    names: list[str] = []

    def run(_app: Flask, name: str) -> bool:
        names.append(name)
        return name == "long" and names.count("long") < 5

    monkeypatch.setattr(schedule, "run", run)
    return names


@pytest.fixture
def queue(app: Flask) -> Queue:
    wake = app.extensions["shop"].wake
    assert isinstance(wake, Queue)
    return wake


def work_off(queue: Queue) -> None:
    huey = queue.open()
    while task := huey.dequeue():
        huey.execute(task)


def test_a_woken_task_is_run_by_the_worker(queue: Queue, ran: list[str]) -> None:
    queue("photos")
    queue("notices")
    assert ran == []
    work_off(queue)
    assert ran == ["photos", "notices"]


def test_a_task_with_more_to_do_lets_others_in_between(queue: Queue, ran: list[str]) -> None:
    queue("long")
    queue("notices")
    work_off(queue)
    assert ran == ["long", "notices", "long", "long", "long", "long"]


def test_what_was_woken_by_another_process_is_found(app: Flask, queue: Queue, ran: list[str]) -> None:
    queue("photos")
    work_off(Queue(app, app.extensions["shop"].config))
    assert ran == ["photos"]


def test_waking_never_fails_the_one_who_wakes(
    app: Flask, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / "a-file").write_text("no folder")
    config = replace(app.extensions["shop"].config, instance_folder=folder / "a-file")
    Queue(app, config)("photos")
    assert "could not be woken" in caplog.text


class Clock:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.moment = 1000.0
        monkeypatch.setattr("shop.tasks.worker.time.monotonic", lambda: self.moment)


def sweep_of(queue: Queue, woken: list[str]) -> Sweep:
    sweep = Sweep(queue.open(), threading.Event(), woken.append)  # type: ignore[arg-type]
    sweep.stop_flag.set()  # so that a round does not wait its second
    return sweep


def test_the_sweep_wakes_every_task_at_the_start_and_then_in_its_time(
    queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, woken = Clock(monkeypatch), list[str]()
    sweep = sweep_of(queue, woken)
    sweep.loop()
    assert woken == [task.name for task in schedule.TASKS]
    sweep.loop()
    assert len(woken) == len(schedule.TASKS)
    clock.moment += 6
    sweep.loop()
    assert woken[len(schedule.TASKS) :] == [task.name for task in schedule.TASKS if task.every_s <= 6]


def test_a_busy_or_broken_queue_is_left_alone(
    queue: Queue, ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    woken = list[str]()
    sweep = sweep_of(queue, woken)
    for _ in range(len(schedule.TASKS)):
        queue("photos")
    sweep.loop()
    assert woken == []
    work_off(queue)

    def unreadable() -> int:
        raise OSError("disk on fire")

    monkeypatch.setattr(sweep.huey, "pending_count", unreadable)
    sweep.loop()
    assert woken == []
