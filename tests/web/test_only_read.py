"""What was only read on PostgreSQL ends with COMMIT, so that the server keeps what it has planned; what was written in a page
that only reads is still taken back.
"""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Connection, text

from shop import database
from shop.extensions import db

pytestmark = pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
TIMES = 8  # the driver has a statement planned when it comes for the sixth time


@pytest.fixture
def connection(app: Flask) -> Iterator[Connection]:
    with app.app_context(), db.engine.connect() as connection:
        yield connection


def planned(connection: Connection) -> int:
    return connection.exec_driver_sql(
        "SELECT count(*) FROM pg_prepared_statements WHERE strpos(statement, 'search_word') > 0"
    ).scalar_one()


def test_a_statement_that_pages_ask_is_planned_once(connection: Connection) -> None:
    with database.reading():
        for _ in range(TIMES):
            connection.exec_driver_sql("SELECT works FROM search_word WHERE word = %s", ("tais",)).all()
            connection.rollback()
        assert planned(connection) == 1


@pytest.mark.parametrize(
    "statement",
    ["INSERT INTO search_word (word, letters, works) VALUES ('tais', 4, 1)", "SAVEPOINT here"],
)
def test_what_was_written_among_reading_is_taken_back(connection: Connection, statement: str) -> None:
    with database.reading():
        for _ in range(TIMES):
            connection.exec_driver_sql("SELECT count(*) FROM search_word").all()
            connection.execute(text(statement))
            connection.rollback()
        assert connection.exec_driver_sql("SELECT count(*) FROM search_word").scalar_one() == 0
        assert planned(connection) == 0


def test_what_failed_is_taken_back(connection: Connection) -> None:
    with database.reading():
        with pytest.raises(Exception, match="division by zero"):
            connection.exec_driver_sql("SELECT 1 / 0")
        connection.rollback()
        assert connection.exec_driver_sql("SELECT 1").scalar_one() == 1
