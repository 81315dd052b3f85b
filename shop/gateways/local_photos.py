"""Photos in a folder of this machine: written beside their place, flushed to disk, then renamed into it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from shop.ports import StoredFile

#: Half-written files carry this ending; a sweep may remove old ones.
HALF = ".half"


class LocalPhotos:
    """A PhotoStore in a folder. Whoever reads a key sees the whole file or none, also after a power cut."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, key: str, source: Path) -> None:
        place = self._place(key)
        place.parent.mkdir(parents=True, exist_ok=True)
        half = place.with_name(f"{place.name}.{token_hex(6)}{HALF}")
        try:
            with source.open("rb") as incoming, half.open("wb") as outgoing:
                shutil.copyfileobj(incoming, outgoing, 256 * 1024)
                outgoing.flush()
                os.fsync(outgoing.fileno())
            half.replace(place)
        except BaseException:
            half.unlink(missing_ok=True)
            raise
        _flush_folder(place.parent)

    def open(self, key: str) -> BinaryIO:
        return self._place(key).open("rb")

    def has(self, key: str) -> bool:
        return self._place(key).is_file()

    def delete(self, key: str) -> None:
        self._place(key).unlink(missing_ok=True)

    def changed_at(self, key: str) -> datetime:
        return datetime.fromtimestamp(self._place(key).stat().st_mtime, UTC)

    def path(self, key: str) -> Path | None:
        return self._place(key)

    def address(self, key: str, seconds: int) -> str | None:  # noqa: ARG002
        return None

    @property
    def origin(self) -> str | None:
        return None

    @contextmanager
    def local(self, key: str) -> Iterator[Path]:
        place = self._place(key)
        if not place.is_file():
            raise FileNotFoundError(key)
        yield place

    def files(self, prefix: str) -> Iterator[StoredFile]:
        for folder, _, names in os.walk(self._place(prefix)):
            for name in names:
                path = Path(folder, name)
                with suppress(FileNotFoundError):  # deleted while we looked
                    facts = path.stat()
                    when = datetime.fromtimestamp(facts.st_mtime, UTC)
                    yield StoredFile(path.relative_to(self._root).as_posix(), facts.st_size, when)

    def _place(self, key: str) -> Path:
        parts = key.split("/")
        if any(part in ("", ".", "..") for part in parts) or "\\" in key or "\0" in key:
            raise ValueError(f"not a key: {key!r}")
        return self._root.joinpath(*parts)


def _flush_folder(folder: Path) -> None:
    """Makes the rename itself last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
