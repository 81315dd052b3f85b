"""Pictures drawn by code: the sign for a phone's home screen and the picture a shared link shows."""

from __future__ import annotations

import importlib
import io
import re
from importlib.util import find_spec
from typing import Any

from shop.domain.band import DYES, Tile, tile_of

STRIPE = re.compile(r'<path fill="(#\w+)" d="M0 (\d+)h\d+v(\d+)H0z"/>')
FIGURE = re.compile(r'<path stroke="(#\w+)"')
THREAD = re.compile(r"M(-?[\d.]+) ([\d.]+)H(-?[\d.]+)")
CODE = "tenun"
# The lozenge of the shop's sign, in cells of a 32 × 32 square
SIGN = (
    ((14, 8, 18, 24), (10, 10, 22, 22), (6, 12, 26, 20), (4, 14, 28, 18)),
    ((14, 13, 18, 19), (11, 15, 21, 17)),
)


def drawn(lacking: list[str]) -> dict[str, bytes]:
    """Path → picture; nothing without Pillow."""
    if find_spec("PIL") is None:
        lacking.append("Pillow is not there, so a shared link shows no picture.")
        return {}
    return {
        "icons/touch.png": touch_icon(),
        "icons/app-192.png": touch_icon(192),
        "icons/app-512.png": touch_icon(512),
        "icons/og.png": share_picture(),
    }


def touch_icon(side: int = 192) -> bytes:
    """The shop's sign as a square PNG."""
    image, draw = _canvas(side, side, DYES["mengkudu"])
    cell = side / 32
    outer, inner = SIGN
    for colour, boxes in (
        ("kunyit", ((0, 3, 32, 5), (0, 27, 32, 29))),
        ("kapas", outer),
        ("mengkudu", inner),
    ):
        for box in boxes:
            _box(draw, [edge * cell for edge in box], DYES[colour])
    return _png(image)


def share_picture(width: int = 1200, height: int = 630) -> bytes:
    """A wide band on undyed cotton: what a link to the shop shows when a page has no photo of its own."""
    image, draw = _canvas(width, height, DYES["kapas"])
    tile = tile_of(CODE, cell=6)
    scale = 4
    top = (height - tile.height * scale) / 2
    for left in range(0, width, tile.width * scale):
        _draw_tile(draw, tile, left, top, scale)
    return _png(image)


def _draw_tile(draw: Any, tile: Tile, left: float, top: float, scale: int) -> None:
    for colour, y, height in STRIPE.findall(tile.body):
        edges = [left, top + int(y) * scale, left + tile.width * scale, top + (int(y) + int(height)) * scale]
        _box(draw, edges, colour)
    figure = FIGURE.findall(tile.body)[0]
    for start, y, end in THREAD.findall(tile.body):
        middle = top + float(y) * scale
        edges = [
            left + float(start) * scale,
            middle - scale / 2,
            left + float(end) * scale,
            middle + scale / 2,
        ]
        _box(draw, edges, figure)


def _box(draw: Any, edges: list[float], colour: str) -> None:
    left, top, right, bottom = (round(edge) for edge in edges)
    draw.rectangle((left, top, right - 1, bottom - 1), fill=colour)


def _canvas(width: int, height: int, colour: str) -> tuple[Any, Any]:
    image = importlib.import_module("PIL.Image").new("RGB", (width, height), colour)
    return image, importlib.import_module("PIL.ImageDraw").Draw(image)


def _png(image: Any) -> bytes:
    """Few colours, so a palette keeps it small."""
    small = io.BytesIO()
    image.quantize(16).save(small, "PNG", optimize=True)
    return small.getvalue()
