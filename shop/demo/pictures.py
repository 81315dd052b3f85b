"""The demo's pictures: the project's own renderings, variants of them, and drawings where one is lacking."""

from __future__ import annotations

import io
import math
import random
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from shop.demo import cloth

FOLDER = Path(__file__).parent / "photos"
SIZE = cloth.SIZE
CLAY, CLAY_DARK, PALM, PALM_RED = (166, 98, 62), (104, 58, 36), (222, 200, 158), (138, 54, 39)
GROUND = (241, 232, 216)
QUALITY = 86

# Where in a front view the part that a slot asks for is found: left, top, right, bottom in per cent.
PARTS = {
    "detail": (30, 32, 70, 72),
    "sambungan": (28, 42, 58, 72),
    "finishing": (42, 34, 66, 58),
    "tepi": (10, 60, 50, 100),
    "simpul": (30, 24, 66, 60),
}
TINTS = {"gelap": (0.74, 0.62, 0.56), "terang": (1.14, 1.1, 1.02), "merah": (1.04, 0.8, 0.72)}


class PictureName(NamedTuple):
    """Names one picture. `base` is `<craft>-<work>` of the renderings, a whole file's name, or `kain:<seed>`.

    `slot` is empty for a whole file. `variant`: "", or words of "cermin" (mirrored), "gelap", "terang", "merah"
    (tints), "dekat" (closer).
    """

    base: str
    slot: str
    variant: str


def picture(name: PictureName) -> bytes:
    """The picture as a JPEG."""
    base, slot, variant = name
    if not slot:
        return (FOLDER / f"{base}.jpg").read_bytes()
    if not variant and has_rendering(base, slot):
        return (FOLDER / f"{base}-{slot}.jpg").read_bytes()
    image = _drawn_cloth(base, slot) if base.startswith("kain:") else _rendering(base, slot)
    for word in variant.split():
        image = _changed(image, word)
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=QUALITY, progressive=True)
    return out.getvalue()


def has_rendering(base: str, slot: str) -> bool:
    return (FOLDER / f"{base}-{slot}.jpg").is_file()


def _drawn_cloth(base: str, slot: str) -> Image.Image:
    seed = int(base.removeprefix("kain:"))
    if slot in ("detail", "tepi"):
        return cloth.close(seed)
    return cloth.reverse(seed) if slot == "balik" else cloth.whole(seed)


def _rendering(base: str, slot: str) -> Image.Image:
    """The rendering itself, a part of the front view, or a drawing."""
    if has_rendering(base, slot):
        return _open(base, slot)
    front = _open(base, "utuh" if has_rendering(base, "utuh") else "depan")
    if slot in PARTS:
        return _part(_open(base, "detail") if has_rendering(base, "detail") else front, PARTS[slot])
    if slot in ("samping", "balik"):
        return _changed(_changed(front, "cermin"), "terang")
    if slot in ("dalam", "dasar"):
        return _woven_inside() if base.startswith("anyaman") else _clay(inside=slot == "dalam")
    return front


def _open(base: str, slot: str) -> Image.Image:
    image = Image.open(FOLDER / f"{base}-{slot}.jpg")
    image.draft("RGB", SIZE)
    return image.convert("RGB").resize(SIZE, Image.Resampling.LANCZOS)


def _part(image: Image.Image, part: tuple[int, int, int, int]) -> Image.Image:
    left, top, right, bottom = part
    width, height = image.size
    box = (width * left // 100, height * top // 100, width * right // 100, height * bottom // 100)
    return image.crop(box).resize(SIZE, Image.Resampling.BICUBIC)


def _changed(image: Image.Image, word: str) -> Image.Image:
    if word == "cermin":
        return image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if word == "dekat":
        return _part(image, (14, 16, 86, 88))
    red, green, blue = TINTS[word]
    bands = image.convert("RGB").split()
    tinted = [
        band.point([min(255, round(v * f)) for v in range(256)])
        for band, f in zip(bands, (red, green, blue), strict=True)
    ]
    # The wall keeps its colour: the lighter a place, the less it is tinted.
    dark = image.convert("L").point([max(0, min(255, (205 - v) * 3)) for v in range(256)])
    return Image.composite(Image.merge("RGB", tinted), image.convert("RGB"), dark)


def _clay(*, inside: bool) -> Image.Image:
    """A pot seen from above (inside) or turned over (base): rings of clay with a fire mark."""
    image = Image.new("RGB", SIZE, GROUND)
    pen = ImageDraw.Draw(image)
    middle = (SIZE[0] // 2, SIZE[1] // 2)
    for step in range(60):
        radius = 360 - step * 6
        share = step / 60 if inside else 0.25 + 0.2 * math.sin(step / 6)
        colour = tuple(round(a + (b - a) * share) for a, b in zip(CLAY, CLAY_DARK, strict=True))
        pen.ellipse(
            (middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius), fill=colour
        )
    mark = Image.new("L", SIZE, 0)
    ImageDraw.Draw(mark).ellipse((320, 520, 520, 680), fill=120)
    image.paste((60, 40, 32), mask=mark.filter(ImageFilter.GaussianBlur(40)))
    return _grain(image, 14)


def _woven_inside() -> Image.Image:
    """Over-and-under strips of palm leaf from close by."""
    image = Image.new("RGB", SIZE, PALM)
    pen = ImageDraw.Draw(image)
    chance = random.Random(7)  # noqa: S311  (a picture, not a secret)
    strip = 55
    for row in range(SIZE[1] // strip + 1):
        for column in range(SIZE[0] // strip + 1):
            over = (row + column) % 2 == 0
            colour = PALM_RED if over and row % 5 == 0 else _shade(PALM, chance.randint(-9, 9))
            box = (column * strip + 2, row * strip + 2, (column + 1) * strip - 3, (row + 1) * strip - 3)
            pen.rectangle(box, fill=colour)
            line = (box[0], box[3], box[2], box[3]) if over else (box[2], box[1], box[2], box[3])
            pen.line(line, fill=(150, 126, 92), width=5)
    return _grain(ImageEnhance.Contrast(image).enhance(0.95), 18)


def _shade(colour: tuple[int, ...], by: int) -> tuple[int, ...]:
    return tuple(part + by for part in colour)


def _grain(image: Image.Image, strength: int) -> Image.Image:
    noise = Image.effect_noise(image.size, strength).convert("RGB")
    return Image.blend(image, noise, 0.08)
