"""A consistent backup of database and photos in one file, taken while the shop runs."""

from __future__ import annotations

import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from shop.database import reading
from shop.operations.archive import DESCRIPTION, FORMAT, PHOTOS, ROWS, STORED, revision, tables
from shop.operations.rows import lines
from shop.operations.trouble import OperationRefused
from shop.ports import PhotoStore


def backup(engine: Engine, photos: PhotoStore, file: Path, *, at: datetime) -> dict[str, int]:
    """Write the file; its name appears only when it is whole. Returns rows by table, and `photos`.

    All rows are of one moment. Photos are copied afterwards: they are immutable, so one too many does no harm.
    Raises OperationRefused when the file is there already.
    """
    if file.exists():
        raise OperationRefused(f"{file} is there already: choose another name.")
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=f".{file.name}.") as folder:
        with snapshot(engine) as connection:
            counts = {table.name: _dump(connection, table.name, Path(folder)) for table in tables()}
            at_revision = revision(connection)
        told = {"format": FORMAT, "revision": at_revision, "made_at": at.isoformat(), "rows": counts}
        unfinished = Path(folder) / "backup.tar"
        copied = _write(unfinished, told, Path(folder), photos)
        unfinished.replace(file)
    return {**counts, "photos": copied}


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one moment of the database, however long it reads, and holds nobody up."""
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
            yield connection.execution_options(**options)
        return
    with reading(), engine.connect() as connection:
        yield connection


def _dump(connection: Connection, name: str, folder: Path) -> int:
    count = 0
    table = next(table for table in tables() if table.name == name)
    with (folder / f"{name}.jsonl").open("w", encoding="utf-8") as out:
        for line in lines(connection, table):
            out.write(line)
            count += 1
    return count


def _write(target: Path, told: dict[str, object], folder: Path, photos: PhotoStore) -> int:
    """Only the owner may read it: it holds everybody's addresses. Returns the number of photos."""
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as out:
        with tarfile.open(fileobj=out, mode="w") as archive:
            _add(archive, DESCRIPTION, json.dumps(told, indent=1).encode())
            for table in tables():
                archive.add(folder / f"{table.name}.jsonl", f"{ROWS}{table.name}.jsonl")
            copied = sum(_add_photo(archive, key, size, photos) for key, size in _stored(photos))
            _add(archive, f"{PHOTOS}end", str(copied).encode())
        out.flush()
        os.fsync(out.fileno())
    return copied


def _stored(photos: PhotoStore) -> Iterator[tuple[str, int]]:
    for prefix in STORED:
        yield from ((found.key, found.size_bytes) for found in photos.files(prefix))


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    archive.addfile(member, io.BytesIO(content))


def _add_photo(archive: tarfile.TarFile, key: str, size: int, photos: PhotoStore) -> int:
    """1, or 0 for a file that was swept away meanwhile."""
    member = tarfile.TarInfo(f"{PHOTOS}{key}")
    member.size = size
    with suppress(FileNotFoundError), photos.open(key) as content:
        archive.addfile(member, content)
        return 1
    return 0
