"""Photos that come in pieces over a weak line. Each piece is a file of its own in the store, whole or not there.

So a dropped line, a killed process or a second web server needs no lock and no mending: what lies there without a
gap from the start is what was received. Nothing here touches the database; the sweep removes what is older than
a day (tasks/photos).
"""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import BinaryIO

from shop.domain.photo import (
    MAX_BYTES,
    MOST_HALF_BYTES,
    PART_BYTES,
    EmptyPhoto,
    HalfUploadsFull,
    PartTooLarge,
    PhotoTooHeavy,
)
from shop.ports import PhotoStore

CLIENT_ID = re.compile(r"[0-9A-Za-z-]{8,64}")
CHUNK = 64 * 1024


def folder(producer_id: int, client_id: str) -> str:
    """Where the pieces of one upload lie. Raises ValueError for an id no script of ours makes."""
    if not CLIENT_ID.fullmatch(client_id):
        raise ValueError("not a client id")
    return f"{_of(producer_id)}/{client_id}"


def received(store: PhotoStore, producer_id: int, client_id: str) -> int:
    """How many bytes lie there without a gap."""
    return sum(size for _, size in _pieces(store, folder(producer_id, client_id)))


def add(store: PhotoStore, producer_id: int, client_id: str, piece: BinaryIO, *, offset: int) -> int | None:
    """Keeps the piece that begins at `offset`; how many bytes lie there now.

    None when it begins elsewhere than the last one ended: nothing is kept then. Raises PartTooLarge, PhotoTooHeavy,
    EmptyPhoto, HalfUploadsFull, and whatever the stream raises when it is cut off.
    """
    if offset != received(store, producer_id, client_id):
        return None
    if offset == 0 and _lying(store, producer_id) > MOST_HALF_BYTES:
        raise HalfUploadsFull
    with tempfile.TemporaryDirectory(prefix="shop-part-") as place:
        file = Path(place, "piece")
        length = _written(piece, file)
        if length == 0:
            raise EmptyPhoto
        if offset + length > MAX_BYTES:
            raise PhotoTooHeavy
        store.put(f"{folder(producer_id, client_id)}/{offset:09d}", file)
    return offset + length


def join(store: PhotoStore, producer_id: int, client_id: str, target: Path) -> int:
    """Writes what lies there into the target, one piece in memory at a time; how many bytes it is."""
    size = 0
    with target.open("wb") as out:
        for key, length in _pieces(store, folder(producer_id, client_id)):
            with store.open(key) as piece:
                shutil.copyfileobj(piece, out, CHUNK)
            size += length
    return size


def forget(store: PhotoStore, producer_id: int, client_id: str) -> None:
    """Takes all pieces of one upload away."""
    for file in list(store.files(folder(producer_id, client_id))):
        store.delete(file.key)


def _of(producer_id: int) -> str:
    return f"parts/{producer_id}"


def _pieces(store: PhotoStore, prefix: str) -> list[tuple[str, int]]:
    """Key and length of each piece from the start up to the first gap."""
    lying = {file.key.rpartition("/")[2]: file for file in store.files(prefix)}
    found: list[tuple[str, int]] = []
    size = 0
    while (file := lying.get(f"{size:09d}")) is not None and file.size_bytes:
        found.append((file.key, file.size_bytes))
        size += file.size_bytes
    return found


def _lying(store: PhotoStore, producer_id: int) -> int:
    return sum(file.size_bytes for file in store.files(_of(producer_id)))


def _written(stream: BinaryIO, target: Path) -> int:
    size = 0
    with target.open("wb") as out:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > PART_BYTES:
                raise PartTooLarge
            out.write(chunk)
    return size
