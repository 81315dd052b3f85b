"""Brings a backup into an empty, migrated shop; also from one database engine into the other."""

from __future__ import annotations

import json
import shutil
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Engine, ForeignKeyConstraint, Table, func, insert, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import AddConstraint, DropConstraint

from shop.operations.archive import DESCRIPTION, FORMAT, PHOTOS, ROWS, revision, tables
from shop.operations.rows import AT_ONCE, values
from shop.operations.trouble import OperationRefused
from shop.ports import PhotoStore


def restore(engine: Engine, photos: PhotoStore, file: Path) -> dict[str, int]:
    """Put every row and photo back; all rows or none. Returns rows by table, and `photos`.

    Raises OperationRefused when the file is no whole backup, the database is of another migration, or not empty.
    """
    try:
        with tarfile.open(file) as archive, engine.begin() as connection:
            told = _description(archive)
            _refuse_unless_fitting(connection, told)
            with foreign_keys_at_the_end(connection):
                done = _fill(connection, photos, archive)
                _refuse_unless_whole(told, done)
            _number_on(connection)
            return done
    except (tarfile.TarError, EOFError, KeyError, ValueError, IntegrityError) as error:
        raise OperationRefused(f"{file} is no whole backup ({error}): take another one.") from error


def _description(archive: tarfile.TarFile) -> dict[str, Any]:
    first = archive.next()
    content = archive.extractfile(first) if first and first.name == DESCRIPTION else None
    if content is None:
        raise ValueError("it does not begin with a description")
    told: dict[str, Any] = json.load(content)
    if told.get("format") != FORMAT:
        raise ValueError(f"its format is {told.get('format')}")
    return told


def _refuse_unless_fitting(connection: Connection, told: dict[str, Any]) -> None:
    here = revision(connection)
    if here != told["revision"]:
        raise OperationRefused(
            f"The backup is of migration {told['revision']}, this database of {here or 'none'}: check out the"
            " version that made the backup, migrate an empty database, restore, then upgrade."
        )
    filled = [
        table.name for table in tables() if connection.execute(select(1).select_from(table).limit(1)).first()
    ]
    if filled:
        raise OperationRefused(
            f"This database is not empty (there are rows in {', '.join(filled[:3])}): restore into a new one."
        )


def _fill(connection: Connection, photos: PhotoStore, archive: tarfile.TarFile) -> dict[str, int]:
    done: dict[str, int] = {"photos": 0}
    by_name = {f"{ROWS}{table.name}.jsonl": table for table in tables()}
    for member in archive:
        content = archive.extractfile(member)
        if content is None:
            continue
        if (table := by_name.get(member.name)) is not None:
            done[table.name] = _insert(connection, table, content)
        elif member.name == f"{PHOTOS}end":
            done["photos promised"] = int(content.read())
        elif member.name.startswith(PHOTOS):
            _keep(photos, member.name.removeprefix(PHOTOS), content)
            done["photos"] += 1
    return done


def _insert(connection: Connection, table: Table, content: Iterable[bytes]) -> int:
    count = 0
    lines = iter(content)
    while batch := [values(table, line.decode()) for line in islice(lines, AT_ONCE)]:
        connection.execute(insert(table), batch)
        count += len(batch)
    return count


def _keep(photos: PhotoStore, key: str, content: IO[bytes]) -> None:
    with tempfile.NamedTemporaryFile() as local:
        shutil.copyfileobj(content, local)
        local.flush()
        photos.put(key, Path(local.name))


def _refuse_unless_whole(told: dict[str, Any], done: dict[str, int]) -> None:
    """Raises OperationRefused, which rolls the rows back, when anything promised is not there."""
    promised = {**told["rows"], "photos": done.pop("photos promised", -1)}
    lacking = [name for name, count in promised.items() if done.get(name, 0) != count]
    if lacking:
        raise OperationRefused(f"The backup is cut short ({', '.join(lacking)}): take another one.")


@contextmanager
def foreign_keys_at_the_end(connection: Connection) -> Iterator[None]:
    """Rows may come in any order; all references are checked before the transaction ends."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        yield
        return
    keys = [key for table in tables() for key in table.constraints if isinstance(key, ForeignKeyConstraint)]
    for key in keys:
        connection.execute(DropConstraint(key))
    yield
    connection.execute(
        text("SET CONSTRAINTS ALL IMMEDIATE")
    )  # no table may be altered while a check of it waits
    for key in keys:
        connection.execute(AddConstraint(key))


def _number_on(connection: Connection) -> None:
    """PostgreSQL counts ids beside the table, so it must be told where to go on."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables():
        key = table.autoincrement_column
        if key is None:
            continue
        highest = connection.execute(select(func.max(key))).scalar()
        if highest:
            connection.execute(
                select(func.setval(func.pg_get_serial_sequence(table.name, key.name), highest))
            )
