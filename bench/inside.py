"""How long the database is at work: every call to it, counted apart from what is done with its rows.

SQLite works in our own thread: its processor time counts. PostgreSQL is waited for: the clock counts.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from typing import Any

import psycopg
from sqlalchemy import Engine, event

spent = 0.0


def _counted(call: Callable[..., Any], clock: Callable[[], float]) -> Callable[..., Any]:
    def counting(*values: Any, **named: Any) -> Any:
        global spent
        began = clock()
        try:
            return call(*values, **named)
        finally:
            spent += clock() - began

    return counting


class _SqliteCursor(sqlite3.Cursor):
    execute = _counted(sqlite3.Cursor.execute, time.thread_time)
    fetchone = _counted(sqlite3.Cursor.fetchone, time.thread_time)
    fetchmany = _counted(sqlite3.Cursor.fetchmany, time.thread_time)
    fetchall = _counted(sqlite3.Cursor.fetchall, time.thread_time)


class _SqliteConnection(sqlite3.Connection):
    def cursor(self, *_: Any) -> Any:
        return super().cursor(_SqliteCursor)


class _PostgresqlCursor(psycopg.Cursor[Any]):
    execute = _counted(psycopg.Cursor.execute, time.perf_counter)
    fetchone = _counted(psycopg.Cursor.fetchone, time.perf_counter)
    fetchmany = _counted(psycopg.Cursor.fetchmany, time.perf_counter)
    fetchall = _counted(psycopg.Cursor.fetchall, time.perf_counter)


def listen(engine: Engine) -> None:
    """From the next connection on."""

    def connect(dialect: Any, _record: object, _values: object, named: dict[str, Any]) -> None:
        if dialect.name == "sqlite":
            named["factory"] = _SqliteConnection
        else:
            named["cursor_factory"] = _PostgresqlCursor

    engine.dispose()
    event.listen(engine, "do_connect", connect)
