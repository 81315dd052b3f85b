"""How database connections are opened and how their transactions begin."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import tzinfo
from typing import Any

from sqlalchemy import Connection, Engine, event, exc

CONNECT_WITHIN_S = 5

# A transaction that will write begins as a writer: SQLite refuses at once to turn a reader into one.
_writing: ContextVar[bool] = ContextVar("writing", default=True)


@contextmanager
def reading() -> Iterator[None]:
    """Inside, transactions begin as readers."""
    token = _writing.set(False)
    try:
        yield
    finally:
        _writing.reset(token)


def will_read() -> None:
    """From here on, in this context, transactions begin as readers (a GET)."""
    _writing.set(False)


def will_write() -> None:
    """From here on, in this context, transactions begin as writers."""
    _writing.set(True)


def know_the_house(engine: Engine, *, zone: tzinfo, issuer: Mapping[str, str]) -> None:
    """Whose books these are: the calendar numbers follow, and the council as documents name it. Actions know neither
    council nor app, but they hold a session, and the session knows its engine.
    """
    engine.update_execution_options(council_zone=zone, council_issuer=dict(issuer))


#: The file is not mapped: it was once, and a worker seemed to hold all it had ever read, 2 GB at a million works.
SETTINGS = (
    "journal_mode=WAL",
    "foreign_keys=ON",
    "synchronous=FULL",
    "busy_timeout=15000",
    "cache_size=-8000",  # eight megabytes for each connection: what a search reads of a hundred thousand works
)


#: What SQLite says when its file cannot be reached now; everything else it says is a fault of ours.
FILE_AWAY = frozenset(
    {
        sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY,
    }
)  # fmt: skip


def is_away(error: BaseException | None) -> bool:
    """Whether the error says that the database cannot be reached now: stopped, locked, full, too many at once."""
    if isinstance(error, exc.TimeoutError):
        return True
    if not isinstance(error, exc.DBAPIError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in FILE_AWAY
    return error.connection_invalidated or isinstance(error, exc.OperationalError | exc.InterfaceError)


def options_for(url: str) -> dict[str, Any]:
    """How the engine opens connections. A server that was started anew costs nobody a page, and one that does not
    answer is not waited for as long as the operating system would. What a refused statement was to write stays out
    of the log.
    """
    quiet = {"hide_parameters": True, "pool_use_lifo": True}
    if url.startswith("sqlite"):
        return quiet
    return quiet | {"pool_pre_ping": True, "connect_args": {"connect_timeout": CONNECT_WITHIN_S}}


def prepare_postgresql(engine: Engine) -> None:
    """What was only read ends with COMMIT on PostgreSQL: after ROLLBACK the driver forgets every statement the server has
    planned. Rows of statements with the execution option `as_they_are` come as the server keeps them: bytes are not
    written out in letters. Another engine is left alone.
    """
    if engine.dialect.name != "postgresql":
        return
    from psycopg.pq import Format, TransactionStatus  # not with SQLite: it takes memory

    def begin(connection: Connection) -> None:
        connection.info["only_read"] = not _writing.get()

    def execute(
        connection: Connection, cursor: Any, statement: str, _values: Any, context: Any, _: bool
    ) -> None:
        if not statement.startswith(("SELECT", "WITH")):
            connection.info["only_read"] = False
        if context is not None and context.execution_options.get("as_they_are"):
            cursor.format = Format.BINARY

    def rollback(connection: Connection) -> None:
        driver: Any = connection.connection.dbapi_connection
        if (
            connection.info.pop("only_read", False)
            and driver.info.transaction_status == TransactionStatus.INTRANS
        ):
            driver.commit()

    event.listen(engine, "begin", begin)
    event.listen(engine, "before_cursor_execute", execute)
    event.listen(engine, "rollback", rollback)


def prepare_sqlite(engine: Engine) -> None:
    """WAL, foreign keys, full durability and BEGIN IMMEDIATE for an SQLite engine; others are left alone."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)


def _on_connect(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin transactions of its own
    for pragma in SETTINGS:
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    if _writing.get():
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:  # waits for nobody, so it needs none of what SQLAlchemy does around a statement
        connection.connection.dbapi_connection.execute("BEGIN")  # type: ignore[union-attr]


def is_ours(_thing: object, name: str | None, kind: str, _reflected: bool, _compare_to: object) -> bool:
    """Whether Alembic compares it with the models. What the balance of journals (journal_sum) keeps for itself is written
    by hand in the migrations, for each engine.
    """
    return not (kind in {"table", "index", "column"} and (name or "").startswith("journal_sum"))
