"""What a file is, read from its first bytes only: nothing is decoded, so a bomb costs nothing.

The kind comes from the content, never from the name or the type the browser claims.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image
from pillow_heif import options as heif_options
from pillow_heif import register_heif_opener

from shop.domain.photo import (
    MAX_PIXELS,
    BrokenPhoto,
    Kind,
    NotAPhoto,
    PhotoMoves,
    PhotoTooLarge,
    check_size,
)

#: The one Pillow plugin a kind may be read with.
PLUGIN: dict[Kind, str] = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "heic": "HEIF"}
#: ftyp brands of still pictures coded with HEVC; AVIF and video share the box but not the brands.
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1"}
HEIC_SEQUENCE_BRANDS = {b"hevc", b"hevx", b"msf1"}
#: EXIF orientations that turn the picture on its side.
SIDEWAYS = {5, 6, 7, 8}
#: The firmware of one maker of phones turns a HEIC by a property of the file although it lies upright already, and
#: says so in EXIF. Nobody else's files are touched: others write "upright" there whatever the truth.
TURNS_TOO_OFTEN = re.compile(r"00WW_\d_\d+[A-Z]?_SP\d+")
#: Quarter turns against the clock that the property asked for → the orientation that takes them back.
TAKEN_BACK = {1: 6, 2: 3, 3: 8}

Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
heif_options.THUMBNAILS = False
heif_options.DEPTH_IMAGES = False
heif_options.AUX_IMAGES = False
register_heif_opener()


@dataclass(frozen=True, slots=True)
class Header:
    """Kind, size as it will stand upright, and the EXIF orientation still to be applied (1 = none)."""

    kind: Kind
    width_px: int
    height_px: int
    orientation: int


def examine(source: BinaryIO) -> Header:
    """The header of a photo file. Raises one of the errors of shop.domain.photo.

    Reads a few kilobytes, except HEIC, whose reader wants the whole file (at most 15 MB).
    """
    kind = sniff(source)
    if kind == "webp":
        _check_webp(source)
    picture = open_picture(source, kind)
    if kind == "png" and getattr(picture, "is_animated", False):
        raise PhotoMoves
    check_size(*picture.size)
    orientation = _turned_too_often(source, picture) or orientation_of(picture)
    width, height = picture.size
    if orientation in SIDEWAYS:
        width, height = height, width
    return Header(kind, width, height, orientation)


def open_picture(source: BinaryIO, kind: Kind) -> Image.Image:
    """The file opened by the plugin of its kind and no other; pixels are not read yet."""
    source.seek(0)
    try:
        return Image.open(source, formats=[PLUGIN[kind]])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise PhotoTooLarge from bomb
    except (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, RuntimeError) as broken:
        raise BrokenPhoto from broken


def orientation_of(picture: Image.Image) -> int:
    """EXIF orientation 1–8; 1 when it is missing or the metadata is damaged."""
    try:
        value = picture.getexif().get(0x0112, 1)
    except Exception:  # damaged metadata raises many things and must not cost anyone a good photo
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _turned_too_often(source: BinaryIO, picture: Image.Image) -> int | None:
    """How to take back the turn of a HEIC that was upright before its reader turned it; None for all others."""
    if picture.format != "HEIF" or picture.info.get("original_orientation") not in (None, 1):
        return None
    if not TURNS_TOO_OFTEN.fullmatch(_software(picture)):
        return None
    source.seek(0)
    found = re.search(rb"\0\0\0\x09irot(.)", source.read(64 * 1024), re.S)
    return TAKEN_BACK.get(found[1][0] & 3) if found else None


def _software(picture: Image.Image) -> str:
    try:
        return str(picture.getexif().get(0x0131, "")).strip("\0 ")
    except Exception:  # damaged metadata raises many things
        return ""


def sniff(source: BinaryIO) -> Kind:
    """The kind of file by its magic bytes. Raises NotAPhoto, or PhotoMoves for an animated GIF."""
    source.seek(0)
    head = source.read(64)
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp":
        return _heic_brand(head)
    if head[:6] in (b"GIF87a", b"GIF89a") and _gif_moves(source):
        raise PhotoMoves
    raise NotAPhoto


def _heic_brand(head: bytes) -> Kind:
    box = head[8 : min(int.from_bytes(head[:4], "big"), 64)]
    brands = {box[0:4], *(box[i : i + 4] for i in range(8, len(box), 4))}
    if b"avif" in brands or b"avis" in brands:
        raise NotAPhoto
    if box[0:4] in HEIC_SEQUENCE_BRANDS and not brands & HEIC_BRANDS:
        raise PhotoMoves
    if brands & HEIC_BRANDS:
        return "heic"
    raise NotAPhoto


def _gif_moves(source: BinaryIO) -> bool:
    """Whether a second frame begins; Pillow skips over the first without decoding it."""
    source.seek(0)
    try:
        return bool(getattr(Image.open(source, formats=["GIF"]), "is_animated", False))
    except Exception:  # whatever it is, it is no photo
        return False


def _check_webp(source: BinaryIO) -> None:
    """Looks into the first chunk before Pillow does, because Pillow reserves two canvases on opening.

    Raises PhotoMoves for an animation, PhotoTooLarge, or BrokenPhoto when the file is cut off.
    """
    source.seek(0)
    head = source.read(34)
    whole = source.seek(0, 2)
    if len(head) < 30 or int.from_bytes(head[4:8], "little") + 8 > whole + 1:
        raise BrokenPhoto
    chunk = head[12:16]
    if chunk == b"VP8X":
        if head[20] & 0x02:
            raise PhotoMoves
        check_size(_u24(head, 24) + 1, _u24(head, 27) + 1)
    elif chunk == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        check_size((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    elif chunk == b"VP8 ":
        check_size(_u16(head, 26) & 0x3FFF, _u16(head, 28) & 0x3FFF)
    else:
        raise BrokenPhoto


def _u16(data: bytes, start: int) -> int:
    return int.from_bytes(data[start : start + 2], "little")


def _u24(data: bytes, start: int) -> int:
    return int.from_bytes(data[start : start + 3], "little")
