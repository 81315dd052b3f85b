"""Sets of works as the bits of whole numbers, by blocks of listing ids, and how a block stands in a row."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import compress

#: 4,000 bytes to a block: two rows to a page of PostgreSQL, one to a page of SQLite, nothing left over.
BLOCK = 32_000
_BYTES = BLOCK // 8
#: So many works are written as a list of their places, more as all bits of the block.
FEW = 120

#: A block is looked through in words of 64 bits.
_WORDS = struct.Struct(f">{BLOCK // 64}Q")
_BEGIN = range(BLOCK - 64, -1, -64)


def pack(works: int) -> bytes:
    """The bits of one block as they are kept."""
    many = works.bit_count()
    if many > FEW:
        return works.to_bytes(_BYTES, "little")
    return struct.pack(f"<{many}H", *newest_first(works))


def unpack(kept: bytes) -> int:
    if len(kept) == _BYTES:
        return int.from_bytes(kept, "little")
    found = bytearray(_BYTES)
    for place in struct.unpack(f"<{len(kept) // 2}H", kept):
        found[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(found, "little")


def newest_first(works: int) -> Iterator[int]:
    """The places of the bits in a block, from the last to the first."""
    words = _WORDS.unpack(works.to_bytes(_BYTES, "big"))
    for begin, word in compress(zip(_BEGIN, words, strict=True), words):
        while word:
            place = word.bit_length() - 1
            yield begin + place
            word ^= 1 << place
