"""Databases for tests: migrated once per worker, made empty again before every test.

A test is never wrapped in a transaction of ours: that would hide a forgotten commit.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import TextClause, create_engine, event, make_url, text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from tests.ground.migrating import migrate

LOCALES = ("C.UTF-8", "C")  # named, since the one a server happens to have differs by user


class Database(Protocol):
    """One kind of database: hands out the address of an empty, migrated one."""

    def fresh(self, folder: Path) -> str: ...


class Sqlite:
    """A template file, copied for every test."""

    def __init__(self, folder: Path) -> None:
        self.template = folder / "template.db"
        migrate(f"sqlite:///{self.template}", folder)
        with sqlite3.connect(self.template) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()

    def fresh(self, folder: Path) -> str:
        target = folder / "shop.db"
        shutil.copyfile(self.template, target)
        return f"sqlite:///{target}"


class Postgres:
    """A database of this worker's own, whose rows are deleted before every test.

    By one connection for all tests: what it asks is planned once, which is most of what asking eighty tables costs.
    """

    def __init__(self, server_url: str, name: str, folder: Path) -> None:
        self.server_url = server_url
        self.name = name
        with _connected(server_url) as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
            _create(connection, name)
        self.url = make_url(server_url).set(database=name).render_as_string(hide_password=False)
        migrate(self.url, folder)
        self._engine = create_engine(self.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        self._connection = self._engine.connect()
        self._asked = _which_have_rows(self._connection)
        filled = self._filled()
        if filled:
            raise AssertionError(f"The migrations put rows into {filled}; tests would lose them.")

    def fresh(self, folder: Path) -> str:
        try:
            self._connection.execute(OTHERS_LEAVE)
        except OperationalError:  # the last test sent everybody away, us too
            self._connection.close()
            self._connection = self._engine.connect()
            self._connection.execute(OTHERS_LEAVE)
        _empty(self._connection, self._filled())
        return self.url

    def drop(self) -> None:
        self._connection.close()
        with _connected(self.server_url) as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)'))

    def _filled(self) -> list[str]:
        """The names of all tables with rows, quoted."""
        return list(self._connection.execute(self._asked).scalars())


OTHERS_LEAVE = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def engine_of_a_bystander(url: str) -> Engine:
    """An engine that begins transactions only to write, unlike the shop's own, which would lock SQLite."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _keep_foreign_keys)
    else:
        engine = engine.execution_options(isolation_level="READ COMMITTED")
    return engine


def _keep_foreign_keys(connection: Any, _record: object) -> None:
    for pragma in ("foreign_keys=ON", "busy_timeout=15000"):
        connection.execute(f"PRAGMA {pragma}")


def name_of_worker(prefix: str = "shop_test") -> str:
    """A database name no other worker of this or another run has."""
    return f"{prefix}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"


def _create(connection: Connection, name: str) -> None:
    for locale in LOCALES:
        if _has_locale(connection, locale):
            connection.execute(
                text(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8' LOCALE '{locale}'")
            )
            return
    raise AssertionError(f"The PostgreSQL server knows none of the locales {LOCALES}.")


def _has_locale(connection: Connection, locale: str) -> bool:
    spelt = {locale, locale.replace("UTF-8", "utf8")}
    known = connection.execute(text("SELECT collname FROM pg_collation")).scalars().all()
    return bool(spelt.intersection(known))


def _which_have_rows(connection: Connection) -> TextClause:
    """One statement that names all tables with rows, quoted, whatever their number."""
    tables = connection.execute(
        text(
            "SELECT quote_ident(tablename) FROM pg_tables"
            " WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
        )
    ).scalars()
    return text(
        " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in sorted(tables))
    )


def _empty(connection: Connection, filled: list[str]) -> None:
    """Delete every row. With foreign keys silenced that takes 2 ms, where TRUNCATE takes 26."""
    if not filled:
        return
    if connection.execute(text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")).scalar():
        deletes = "; ".join(f"DELETE FROM {name}" for name in filled)
        connection.execute(
            text(f"SET session_replication_role = replica; {deletes}; RESET session_replication_role")
        )
    else:
        connection.execute(text(f"TRUNCATE {', '.join(filled)} CASCADE"))


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    engine: Engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()
