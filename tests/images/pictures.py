"""Files to try the pipeline with, made here: no camera file is kept in the project."""

from __future__ import annotations

import io
import random
import struct
import zlib
from functools import cache
from typing import Any

from PIL import Image, ImageCms
from pillow_heif import register_heif_opener

register_heif_opener()
#: Words that stand in the metadata of `telling`; none of them may be found in what is served.
PLACE = "Atambua-9.1061-124.8925"


def as_bytes(picture: Image.Image, kind: str, **how: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def quarters(width: int = 80, height: int = 60) -> Image.Image:
    """Red, green / blue, white: shows every turn and every mirror."""
    picture = Image.new("RGB", (width, height), "white")
    half_w, half_h = width // 2, height // 2
    picture.paste((220, 20, 20), (0, 0, half_w, half_h))
    picture.paste((20, 200, 20), (half_w, 0, width, half_h))
    picture.paste((20, 20, 220), (0, half_h, half_w, height))
    return picture


def cloth(width: int, height: int) -> Image.Image:
    """Fine stripes with some noise, as heavy to code as real cloth."""
    chance = random.Random(7)
    thread = bytes(chance.randrange(40, 230) for _ in range(width * 3))
    rows = (bytes(max(0, min(255, v + chance.randrange(-30, 30))) for v in thread) for _ in range(64))
    tile = Image.frombytes("RGB", (width, 64), b"".join(rows))
    picture = Image.new("RGB", (width, height))
    for top in range(0, height, 64):
        picture.paste(tile, (0, top))
    return picture


def exif(orientation: int = 1) -> Image.Exif:
    """Orientation, a maker, and a place in the GPS part."""
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010F] = PLACE
    data.get_ifd(0x8825).update({1: "S", 2: (9.0, 6.0, 22.0), 3: "E", 4: (124.0, 53.0, 33.0), 29: PLACE})
    return data


def telling(kind: str, picture: Image.Image | None = None) -> bytes:
    """A photo of the kind that tells where it was taken in EXIF, XMP and a comment, with a profile."""
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{PLACE}</x:xmpmeta>".encode()
    how: dict[str, Any] = {"exif": exif().tobytes(), "icc_profile": srgb_profile()}
    if kind in ("JPEG", "HEIF", "WEBP"):
        how["xmp"] = xmp
    if kind == "JPEG":
        how["comment"] = PLACE.encode()
    return as_bytes(picture or quarters(500, 300), kind, **how)


@cache
def srgb_profile() -> bytes:
    """One for the whole run: the time it was made stands in it."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def swapped_profile() -> bytes:
    """An RGB profile in which red means green and green means red, and which does not call itself sRGB."""
    data = bytearray(srgb_profile())
    red, green = data.index(b"rXYZ"), data.index(b"gXYZ")
    data[red : red + 4], data[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(data).replace("sRGB".encode("utf-16-be"), "Tukr".encode("utf-16-be"))


def png_saying(width: int, height: int, pixels: bytes = b"") -> bytes:
    """A PNG whose header claims this size, one bit a pixel, whatever the pixels are."""
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)),
            _chunk(b"IDAT", pixels or zlib.compress(b"\0")),
            _chunk(b"IEND", b""),
        ]
    )


@cache
def bomb() -> bytes:
    """900 megapixels in about 110 KB, all there."""
    row = b"\0" * (1 + 30_000 // 8)
    packer = zlib.compressobj(9)
    pixels = b"".join([packer.compress(row * 3_000) for _ in range(10)]) + packer.flush()
    return png_saying(30_000, 30_000, pixels)


def gif(frames: int) -> bytes:
    """A GIF of two by two pixels a frame, written by hand because Pillow would take seconds."""
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 2, 2, 0) + b"\x02\x03\x44\x02\x05\x00"
    head = b"GIF89a" + struct.pack("<HHBBB", 2, 2, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    return head + frame * frames + b"\x3b"


def moving(kind: str, frames: int = 12) -> bytes:
    pictures = [Image.new("RGB", (40, 30), (n * 20, 0, 0)) for n in range(frames)]
    return as_bytes(pictures[0], kind, save_all=True, append_images=pictures[1:], duration=40)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
