"""What a photo must be, into which sizes it is rendered, and how often rendering is tried.

Widths and heights are in pixels of the picture as it stands upright.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from shop.domain.errors import ShopError
from shop.domain.words import N_

Kind = Literal["jpeg", "png", "webp", "heic"]
KINDS: tuple[Kind, ...] = ("jpeg", "png", "webp", "heic")

MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 60_000_000
MAX_SIDE_PX = 30_000
QUOTA_PER_PRODUCER = 2_000
#: The largest piece of a photo that comes in pieces, and what all unfinished ones of a producer may weigh together.
PART_BYTES = 1024 * 1024
MOST_HALF_BYTES = 20 * MAX_BYTES

#: What pages ask for: thumbnails, one card of two on a phone, one and a half times that, a phone's full
#: width at two pixels per point, the desktop's lead picture, and the full-screen picture.
WIDTHS = (160, 360, 480, 720, 1080, 1600)
#: A photo of a long shawl may be seven times as high as wide; wider renderings than this are left out.
MAX_RENDITION_PIXELS = 4_000_000
#: AVIF bytes a width may cost at most (360 and 720 are the page budgets, the others lie in line with
#: them); quality gives way until it fits.
BYTE_BUDGET = {160: 8_000, 360: 20_000, 480: 28_000, 720: 45_000, 1080: 110_000, 1600: 240_000}
#: The small JPEG made while the upload is answered, shown until the renditions are there.
PREVIEW_WIDTH = 480

LEASE = timedelta(seconds=90)
#: How long to wait after the first, second, … failed try; after the last the photo is parked.
BACK_OFF = (timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
MAX_TRIES = len(BACK_OFF) + 1


class PhotoRefused(ShopError):
    """The file cannot become a photo; the sentence says what to do."""

    sentence = N_("Foto ini tidak dapat dipakai. Pilih foto lain")


class NoPhotoChosen(PhotoRefused):
    sentence = N_("Pilih foto terlebih dahulu")


class NotAPhoto(PhotoRefused):
    sentence = N_("Foto harus JPG, PNG, WebP, atau HEIC")


class EmptyPhoto(PhotoRefused):
    sentence = N_("Berkas ini kosong. Pilih foto lain")


class BrokenPhoto(PhotoRefused):
    sentence = N_("Foto ini rusak atau terpotong. Pilih foto lain atau ambil ulang")


class PhotoTooHeavy(PhotoRefused):
    sentence = N_("Foto paling besar 15 MB")


class PhotoTooLarge(PhotoRefused):
    sentence = N_("Foto paling besar 60 megapiksel. Perkecil foto atau pilih foto lain")


class PhotoMoves(PhotoRefused):
    sentence = N_("Gambar bergerak tidak dapat dipakai. Pilih foto biasa")


class PartTooLarge(PhotoTooHeavy):
    """A piece larger than our script ever sends."""


class HalfUploadsFull(PhotoRefused):
    sentence = N_("Masih banyak foto yang terkirim sebagian. Tunggu sampai selesai, lalu coba lagi")


class TooManyPhotos(PhotoRefused):
    sentence = N_("Paling banyak %(limit)s foto. Hapus satu foto sebelum menambah yang baru")


class QuotaReached(PhotoRefused):
    sentence = N_("Tempat foto sudah penuh (%(limit)s foto). Hapus foto yang tidak dipakai")


#: What is worth a hint about a photo, never a refusal. js/prepare.js has the same figures.
SMALL_SIDE_PX = 1200
DARK = 60
BLURRED = 50
WIDE, TALL = 1.6, 0.4
HINTS = {
    "small": N_("Foto ini kecil. Tetap boleh dipakai; foto yang lebih besar tampak lebih jelas"),
    "dark": N_("Foto ini agak gelap. Tetap boleh dipakai; dekat jendela biasanya lebih terang"),
    "blurred": N_("Foto ini tampak kabur. Tetap boleh dipakai; sandarkan ponsel lalu ambil lagi bila sempat"),
    "wide": N_("Foto ini sangat lebar. Di kartu hanya bagian tengahnya yang tampak"),
    "tall": N_("Foto ini sangat panjang. Di kartu hanya bagian tengahnya yang tampak"),
}


def hints(width_px: int, height_px: int, *, brightness: float, sharpness: float) -> list[str]:
    """Keys of HINTS. Brightness is the mean grey (0–255), sharpness the variance of the Laplacian of the sharpest
    ninth of the photo, both at 480 pixels.
    """
    found = ["small"] if max(width_px, height_px) < SMALL_SIDE_PX else []
    if width_px > WIDE * height_px:
        found.append("wide")
    if width_px < TALL * height_px:
        found.append("tall")
    if brightness < DARK:
        found.append("dark")
    elif sharpness < BLURRED:
        found.append("blurred")
    return found


@dataclass(frozen=True, slots=True)
class Size:
    """One rendering: its width and height in pixels."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Rendered:
    """What was made of a photo: its size upright, a hint (base64 of a WebP of about 70 bytes, eight pixels a
    side, to lie under the picture while it loads), the widths that were written, and keys of HINTS.
    """

    width_px: int
    height_px: int
    placeholder: str
    widths: list[int]
    hints: list[str] = field(default_factory=list)


def check_bytes(count: int) -> None:
    """Raises EmptyPhoto or PhotoTooHeavy."""
    if count == 0:
        raise EmptyPhoto
    if count > MAX_BYTES:
        raise PhotoTooHeavy


def check_size(width_px: int, height_px: int) -> None:
    """Raises BrokenPhoto for a picture without area and PhotoTooLarge for one that would fill the memory."""
    if width_px < 1 or height_px < 1:
        raise BrokenPhoto
    if width_px * height_px > MAX_PIXELS or max(width_px, height_px) > MAX_SIDE_PX:
        raise PhotoTooLarge


def renditions(width_px: int, height_px: int) -> list[Size]:
    """Which sizes a photo of this size is rendered into, smallest first; never larger than the photo.

    A photo that lies between two widths keeps its own as the last one, unless the step would be tiny.
    """
    widths = [w for w in WIDTHS if w <= width_px]
    if width_px < WIDTHS[-1] and (not widths or width_px > widths[-1] * 1.15):
        widths.append(width_px)
    sizes = [Size(w, max(1, round(w * height_px / width_px))) for w in widths]
    return [s for s in sizes if s.width * s.height <= MAX_RENDITION_PIXELS] or sizes[:1]


def fit(width_px: int, height_px: int, side: int) -> Size:
    """The size of the photo when neither side is longer than `side`; never larger than it is."""
    scale = min(1.0, side / max(width_px, height_px))
    return Size(max(1, round(width_px * scale)), max(1, round(height_px * scale)))


def byte_budget(width_px: int) -> int:
    """AVIF bytes a rendition of this width may cost: the budget of the next width of the table."""
    return BYTE_BUDGET[nearest(WIDTHS, width_px)]


def nearest(widths: Sequence[int], wanted: int) -> int:
    """The smallest of the widths that is at least the wanted one, else the largest there is."""
    return min((w for w in widths if w >= wanted), default=max(widths))


def next_try(tries: int, at: datetime) -> datetime | None:
    """When to try again after the given number of failed tries; None when the photo is to be parked."""
    return at + BACK_OFF[tries - 1] if tries < MAX_TRIES else None


#: Files are named after the content of the original, so the same photo sent twice is kept and rendered once; those of
#: a photo that was turned or cropped have the word of that behind it (domain/photo_edit).
#: Addresses show the photo's random name instead and cannot be guessed from the content.
_KEY = re.compile(
    r"(?:originals/../(?P<original>[0-9a-f]{64})|photos/../(?P<shown>[0-9a-f]{64}(?:-[0-9a-z]+)?)/[0-9a-z]+\.[a-z]+)"
)
_FILE = re.compile(
    r"(?P<name>[0-9a-z]{20,40})-(?:(?P<preview>pratinjau)\.jpg|(?P<width>\d{1,5})\.(?P<ending>avif|jpg))"
)
TYPES = {"avif": "image/avif", "jpg": "image/jpeg"}


def original_key(sha256: str) -> str:
    return f"originals/{sha256[:2]}/{sha256}"


def content(sha256: str, edit: str) -> str:
    """What is seen: the hash of the original, and how it was turned and cropped."""
    return f"{sha256}-{edit}" if edit else sha256


def rendition_key(content: str, file: str) -> str:
    """`file` is `<width>.avif`, `<width>.jpg` or `preview.jpg`."""
    return f"photos/{content[:2]}/{content}/{file}"


def preview_key(content: str) -> str:
    return rendition_key(content, "preview.jpg")


def content_of(key: str) -> str | None:
    """What a file shows, or for an original its hash; None for what is no file of a photo."""
    found = _KEY.fullmatch(key)
    return found["original"] or found["shown"] if found else None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the last part of an address of a photo asks for: the preview, or a width in a format."""

    name: str
    width: int | None
    ending: str


def asked(file: str) -> Asked | None:
    """`k7…-360.avif`, `k7…-pratinjau.jpg`; None for anything else."""
    found = _FILE.fullmatch(file)
    if found is None:
        return None
    return Asked(found["name"], int(found["width"]) if found["width"] else None, found["ending"] or "jpg")


def file_name(name: str, width: int | None, ending: str = "jpg") -> str:
    """The last part of an address: the opposite of `asked`."""
    return f"{name}-{'pratinjau' if width is None else width}.{ending}"
