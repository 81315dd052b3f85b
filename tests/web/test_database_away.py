"""The database dies under the shop: a plain page in the reader's language, and all is well when it is back."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from sqlalchemy import make_url
from sqlalchemy.exc import InterfaceError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as TooManyError
from sqlalchemy.orm import Session

from shop.database import is_away
from shop.extensions import db
from tests import factories
from tests.page import Page, Visitor

WORDS = {"": "Toko sedang tidak dapat dibuka", "/en": "The shop cannot be opened now"}


def file_error(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("as SQLite says it")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (OperationalError("", {}, file_error(sqlite3.SQLITE_BUSY)), True),
        (OperationalError("", {}, file_error(sqlite3.SQLITE_IOERR | 2 << 8)), True),
        (OperationalError("", {}, file_error(sqlite3.SQLITE_ERROR)), False),
        (OperationalError("", {}, psycopg.errors.AdminShutdown()), True),
        (OperationalError("", {}, psycopg.OperationalError("connection refused")), True),
        (InterfaceError("", {}, psycopg.InterfaceError("closed")), True),
        (ProgrammingError("", {}, psycopg.errors.UndefinedTable()), False),
        (TooManyError("too many at once"), True),
        (ValueError("ours"), False),
        (None, False),
    ],
)
def test_what_is_away_and_what_is_our_fault(error: BaseException | None, away: bool) -> None:
    assert is_away(error) is away


class Cut:
    """Takes the database away and brings it back: the file is no file, or the server takes nobody any more."""

    def __init__(self, url: str, folder: Path) -> None:
        self.file, self.aside, self.url = folder / "shop.db", folder / "aside.db", make_url(url)

    def stop(self) -> None:
        if self.url.drivername == "sqlite":
            self.file.rename(self.aside)
            self.file.mkdir()
        else:
            self._say("ALTER DATABASE {} ALLOW_CONNECTIONS false")
            self._say("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'")

    def start(self) -> None:
        if self.url.drivername == "sqlite":
            self.file.rmdir()
            self.aside.rename(self.file)
        else:
            self._say("ALTER DATABASE {} ALLOW_CONNECTIONS true")

    def _say(self, statement: str) -> None:
        other = self.url.set(database="postgres", drivername="postgresql")
        with psycopg.connect(other.render_as_string(hide_password=False), autocommit=True) as server:
            server.execute(statement.format(self.url.database))


def test_a_dead_database_is_a_plain_page_until_it_is_back(
    app: Flask, session: Session, database_url: str, folder: Path
) -> None:
    database = Cut(database_url, folder)
    maria = factories.person(session, "Maria")
    visitor = Visitor(app.test_client()).signed_in(session, maria)
    assert visitor.get("/akun/profil").heading == "Profil"
    session.rollback()
    if database.url.drivername == "sqlite":  # a file that is open stays readable whatever becomes of its name
        with app.app_context():
            db.engine.dispose()
    database.stop()
    for prefix, words in WORDS.items():
        for path in ("/akun", "/karya", "/tidak-ada"):
            page = visitor.get(f"{prefix}{path}", status=503)
            assert page.heading == words
            assert page.response.headers["X-Request-ID"] in page.text
            assert page.response.headers["Retry-After"] == "60"
            assert "Traceback" not in page.text
    sent = visitor.client.post("/masuk", data={"identity": "x"}, headers={"Origin": "http://localhost"})
    assert sent.status_code in (400, 503)
    assert (
        visitor.client.get("/api/v1/karya").json["detail"].startswith("Data toko sedang tidak dapat dibaca")
    )
    assert visitor.client.get("/healthz").status_code == 200
    assert visitor.client.get("/readyz").json == {"status": "lacking", "lacking": ["database"]}
    database.start()
    assert visitor.get("/akun/profil").heading == "Profil"
    assert Page(visitor.client.get("/karya")).status == 200
