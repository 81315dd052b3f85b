"""How often the database is asked."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from sqlalchemy import event

from shop.extensions import db


def queries_of(app: Flask, do: Callable[[], object]) -> int:
    """The number of statements while this is done."""
    asked: list[str] = []

    def note(*heard: object) -> None:
        asked.append(str(heard[2]))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        do()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(asked)
