"""Takes the place where a photo was taken out of the file itself, so that not even the kept original tells it.

Nothing is moved or decoded: the GPS part of EXIF and GPS words of XMP are overwritten where they stand, in JPEG,
HEIC, WebP and PNG alike. Orientation and colour profile, which rendering needs, stay.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

GPS_POINTER = 0x8825
#: Bytes of one value of each TIFF type.
TYPE_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
#: Where a TIFF block may begin: after the mark of JPEG and HEIC, in a chunk of WebP (with its length), of PNG.
_TIFF = {
    b"Exif\0\0": re.compile(rb"Exif\0\0(?=II\*\0|MM\0\*)"),
    b"EXIF": re.compile(rb"EXIF.{4}(?=II\*\0|MM\0\*)", re.S),
    b"eXIf": re.compile(rb"eXIf(?=II\*\0|MM\0\*)"),
}
_XMP_GPS = re.compile(rb"(GPS[A-Za-z]{1,30}\s*(?:=\s*[\"']|>))([^<\"']{1,200})")
_PNG = b"\x89PNG\r\n\x1a\n"


def forget_place(photo: Path) -> None:
    """Rewrites the file without the place; a file that tells none is left as it is."""
    before = photo.read_bytes()
    after = bytearray(before)
    for sign, pattern in _TIFF.items():
        for mark in _each(before, sign, pattern):
            _blank_gps(after, mark.end())
    for words in _each(before, b"GPS", _XMP_GPS):
        after[words.start(2) : words.end(2)] = b" " * (words.end(2) - words.start(2))
    if after != before:
        if before.startswith(_PNG):
            _mend_png(after)
        photo.write_bytes(after)


def _each(data: bytes, sign: bytes, pattern: re.Pattern[bytes]) -> Iterator[re.Match[bytes]]:
    """Where the pattern, which begins with the sign, matches; the sign alone is looked for, that is fast."""
    place = data.find(sign)
    while place >= 0:
        if found := pattern.match(data, place):
            yield found
        place = data.find(sign, place + 1)


def _blank_gps(data: bytearray, tiff: int) -> None:
    """Empties the GPS directory of the TIFF block that begins at `tiff`, values first."""
    order = "<" if data[tiff : tiff + 2] == b"II" else ">"
    for entry in _entries(data, tiff, _number(data, tiff + 4, order + "I"), order):
        if _number(data, entry, order + "H") == GPS_POINTER:
            directory = _number(data, entry + 8, order + "I")
            for value in _entries(data, tiff, directory, order):
                _blank_value(data, tiff, value, order)
            _zero(data, tiff + directory, 2)


def _blank_value(data: bytearray, tiff: int, entry: int, order: str) -> None:
    kind, count = _number(data, entry + 2, order + "H"), _number(data, entry + 4, order + "I")
    length = TYPE_BYTES.get(kind, 1) * count
    if length > 4:
        _zero(data, tiff + _number(data, entry + 8, order + "I"), min(length, 64 * 1024))
    _zero(data, entry, 12)


def _entries(data: bytearray, tiff: int, directory: int, order: str) -> range:
    """Where the twelve-byte entries of a directory stand; none when it lies outside of the file."""
    first = tiff + directory + 2
    count = _number(data, tiff + directory, order + "H")
    return range(first, min(first + 12 * count, len(data) - 11), 12)


def _number(data: bytearray, place: int, shape: str) -> int:
    """The number at a place; 0 outside of the file, which damaged metadata may point to."""
    if place < 0 or place + struct.calcsize(shape) > len(data):
        return 0
    return int(struct.unpack_from(shape, data, place)[0])


def _zero(data: bytearray, start: int, length: int) -> None:
    end = min(start + length, len(data))
    if 0 <= start < end:
        data[start:end] = bytes(end - start)


def _mend_png(data: bytearray) -> None:
    """PNG keeps a checksum of each chunk; those of changed metadata are made anew."""
    place = len(_PNG)
    while place + 12 <= len(data):
        length = _number(data, place, ">I")
        end = place + 8 + length
        if bytes(data[place + 4 : place + 8]) in (b"eXIf", b"iTXt") and end + 4 <= len(data):
            data[end : end + 4] = struct.pack(">I", zlib.crc32(data[place + 4 : end]))
        place = end + 4
