"""No page reads a whole table that grows: the plans of all statements behind all doors, on both engines.

In the suite with 1,000 works, where PostgreSQL is kept from reading whole tables wherever there is another way. With
SHOP_PLAN_WORKS=100000 (minutes, by hand: decision 0191) with so many works, and PostgreSQL chooses freely.
"""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import Connection, event, text
from sqlalchemy.orm import Session

from shop import council
from shop.config import ROOT
from shop.extensions import db
from shop.models import CatalogueEntry, Inquiry, Producer
from shop.operations.synth import command
from tests import factories
from tests.house.test_routes import address, doors
from tests.page import Visitor

BELU = council.read(ROOT / "shop" / "councils" / "belu.toml")
BIG = {
    "listing", "revision", "revision_photo", "photo", "catalogue_entry", "search_word", "catalogue_tally",
    "catalogue_change", "event", "inquiry", "inquiry_item", "message", "notice", "decision", "orders", "payment",
}  # fmt: skip
#: Indexes of what waits for somebody: short however large the table is.
SHORT = {"ix_inquiry_unanswered", "ix_listing_unacknowledged", "uq_revision_open"}
QUESTIONS = (
    "", "?q=tais", "?q=tais+merah&ada=siap&urut=termurah", "?q=tanasek", "?ada=siap", "?ada=siap&pewarna=alami",
    "?sampai=500000&urut=termahal", "?hal=50", "?urut=termurah&setelah=500000_3",
)  # fmt: skip
Asked = tuple[str, Any]
WORKS = int(os.environ.get("SHOP_PLAN_WORKS", "1000"))
#: From so many works on the planner's own choice tells; of tables with fewer rows any choice is right.
ENOUGH, MANY_ROWS = 100_000, 10_000


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


def pages(app: Flask, session: Session) -> list[str]:
    """Every door once with nothing behind it, and those with many rows behind them as people use them."""
    work = session.query(CatalogueEntry).first()
    assert work is not None
    thread = session.query(Inquiry).first()
    assert thread is not None
    lists = [
        f"{place}{question}" for place in ("/karya", f"/kerajinan/{work.craft}") for question in QUESTIONS
    ]
    threads = [
        f"/pesanan/{thread.code}",
        "/studio/karya",
        "/studio/karya?status=tayang",
        "/kurasi",
        "/kurasi/perajin",
    ]
    found = [address(app, rule) for rule, _ in doors(app) if "GET" in (rule.methods or ())]
    return [*found, *lists, *threads, "/", f"/karya/{work.slug}", f"/perajin/{work.producer_slug}", "/perajin",
            f"/perajin?kerajinan={work.craft}", "/saran?q=ta", "/sitemap-karya-0.xml", "/api/v1/karya?q=tais"]  # fmt: skip


def test_no_page_reads_a_whole_table_that_grows(app: Flask, session: Session) -> None:
    if session.get_bind().dialect.name == "sqlite":
        if WORKS >= ENOUGH:  # without indexes, references would be looked up by reading whole tables
            session.connection().exec_driver_sql("PRAGMA foreign_keys=OFF")
        session.connection().exec_driver_sql("BEGIN")
    command.load(session, BELU, WORKS, max(20, WORKS // 67), seed=2)
    curator = factories.curator(session, is_administrator=True, matches_payments=True)
    factories.member(session, session.query(Producer).first(), curator)
    session.commit()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("ANALYZE"))
        session.commit()
    visitor = Visitor(app.test_client()).signed_in(session, curator)
    with listened(app) as asked:
        for path in pages(app, session):
            visitor.client.get(path)
    assert len(asked) > 60
    with session.get_bind().connect() as connection:  # type: ignore[union-attr]
        whole = [
            finding for statement, values in asked for finding in read_whole(connection, statement, values)
        ]
    assert not whole, "\n\n".join(sorted(set(whole)))


def read_whole(connection: Connection, statement: str, values: Any) -> Iterator[str]:
    look = _sqlite if connection.dialect.name == "sqlite" else _postgresql
    for table in look(connection, statement, values):
        few = MANY_ROWS if WORKS >= ENOUGH else 0
        if table in BIG and connection.scalar(text(f"SELECT 1 FROM {table} LIMIT 1 OFFSET {few}")):
            yield f"{table} is read from end to end: {statement}"


def _sqlite(connection: Connection, statement: str, values: Any) -> Iterator[str]:
    """A scan is allowed along an index, where the statement stops after so many rows."""
    limited = "LIMIT" in statement
    names = dict(re.findall(r"(\w+) AS (\w+)", statement))
    aliases = {alias: table for table, alias in names.items()}
    for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values):
        scanned = re.match(r"SCAN (\w+)(.*)", row.detail)
        along = scanned[2].rpartition("INDEX ")[2].strip() if scanned else ""
        if scanned and not (limited and along) and along not in SHORT and "VIRTUAL TABLE" not in scanned[2]:
            yield aliases.get(scanned[1], scanned[1])


def _postgresql(connection: Connection, statement: str, values: Any) -> Iterator[str]:
    """With scans made dear, one that is left has no index to take; an index may be walked where a limit stops it."""
    for way in ("seqscan", "hashjoin", "mergejoin") if WORKS < ENOUGH else ():
        connection.execute(text(f"SET enable_{way} = off"))
    plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values).scalar_one()
    tree = json.loads(plan) if isinstance(plan, str) else plan
    yield from _scans(tree[0]["Plan"], limited=False)


def _scans(node: dict[str, Any], *, limited: bool) -> Iterator[str]:
    limited = limited or node["Node Type"] == "Limit"
    bare = node["Node Type"] in ("Index Scan", "Index Only Scan") and "Index Cond" not in node
    if node["Node Type"] == "Seq Scan" or (bare and not limited and node["Index Name"] not in SHORT):
        yield node["Relation Name"]
    for child in node.get("Plans", ()):
        yield from _scans(child, limited=limited)
