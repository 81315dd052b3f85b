"""Not even the original that is kept tells where a photo was taken."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from shop.images.header import examine
from shop.images.place import forget_place
from tests.images.pictures import as_bytes, exif, quarters, srgb_profile

KINDS = ["JPEG", "PNG", "WEBP", "HEIF"]
DATE = "2026:11:24"
LATITUDE = b"9,6.366667S"
XMP = (
    b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><r exif:GPSLatitude='9,6.366667S'/>"
    b"<exif:GPSLongitude>124,53E</exif:GPSLongitude></x:xmpmeta>"
)


def with_place(kind: str, orientation: int = 6) -> bytes:
    data = exif(orientation)
    data.get_ifd(0x8825)[29] = DATE
    more = {} if kind == "PNG" else {"xmp": XMP}
    return as_bytes(quarters(), kind, exif=data.tobytes(), icc_profile=srgb_profile(), **more)


@pytest.mark.parametrize("kind", KINDS)
def test_the_place_is_gone_and_the_photo_is_whole(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "photo"
    before = with_place(kind)
    path.write_bytes(before)
    assert DATE.encode() in before
    forget_place(path)
    after = path.read_bytes()
    assert len(after) == len(before)
    assert DATE.encode() not in after
    assert LATITUDE not in after
    assert b"124,53E" not in after
    with Image.open(io.BytesIO(after)) as picture:
        picture.load()
        assert picture.getexif().get_ifd(0x8825) == {}
        assert picture.info["icc_profile"] == srgb_profile()
    header = examine(io.BytesIO(after))
    assert header == examine(io.BytesIO(before))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_pixels_stay_as_they_were(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "photo"
    path.write_bytes(with_place(kind))
    before = Image.open(io.BytesIO(path.read_bytes())).tobytes()
    forget_place(path)
    assert Image.open(path).tobytes() == before


@pytest.mark.parametrize("kind", KINDS)
def test_a_photo_that_tells_no_place_is_not_touched(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "photo"
    plain = as_bytes(quarters(), kind)
    path.write_bytes(plain)
    forget_place(path)
    assert path.read_bytes() == plain


def test_damaged_metadata_neither_crashes_nor_spills_over(tmp_path: Path) -> None:
    """Every byte of the metadata, one after the other, is made wrong in the worst way."""
    good = with_place("JPEG")
    begin = good.index(b"Exif\0\0") + 6
    pixels = good[good.index(b"\xff\xda") :]
    path = tmp_path / "photo"
    for place in range(begin, begin + 160):
        path.write_bytes(good[:place] + b"\xff" + good[place + 1 :])
        forget_place(path)
        assert len(path.read_bytes()) == len(good)
    path.write_bytes(good[: begin + 20])
    forget_place(path)
    path.write_bytes(good)
    forget_place(path)
    assert path.read_bytes().endswith(pixels)
