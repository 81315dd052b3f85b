"""Photos in an object store (S3 and what speaks like it). An object appears whole or not at all, by its nature."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, cast
from urllib.parse import urlsplit

import obstore
from obstore.store import ObjectStore, S3Store

from shop.domain.photo import TYPES
from shop.ports import StoredFile

#: Larger files go up in parts of this size, so that memory holds one part and not the file.
PART = 5 * 1024 * 1024
#: What is kept under a key never changes. Private: only whoever was given a signed address may keep it.
KEPT = "private, max-age=31536000, immutable"


class BucketPhotos:
    """A PhotoStore in a bucket. Credentials and region come from the usual AWS_… variables."""

    def __init__(self, store: ObjectStore) -> None:
        self._store: Any = store

    @classmethod
    def at(cls, url: str) -> BucketPhotos:
        """`s3://bucket/prefix`. Every upload carries its checksum: the store refuses what came otherwise."""
        return cls(S3Store.from_url(url, checksum_algorithm="sha256"))

    def put(self, key: str, source: Path) -> None:
        kind = TYPES.get(key.rpartition(".")[2], "application/octet-stream")
        attributes = {"Content-Type": kind, "Cache-Control": KEPT}
        obstore.put(self._store, key, source, chunk_size=PART, max_concurrency=2, attributes=attributes)

    def open(self, key: str) -> BinaryIO:
        """The content as a stream that fetches as it is read."""
        obstore.head(self._store, key)  # a missing key speaks up here and not in the middle of an answer
        return cast(BinaryIO, io.BufferedReader(_Raw(obstore.open_reader(self._store, key))))

    def has(self, key: str) -> bool:
        try:
            obstore.head(self._store, key)
        except FileNotFoundError:
            return False
        return True

    def delete(self, key: str) -> None:
        if self.has(key):
            obstore.delete(self._store, key)

    def changed_at(self, key: str) -> datetime:
        return obstore.head(self._store, key)["last_modified"]

    def path(self, key: str) -> Path | None:  # noqa: ARG002
        return None

    def address(self, key: str, seconds: int) -> str | None:
        if not isinstance(self._store, S3Store):
            return None
        return str(obstore.sign(self._store, "GET", key, timedelta(seconds=seconds)))

    @cached_property
    def origin(self) -> str | None:
        address = self.address("photos", 60)
        return None if address is None else "{0.scheme}://{0.netloc}".format(urlsplit(address))

    @contextmanager
    def local(self, key: str) -> Iterator[Path]:
        with tempfile.TemporaryDirectory(prefix="shop-photo-") as folder:
            copy = Path(folder, "original")
            with self.open(key) as content, copy.open("wb") as out:
                shutil.copyfileobj(content, out, PART)
            yield copy

    def files(self, prefix: str) -> Iterator[StoredFile]:
        for batch in obstore.list(self._store, prefix):
            for found in batch:
                yield StoredFile(found["path"], found["size"], found["last_modified"])


class _Raw(io.RawIOBase):
    """obstore's reader as Python's own kind of stream."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = bytes(self._reader.read(len(buffer)))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._reader.close()
        super().close()
