"""How database connections are opened and how their transactions begin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import tzinfo
from typing import Any

from sqlalchemy import Connection, Engine, event

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


#: Pages are read where the system keeps them anyway, instead of being copied: a search looks at a thousand rows.
SETTINGS = (
    "journal_mode=WAL",
    "foreign_keys=ON",
    "synchronous=FULL",
    "busy_timeout=15000",
    f"mmap_size={1 << 30}",
)


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
