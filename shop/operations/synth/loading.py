"""Rows into a database by the ten thousand: plain statements on SQLite, COPY on PostgreSQL, indexes made afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import JSON, Connection, Table, text

from shop.models import Base

AT_ONCE = 2_000
Row = dict[str, Any]


class Loader:
    """Collects rows and writes them table by table. Memory stays bounded; the caller's transaction holds it all."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.copies = connection.dialect.name == "postgresql"
        self._shapes: dict[str, Shape] = {}
        self._waiting: dict[str, list[tuple[Any, ...]]] = {}

    def moment(self, at: datetime) -> Any:
        """A moment in UTC as this database keeps it."""
        return at if self.copies else at.isoformat(" ", "microseconds")[:26]

    def next_id(self, table: str) -> int:
        """The number the next row may take."""
        return int(self.connection.scalar(text(f"SELECT coalesce(max(id), 0) + 1 FROM {table}")) or 1)  # noqa: S608

    def add(self, table: str, row: Row) -> None:
        """One row; columns that are not given hold their defaults."""
        shape = self._shapes.get(table)
        if shape is None:
            shape = self._shapes[table] = Shape(Base.metadata.tables[table])
            self._waiting[table] = []
        waiting = self._waiting[table]
        waiting.append(shape.values(row))
        if len(waiting) == AT_ONCE:
            self._write(table)

    def add_all(self, table: str, rows: list[tuple[Any, ...]]) -> None:
        """Rows whose values stand in the table's order."""
        self._waiting.setdefault(table, []).extend(rows)
        self._shapes.setdefault(table, Shape(Base.metadata.tables[table]))
        if len(self._waiting[table]) >= AT_ONCE:
            self._write(table)

    def finish(self) -> None:
        """Whatever waits is written; on PostgreSQL the counters of ids go on behind it."""
        for table in self._waiting:
            self._write(table)
            if self.copies and "id" in Base.metadata.tables[table].c:
                self.connection.execute(
                    text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")  # noqa: S608
                )

    def _write(self, table: str) -> None:
        rows, self._waiting[table] = self._waiting[table], []
        if not rows:
            return
        columns = self._shapes[table].columns
        driver: Any = self.connection.connection.driver_connection
        if not self.copies:
            places = ", ".join("?" * len(columns))
            driver.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", rows)  # noqa: S608
            return
        with (
            driver.cursor() as cursor,
            cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)


class Shape:
    """The columns of a table, their defaults, and which of them are JSON."""

    def __init__(self, table: Table) -> None:
        self.columns = tuple(column.name for column in table.columns)
        self._defaults = {column.name: _default(column) for column in table.columns}
        self._json = [column.name for column in table.columns if isinstance(column.type, JSON)]
        self._of = itemgetter(*self.columns)

    def values(self, row: Row) -> tuple[Any, ...]:
        whole = self._defaults | row
        for name in self._json:
            whole[name] = _dumped(whole[name])
        return self._of(whole)  # type: ignore[no-any-return]


def _dumped(value: Any) -> str:
    """As JSON; most are empty."""
    return "{}" if value == {} else json.dumps(value)


def _default(column: Any) -> Any:
    if column.default is None:
        return None
    return column.default.arg if column.default.is_scalar else column.default.arg(None)


@contextmanager
def without_indexes(connection: Connection, tables: list[str]) -> Iterator[None]:
    """Inside, the tables have no indexes, triggers and references but their keys; afterwards all are made again."""
    found = (
        _on_postgresql(connection, tables)
        if connection.dialect.name == "postgresql"
        else _on_sqlite(connection, tables)
    )
    for drop, _ in found:
        connection.exec_driver_sql(drop)
    yield
    for _, create in reversed(found):
        connection.exec_driver_sql(create)


def _on_sqlite(connection: Connection, tables: list[str]) -> list[tuple[str, str]]:
    rows = connection.exec_driver_sql(
        "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
    ).all()
    return [(f"DROP {kind} {name}", sql) for kind, name, table, sql in rows if table in tables]


def _on_postgresql(connection: Connection, tables: list[str]) -> list[tuple[str, str]]:
    references = connection.execute(
        text(
            "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype = 'f' AND (conrelid::regclass::text = ANY(:tables) OR confrelid::regclass::text = ANY(:tables))"
        ),
        {"tables": tables},
    ).all()
    indexes = connection.execute(
        text(
            "SELECT quote_ident(indexname), indexdef FROM pg_indexes WHERE tablename = ANY(:tables) AND schemaname ="
            " current_schema() AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE contype IN ('p', 'u'))"
        ),
        {"tables": tables},
    ).all()
    found = [
        (f"ALTER TABLE {table} DROP CONSTRAINT {name}", f"ALTER TABLE {table} ADD CONSTRAINT {name} {how}")
        for table, name, how in references
    ]
    return found + [(f"DROP INDEX {name}", how) for name, how in indexes]
