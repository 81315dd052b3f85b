"""One upright picture → the files the pages use: AVIF and JPEG per width, a preview, a tiny hint."""

from __future__ import annotations

import base64
import io
import math
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from shop.domain.photo import PREVIEW_WIDTH, Rendered, Size, byte_budget, fit, renditions
from shop.images.decode import upright
from shop.images.header import examine

AVIF_QUALITY, AVIF_LEAST_QUALITY = 60, 20
#: Measured on cloth and on noise: this many steps of quality halve the bytes.
HALVING = 16
JPEG_QUALITY = 80
PREVIEW_QUALITY = 72
HINT_SIDE = 8


def preview(source: BinaryIO, target: Path) -> Rendered:
    """Writes one small JPEG, quickly: decodes at an eighth where it can. Raises a PhotoRefused."""
    header = examine(source)
    size = fit(header.width_px, header.height_px, PREVIEW_WIDTH)
    picture = upright(source, header, size)
    target.write_bytes(jpeg(picture, PREVIEW_QUALITY))
    return Rendered(header.width_px, header.height_px, hint(picture), [size.width])


def render(source: BinaryIO, folder: Path) -> Rendered:
    """Writes `<width>.avif` and `<width>.jpg` for each width into the folder. Raises a PhotoRefused.

    One decode; each size is made from the next larger one.
    """
    header = examine(source)
    sizes = renditions(header.width_px, header.height_px)
    picture = upright(source, header, sizes[-1])
    for size in reversed(sizes):
        picture = _reduced(picture, size)
        (folder / f"{size.width}.jpg").write_bytes(jpeg(picture, JPEG_QUALITY))
        (folder / f"{size.width}.avif").write_bytes(avif(picture, byte_budget(size.width)))
    return Rendered(header.width_px, header.height_px, hint(picture), [s.width for s in sizes])


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
