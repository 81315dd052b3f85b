"""No page reads a whole table that grows: the plans of all statements behind all doors, on both engines.

At 100,000 works, 575,000 events, 3,000 orders: the demo's shop a thousand times (decision 0191).
"""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.orm import Session

from shop.demo.command import seed
from shop.extensions import db
from tests.ground.multiplied import growing, multiply
from tests.journeys.test_every_page import plain_picture
from tests.queries.walking import METRICS, walk

TIMES = 1_000
Asked = tuple[str, Any]
GROWS = {table.name for table in growing()}
#: Indexes of some rows only, those that wait for somebody: short however large the table is.
SHORT = {
    str(index.name)
    for table in growing()
    for index in table.indexes
    if index.dialect_options["sqlite"].get("where") is not None
}
#: Tables that pages do read from end to end, and why.
READ_WHOLE = {
    "catalogue_maker": "one row for sixty works: their own list counts them by craft and district, search reads their names",
    "person": "the administrators' list counts everybody",
    "producer": "one row for sixty works: the curators' list counts them by state",
    "producer_craft": "as catalogue_maker",
}
#: From so many rows on the planner's own choice tells; with fewer PostgreSQL is asked whether there is another way, and
#: with next to none it has no reason to take it (on SQLite, which does not count, all tables are looked at).
MANY_ROWS, SOME_ROWS = 50_000, 1_000
#: What hands nothing on before it has everything.
TAKES_ALL = {"Sort", "Aggregate", "Hash"}
#: Views that no page of the demo leads to: links of one use, what one has just sent, what the demo has none of, pictures.
NOT_WALKED = {
    "account.address", "account.confirm_email", "account.invitation", "account.new_password", "account.open_link",
    "account.second_factor", "account.sign_out", "account.undo_email", "bands.band", "curation.money_task",
    "curation.settle", "curation.statement", "curation.transfer_back", "inquiry.basket_sent", "inquiry.bought",
    "inquiry.digits", "inquiry.enter", "inquiry.order_step", "inquiry.qris_picture", "inquiry.refund_account",
    "media.photo", "payment.demo_desk", "studio.inquiry", "studio.pieces",
}  # fmt: skip


@pytest.fixture
def settings() -> dict[str, str]:
    return {"SHOP_METRICS_TOKEN": METRICS}


@pytest.fixture
def database_url(
    request: pytest.FixtureRequest, engine_name: str, tmp_path: Path, ground: Path
) -> Iterator[str]:
    """A migrated database of this test's own: it grows to a gigabyte and goes away as a whole."""
    if engine_name == "sqlite":
        yield request.getfixturevalue("sqlite_databases").fresh(tmp_path)
        shutil.rmtree(tmp_path)
        return
    from tests.ground.databases import Postgres, name_of_worker

    database = Postgres(request.getfixturevalue("postgres_server"), name_of_worker("shop_plans"), ground)
    yield database.url
    database.drop()


@pytest.fixture
def large(app: Flask, database_url: str) -> Engine:
    """The engine of a shop with 100,000 works."""
    with pytest.MonkeyPatch.context() as patch, app.app_context():
        patch.setattr("shop.demo.command.picture", plain_picture)
        shop = app.extensions["shop"]
        seed(db.session(), shop, at=shop.clock())
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    engine = create_engine(database_url)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            for pragma in (
                "foreign_keys=OFF",
                "synchronous=OFF",
                "journal_mode=MEMORY",
                "cache_size=-131072",
            ):
                connection.exec_driver_sql(f"PRAGMA {pragma}")
            connection.exec_driver_sql("BEGIN")
        multiply(connection, TIMES)
        connection.commit()
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
    return engine


@contextmanager
def listened(app: Flask) -> Iterator[list[Asked]]:
    """Every statement the shop asks, with its values, once each."""
    asked: dict[str, Asked] = {}

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if statement.startswith(("SELECT", "WITH")):
            asked.setdefault(re.sub(r"\(\?(, \?)*\)", "(?)", statement), (statement, values))

    with app.app_context():
        engine = db.engine
    found: list[Asked] = []
    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)
    found += asked.values()


def test_no_page_reads_a_whole_table_that_grows(app: Flask, large: Engine, session: Session) -> None:
    with listened(app) as asked:
        answered = walk(app, session)
    rules = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert rules - answered.keys() <= NOT_WALKED
    with large.connect() as connection:
        whole = {
            finding for statement, values in asked for finding in read_whole(connection, statement, values)
        }
    assert len(asked) > 200
    assert not whole, "\n\n".join(sorted(whole))


def read_whole(connection: Connection, statement: str, values: Any) -> Iterator[str]:
    look = _sqlite if connection.dialect.name == "sqlite" else _postgresql
    for table in look(connection, statement, values):
        if table in GROWS - READ_WHOLE.keys():
            yield f"{table} is read from end to end: {statement}"


def _sqlite(connection: Connection, statement: str, values: Any) -> Iterator[str]:
    """A scan is allowed along an index or by id, where the statement stops after so many rows in that order."""
    aliases = {alias: table for table, alias in re.findall(r'(\w+)"? AS "?(\w+)', statement)}
    plan = [row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    sorts = "USE TEMP B-TREE FOR ORDER BY" in plan
    for detail in plan:
        scanned = re.match(r"SCAN (\w+)(.*)", detail)
        along = scanned[2].rpartition("INDEX ")[2].strip() if scanned else ""
        stops = "LIMIT" in statement and (along or not sorts)
        if scanned and not stops and along not in SHORT and "VIRTUAL TABLE" not in scanned[2]:
            yield aliases.get(scanned[1], scanned[1])


def _postgresql(connection: Connection, statement: str, values: Any) -> Iterator[str]:
    """By the planner's own choice; of smaller tables, where any choice is right, whether there is another way."""
    for allowed, rows in (("on", MANY_ROWS), ("off", SOME_ROWS)):
        for way in ("seqscan", "hashjoin", "mergejoin"):
            connection.execute(text(f"SET enable_{way} = {allowed}"))
        plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values).scalar_one()
        tree = json.loads(plan) if isinstance(plan, str) else plan
        for table in _scans(tree[0]["Plan"], limited=False):
            if connection.scalar(text(f'SELECT 1 FROM "{table}" LIMIT 1 OFFSET {rows}')):
                yield table


def _scans(node: dict[str, Any], *, limited: bool) -> Iterator[str]:
    """Tables read whole; an index may be walked where a limit stops it."""
    limited = node["Node Type"] == "Limit" or (limited and node["Node Type"] not in TAKES_ALL)
    bare = node["Node Type"] in ("Index Scan", "Index Only Scan") and "Index Cond" not in node
    if node["Node Type"] == "Seq Scan" or (bare and not limited and node["Index Name"] not in SHORT):
        yield node["Relation Name"]
    for child in node.get("Plans", ()):
        yield from _scans(child, limited=limited)
