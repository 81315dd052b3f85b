"""Rows as lines of JSON and back, the same for both database engines."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Connection, Table, select

AT_ONCE = 500


def lines(connection: Connection, table: Table) -> Iterator[str]:
    """Every row of the table in the order of its key, one JSON object a line."""
    statement = select(table).order_by(*table.primary_key.columns)
    for row in connection.execution_options(yield_per=AT_ONCE).execute(statement).mappings():
        values = {column.name: _told(row[column], column.type) for column in table.columns}
        yield json.dumps(values, ensure_ascii=False) + "\n"


def values(table: Table, line: str) -> dict[str, Any]:
    """One line as values to insert. Raises KeyError for a column the line lacks."""
    told = json.loads(line)
    return {column.name: _meant(told[column.name], column.type) for column in table.columns}


def _told(value: Any, kind: Any) -> Any:
    """What JSON knows stays; moments, days, bytes and decimals are marked as what they are."""
    if value is None or isinstance(kind, JSON):
        return value
    match value:
        case datetime():
            return {"at": value.isoformat()}
        case date():
            return {"on": value.isoformat()}
        case bytes():
            return {"bytes": base64.b64encode(value).decode()}
        case Decimal():
            return {"decimal": str(value)}
    return value


def _meant(value: Any, kind: Any) -> Any:
    if isinstance(kind, JSON) or not isinstance(value, dict):
        return value
    match value:
        case {"at": text}:
            return datetime.fromisoformat(text)
        case {"on": text}:
            return date.fromisoformat(text)
        case {"bytes": text}:
            return base64.b64decode(text)
        case {"decimal": text}:
            return Decimal(text)
    raise ValueError(f"unknown value {value!r}")
