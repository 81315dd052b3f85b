"""One upright picture → the files the pages use: AVIF and JPEG per width, a preview, a tiny hint."""

from __future__ import annotations

import base64
import io
import math
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from shop.domain.photo import PREVIEW_WIDTH, Rendered, Size, byte_budget, fit, hints, renditions
from shop.domain.photo_edit import WHOLE, Edit
from shop.images.decode import upright
from shop.images.header import Header, examine
from shop.images.judge import brightness, sharpness

AVIF_QUALITY, AVIF_LEAST_QUALITY = 60, 20
#: Measured on cloth and on noise: this many steps of quality halve the bytes.
HALVING = 16
JPEG_QUALITY = 80
PREVIEW_QUALITY = 72
HINT_SIDE = 8
AS_IT_IS = Edit()
#: Degrees clockwise → Pillow's turns, which go against the clock.
TURNS = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


def preview(source: BinaryIO, target: Path, edit: Edit = AS_IT_IS) -> Rendered:
    """Writes one small JPEG, quickly: decodes at an eighth where it can. Raises a PhotoRefused."""
    header = examine(source)
    seen = edit.seen(header.width_px, header.height_px)
    size = fit(seen.width, seen.height, PREVIEW_WIDTH)
    picture = _shown(source, header, edit, size)
    target.write_bytes(jpeg(picture, PREVIEW_QUALITY))
    found = hints(seen.width, seen.height, brightness=brightness(picture), sharpness=sharpness(picture))
    return Rendered(seen.width, seen.height, hint(picture), [size.width], found)


def render(source: BinaryIO, folder: Path, edit: Edit = AS_IT_IS) -> Rendered:
    """Writes `<width>.avif` and `<width>.jpg` for each width into the folder. Raises a PhotoRefused.

    One decode; each size is made from the next larger one.
    """
    header = examine(source)
    seen = edit.seen(header.width_px, header.height_px)
    sizes = renditions(seen.width, seen.height)
    picture = _shown(source, header, edit, sizes[-1])
    for size in reversed(sizes):
        picture = _reduced(picture, size)
        (folder / f"{size.width}.jpg").write_bytes(jpeg(picture, JPEG_QUALITY))
        (folder / f"{size.width}.avif").write_bytes(avif(picture, byte_budget(size.width)))
    return Rendered(seen.width, seen.height, hint(picture), [s.width for s in sizes])


def _shown(source: BinaryIO, header: Header, edit: Edit, wanted: Size) -> Image.Image:
    """The upright picture, turned and cropped, in the wanted size; nothing larger than needed is decoded."""
    if edit == AS_IT_IS:
        return upright(source, header, wanted)
    scale = wanted.width / edit.seen(header.width_px, header.height_px).width
    whole = Size(max(1, round(header.width_px * scale)), max(1, round(header.height_px * scale)))
    picture = upright(source, header, whole)
    if edit.turn:
        picture = picture.transpose(TURNS[edit.turn])
    left, top = edit.left * picture.width // WHOLE, edit.top * picture.height // WHOLE
    right = left + max(1, edit.width * picture.width // WHOLE)
    bottom = top + max(1, edit.height * picture.height // WHOLE)
    return _reduced(picture.crop((left, top, right, bottom)), wanted)


def avif(picture: Image.Image, budget: int) -> bytes:
    """AVIF bytes; while they exceed the budget, again with as much less quality as the excess tells.

    What is still too heavy at the least quality (pure noise) is taken as it is.
    """
    quality = AVIF_QUALITY
    while True:
        out = io.BytesIO()
        # 4:4:4 costs four percent and keeps thin red threads red; speed 9 nearly the bytes of speed 6.
        picture.save(out, "AVIF", quality=quality, speed=9, subsampling="4:4:4", max_threads=2)
        excess = out.tell() / budget
        if excess <= 1 or quality == AVIF_LEAST_QUALITY:
            return out.getvalue()
        quality = max(AVIF_LEAST_QUALITY, quality - max(3, round(HALVING * math.log2(excess))))


def jpeg(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()


def hint(picture: Image.Image) -> str:
    """About 100 characters of base64: a WebP of at most eight pixels a side, to lie under the photo."""
    small = picture.copy()
    small.thumbnail((HINT_SIDE, HINT_SIDE), Image.Resampling.BOX)
    out = io.BytesIO()
    small.save(out, "WEBP", quality=20, method=6)
    return base64.b64encode(out.getvalue()).decode("ascii")


def _reduced(picture: Image.Image, size: Size) -> Image.Image:
    if picture.size == (size.width, size.height):
        return picture
    return picture.resize((size.width, size.height), Image.Resampling.LANCZOS)
