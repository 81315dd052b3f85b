"""A shop made many times as large by its own database: every row again and again, with other ids, codes and moments.

What stands in the tables stays what the shop wrote; only how many it is changes. Copies of a row name the copies of what
the row names. The index of works is written for all copies, so that searches find them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import starmap
from typing import Any

from sqlalchemy import Column, Connection, Integer, Table, UniqueConstraint, text

from shop.models import Base
from shop.models.base import UtcTime
from shop.operations.synth.loading import without_indexes
from shop.search.bits import BLOCK, pack, unpack

#: Tables that do not grow with works, makers, people, orders or events, and why.
BOUNDED = {
    "bank_account": "the council's own",
    "catalogue_tally": "filters of the crafts and their values",
    "document_number": "kinds of papers and years",
    "exchange_rate": "written by hand, some a month",
    "shipping_place": "the country's kecamatan",
    "shipping_rate": "zones and weights",
    "shipping_zone": "some dozens",
    "statement_source": "the banks the council has",
}
#: Written for all copies at once, or such that copies would be another shop's.
APART = {
    "search_block",
    "catalogue_tally",
    "document_number",
    "shipping_zone",
    "shipping_place",
    "shipping_rate",
}
#: Nothing of the copies waits for anybody: however large a shop is, its people keep up.
SETTLED = {
    ("inquiry", "waiting_since"): "NULL",
    ("listing", "unacknowledged_since"): "NULL",
    ("photo", "state"): "'ready'",
    ("report", "handled_at"): "old.at",
    ("report", "outcome"): "coalesce(old.outcome, 'noted')",
    ("revision", "closed_at"): "coalesce(old.closed_at, old.saved_at)",
}
#: Tables that grow more slowly than the shop: words repeat, and the worker sweeps old changes away.
SLOWLY = {"search_word": 20, "catalogue_change": 20}


def growing() -> list[Table]:
    """All tables but those that are named as bounded: a new one grows until somebody says that it does not."""
    return [table for table in Base.metadata.sorted_tables if table.name not in BOUNDED]


def multiply(connection: Connection, times: int) -> None:
    """The database `times` as large, with statistics. Guards and references are not asked. Not committed."""
    engine, tables = connection.dialect.name, [t for t in Base.metadata.sorted_tables if t.name not in APART]
    last = {
        table.name: int(connection.scalar(text(f'SELECT coalesce(max(id), 0) FROM "{table.name}"')) or 0)
        for table in tables
        if "id" in table.c
    }
    if engine == "postgresql":
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
    with without_indexes(connection, [table.name for table in tables if engine == "sqlite"]):
        for table in tables:
            columns = ", ".join(f'"{column.name}"' for column in table.columns)
            values = ", ".join(_values(table, last, engine))
            connection.exec_driver_sql(
                f'INSERT INTO "{table.name}" ({columns}) SELECT {values}'
                f' FROM {_copies(engine, min(times, SLOWLY.get(table.name, times)))} AS n, "{table.name}" AS old'
            )
    _index(connection, last["listing"], times)
    connection.exec_driver_sql(f"UPDATE catalogue_tally SET works = works * {times}")
    if engine == "postgresql":
        for name in last:
            connection.exec_driver_sql(
                f"""SELECT setval(pg_get_serial_sequence('"{name}"', 'id'), max(id)) FROM "{name}" HAVING max(id) > 0"""
            )
        connection.exec_driver_sql("ANALYZE")


def _copies(engine: str, times: int) -> str:
    """One row for every copy, `k` counting them."""
    if engine == "postgresql":
        return f"(SELECT generate_series(1, {times - 1}) AS k)"
    counted = f"n(k) AS (VALUES (1) UNION ALL SELECT k + 1 FROM n WHERE k < {times - 1})"
    return f"(WITH RECURSIVE {counted} SELECT k FROM n)"


def _values(table: Table, last: dict[str, int], engine: str) -> Iterator[str]:
    other = _made_different(table)
    for column in table.columns:
        name, target = f'old."{column.name}"', next(iter(column.foreign_keys), None)
        if (table.name, column.name) in SETTLED:
            yield SETTLED[table.name, column.name]
        elif column.name == "id":
            yield f"{name} + k * {last[table.name]}"
        elif target is not None and target.column.table.name not in APART:
            yield f"{name} + k * {last[_of_ids(target.column.table)]}"
        elif column in other and isinstance(column.type, Integer):
            yield f'{name} + k * (SELECT max("{column.name}") FROM "{table.name}")'
        elif column in other:
            yield f"{name} || '-' || k"
        elif column.name.startswith("order_"):
            yield f"{name} + k"
        elif isinstance(column.type, UtcTime):
            yield {
                "sqlite": f"strftime('%Y-%m-%d %H:%M:%f000', {name}, '-' || k || ' minutes')",
                "postgresql": f"{name} - k * interval '1 minute'",
            }[engine]
        else:
            yield name


def _of_ids(table: Table) -> str:
    """The table whose ids are its own: an entry is numbered as its listing."""
    for column in table.primary_key.columns:
        for key in column.foreign_keys:
            return _of_ids(key.column.table)
    return table.name


def _made_different(table: Table) -> set[Column[Any]]:
    """Of every rule that a row be alone in something, one column that must differ, unless it names a row of its copy."""
    rules: list[list[Any]] = [list(table.primary_key.columns)]
    rules += [list(rule.columns) for rule in table.constraints if isinstance(rule, UniqueConstraint)]
    rules += [
        [c for c in index.expressions if isinstance(c, Column)] for index in table.indexes if index.unique
    ]
    return {rule[-1] for rule in rules if not any(starmap(_differs, ((column,) for column in rule)))}


def _differs(column: Column[Any]) -> bool:
    return column.name == "id" or any(key.column.table.name not in APART for key in column.foreign_keys)


def _index(connection: Connection, last: int, times: int) -> None:
    """For every term the works of all copies, in as many blocks as they fill."""
    every = sum(1 << last * k for k in range(times))
    block = (1 << BLOCK) - 1
    rows = []
    for term, number, kept in connection.execute(text("SELECT term, block, works FROM search_block")).all():
        assert number == 0, "the shop to be multiplied has more works than one block"
        works = unpack(kept) * every
        for place in range(works.bit_length() // BLOCK + 1):
            part = works >> place * BLOCK & block
            if part:
                rows.append({"term": term, "block": place, "works": pack(part)})
    connection.execute(text("DELETE FROM search_block"))
    connection.execute(
        text("INSERT INTO search_block (term, block, works) VALUES (:term, :block, :works)"), rows
    )
