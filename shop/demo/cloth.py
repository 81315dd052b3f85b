"""Draws a cloth for the demo where the set of renderings has none: bands of warp with tied figures, from a seed.

Plain geometry only (lozenges, rings, crosses, steps), like the renderings; no motif of a clan or village.
"""

from __future__ import annotations

import random
from functools import lru_cache
from typing import NamedTuple

from PIL import Image, ImageChops, ImageDraw, ImageFilter

SIZE = (880, 1100)
WALL = (238, 226, 205)
DYES = {
    "mengkudu": (140, 47, 43),
    "nila": (29, 44, 76),
    "lumpur": (43, 34, 29),
    "jati": (107, 74, 46),
    "kunyit": (190, 138, 52),
    "kapas": (237, 227, 208),
    "tanah": (166, 84, 47),
}
GROUNDS = ("mengkudu", "nila", "lumpur", "jati", "kunyit", "tanah")
CELL = 6
Cloth = Image.Image


def whole(seed: int) -> Cloth:
    """The cloth hanging flat before a wall, fringe below."""
    cloth = woven(seed, width=640, height=900)
    picture = _wall(seed)
    left, top = (SIZE[0] - cloth.width) // 2, 70
    shadow = Image.new("L", SIZE, 0)
    shadow.paste(90, (left + 14, top + 18, left + cloth.width + 14, top + cloth.height + 18))
    picture.paste((120, 100, 80), mask=shadow.filter(ImageFilter.GaussianBlur(22)))
    picture.paste(cloth, (left, top))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((left - 40, top - 16, left + cloth.width + 40, top - 2), fill=(104, 72, 44))
    chance = random.Random(seed)  # noqa: S311  (a picture, not a secret)
    for x in range(left, left + cloth.width, 5):
        end = top + cloth.height + 58 + chance.randint(-8, 8)
        pen.line(
            (x, top + cloth.height, x + chance.randint(-3, 3), end),
            fill=cloth.getpixel((x - left, 5)),
            width=2,
        )
    return picture


def close(seed: int) -> Cloth:
    """Part of the same cloth from close by."""
    cloth = woven(seed, width=640, height=900)
    return cloth.crop((120, 250, 520, 750)).resize(SIZE, Image.Resampling.BICUBIC)


def reverse(seed: int) -> Cloth:
    """The same cloth from behind: mirrored and slightly paler."""
    picture = whole(seed).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return Image.blend(picture, Image.new("RGB", SIZE, WALL), 0.14)


@lru_cache(maxsize=2)  # a cloth is asked for whole, close and from behind in turn
def woven(seed: int, *, width: int, height: int) -> Cloth:
    """The cloth alone, warp running down: every pixel column is a thread that slips a little along the warp."""
    chance = random.Random(seed)  # noqa: S311  (a picture, not a secret)
    half = _half(chance, width // 2)
    bands = half + half[::-1]
    cloth = Image.new("RGB", (sum(band.width for band in bands), height))
    pen = ImageDraw.Draw(cloth)
    start = 0
    for band in bands:
        pen.rectangle((start, 0, start + band.width, height), fill=DYES[band.dye])
        if band.shape:
            _tie(pen, chance, start, band, height)
        start += band.width
    left = (cloth.width - width) // 2
    return _texture(cloth.crop((left, 0, left + width, height)), seed)


class Band(NamedTuple):
    """One band along the warp: its width in pixels and dye; shape and period in cells where figures are tied."""

    width: int
    dye: str
    shape: str = ""
    period: int = 0


def _half(chance: random.Random, width: int) -> list[Band]:
    """Bands from the edge to the middle; the other half mirrors them."""
    ground = chance.choice(GROUNDS)
    others = [name for name in DYES if name != ground]
    bands: list[Band] = []
    while sum(band.width for band in bands) < width:
        tied = bool(bands) and not bands[-1].shape and chance.random() < 0.6
        if tied:
            shape = chance.choice(("lozenge", "ring", "cross", "step"))
            bands.append(Band(chance.choice((72, 84, 96)), ground, shape, chance.choice((14, 16, 20))))
        else:
            plain = chance.choice(others) if bands and bands[-1].dye == ground else ground
            bands.append(Band(chance.choice((8, 12, 18, 30, 44)), plain))
    return bands


def _tie(pen: ImageDraw.ImageDraw, chance: random.Random, start: int, band: Band, height: int) -> None:
    columns = band.width // CELL
    for column in range(columns):
        for thread in range(CELL):
            slip, x = chance.randint(-4, 4), start + column * CELL + thread
            for row in range(-1, height // CELL + 1):
                if _on(band.shape, column, row % band.period, columns, band.period):
                    pen.line((x, row * CELL + slip, x, row * CELL + slip + CELL - 1), fill=DYES["kapas"])


def _on(shape: str, column: int, row: int, columns: int, period: int) -> bool:
    across, along = abs(column - (columns - 1) / 2), abs(row - (period - 1) / 2)
    distance = across + along
    if shape == "lozenge":
        return 4.5 < distance < 7.5 or distance < 2.5
    if shape == "ring":
        return 10 < across * across + along * along < 38
    if shape == "cross":
        return (across < 1.6 and along < 6) or (along < 1.6 and across < 6)
    return (column + row) % 6 < 2 and distance < period / 2


def _texture(cloth: Cloth, seed: int) -> Cloth:
    noise = Image.effect_noise(cloth.size, 34).convert("L")
    threads = noise.resize((cloth.width, 40)).resize(cloth.size, Image.Resampling.BILINEAR)
    grain = Image.merge("RGB", (ImageChops.add(noise, threads, scale=2),) * 3)
    light = Image.linear_gradient("L").rotate(90 if seed % 2 else 270).resize(cloth.size)
    shade = Image.merge("RGB", (light.point([210 + value * 45 // 255 for value in range(256)]),) * 3)
    return ImageChops.multiply(ImageChops.overlay(cloth, grain), shade)


def _wall(seed: int) -> Cloth:
    light = Image.radial_gradient("L").resize(SIZE)
    shade = light.point([255 - value // 12 for value in range(256)])
    wall = ImageChops.multiply(Image.new("RGB", SIZE, WALL), Image.merge("RGB", (shade,) * 3))
    return wall if seed % 3 else wall.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
