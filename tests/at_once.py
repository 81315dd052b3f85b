"""Several hands at the same moment, each in a thread and a transaction of its own, on the real database."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from shop.domain.errors import ShopError
from shop.extensions import db

Step = Callable[[Session], Any]
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def at_once(app: Flask, session: Session, *steps: Step) -> list[ShopError | None]:
    """Each step begun together with the others; what each was refused with. What is no refusal is raised here."""
    session.commit()
    engine = engine_of(app)
    begin = threading.Barrier(len(steps))
    outcomes: list[BaseException | None] = [None] * len(steps)

    def run(number: int, step: Step) -> None:
        with Session(engine) as own:
            begin.wait()
            outcomes[number] = _do(own, step)

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session.expire_all()
    return [_refusal(outcome) for outcome in outcomes]


@contextmanager
def meanwhile(app: Flask, step: Step) -> Iterator[list[ShopError | None]]:
    """The step is begun, and waits for a lock of ours, when the block begins; it ends after the block, which must
    commit. PostgreSQL only: on SQLite there is one writer.
    """
    engine, outcomes = engine_of(app), list[Any]()

    def run() -> None:
        with Session(engine) as own:
            outcomes.append(_do(own, step))

    thread = threading.Thread(target=run)
    thread.start()
    with engine.connect() as watching:
        while thread.is_alive() and not watching.scalar(text(WAITING)):
            watching.rollback()
    refused: list[ShopError | None] = []
    yield refused
    thread.join()
    refused.append(_refusal(outcomes[0]))


def engine_of(app: Flask) -> Engine:
    with app.app_context():
        return db.engine


def _do(session: Session, step: Step) -> BaseException | None:
    try:
        step(session)
        session.commit()
    except BaseException as error:
        session.rollback()
        return error
    return None


def _refusal(outcome: BaseException | None) -> ShopError | None:
    if outcome is None or isinstance(outcome, ShopError):
        return outcome
    raise outcome
