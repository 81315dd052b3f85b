"""The generated ikat band, version 1: geometry out of a code, never a copy of an adat motif.

The same code gives the same band for ever, on a page, on paper and on a tag. So this version is frozen:
what must change becomes a version 2 beside it, and a test holds the digests of known bands.
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass

CELL_PX = {24: 1, 40: 2, 64: 3}
REPEATS = 2
MASK_WIDTH, MASK_HEIGHT = 24, 12
LENGTH_PX = 5760

DYES = {
    "nila": "#1D2C4C",
    "mengkudu": "#8C2F2B",
    "tanah": "#A6542F",
    "kunyit": "#C98A1B",
    "kapas": "#FBF7F0",
    "lumpur": "#241C17",
    "jati": "#6B4A2E",
}
# ground, figure, and the two colours of the stripes
SCHEMES = (
    ("mengkudu", "kapas", "lumpur", "kunyit"),
    ("nila", "kapas", "mengkudu", "kunyit"),
    ("lumpur", "kapas", "mengkudu", "tanah"),
    ("jati", "kapas", "nila", "kunyit"),
    ("mengkudu", "kunyit", "nila", "kapas"),
)
Mask = list[list[bool]]


@dataclass(frozen=True)
class Tile:
    """One repeat of a band: its size in pixels, the colour of its outermost stripe, and SVG paths."""

    width: int
    height: int
    outer: str
    body: str


def band_svg(code: str, height: int) -> str:
    """The band as an SVG document, 24, 40 or 64 px high and longer than any screen; KeyError for others.

    Every thread lies on a whole pixel: the tile is cut, or filled with its outer stripe, to this height.
    """
    tile = tile_of(code, CELL_PX[height])
    shift = (height - tile.height) // 2
    length = (LENGTH_PX // tile.width + 1) * tile.width
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {length} {height}" '
        f'preserveAspectRatio="xMinYMid slice"><pattern id="p" y="{shift}" width="{tile.width}" '
        f'height="{max(tile.height, height + shift)}" patternUnits="userSpaceOnUse">{tile.body}</pattern>'
        f'<path fill="{tile.outer}" d="M0 0h{length}v{height}H0z"/>'
        f'<path fill="url(#p)" d="M0 {max(shift, 0)}h{length}v{min(height, tile.height)}H0z"/></svg>'
    )


def tile_of(code: str, cell: int) -> Tile:
    """One tile of the band of `code`, its figure drawn in cells of `cell` pixels."""
    seed = int.from_bytes(hashlib.sha256(code.encode()).digest()[:8], "big")
    rng = random.Random(seed)  # noqa: S311 - a drawing, no secret
    ground, figure, first, second = (DYES[name] for name in rng.choice(SCHEMES))
    mask = _mask(rng)
    side = [(rng.choice([first, second, ground]), rng.choice([1, 2, 2, 3, 4])) for _ in range(4)]
    width = MASK_WIDTH * cell * REPEATS
    above, y = _stripes(side, width, 0)
    middle, below_y = _stripes([(ground, MASK_HEIGHT * cell)], width, y)
    threads = _threads(rng, mask, cell, y)
    below, height = _stripes(side[::-1], width, below_y)
    body = f'{above}{middle}<path stroke="{figure}" d="{threads}"/>{below}'
    return Tile(width, height, side[0][0], body)


def _mask(rng: random.Random) -> Mask:
    """The half-motif as cells: a ringed, hooked or stepped lozenge, or a cross."""
    kind, size = rng.choice(["ring", "hook", "cross", "step"]), rng.choice([2, 3])
    return [[_filled(kind, size, x, y) for x in range(MASK_WIDTH)] for y in range(MASK_HEIGHT)]


def _filled(kind: str, size: int, x: int, y: int) -> bool:
    dx, dy = abs(x - (MASK_WIDTH - 1) / 2) / 2, abs(y - (MASK_HEIGHT - 1) / 2)
    distance = int(dx + dy)
    if kind == "ring":
        return (distance // size) % 2 == 0 and distance < MASK_HEIGHT
    if kind == "step":
        return distance < MASK_HEIGHT - 3 and not 2 < distance < 5
    if kind == "cross":
        return distance < 2 or distance == 5 or (abs(dx - dy) < 1 and distance < 9)
    return distance < 2 or 4 <= distance < 6 or (distance >= 7 and (x // 2 + y) % 5 == 0)


def _stripes(stripes: list[tuple[str, int]], width: int, y: int) -> tuple[str, int]:
    """Paths of plain stripes from `y` downward, and where they end."""
    paths = []
    for colour, height in stripes:
        paths.append(f'<path fill="{colour}" d="M0 {y}h{width}v{height}H0z"/>')
        y += height
    return "".join(paths), y


def _threads(rng: random.Random, mask: Mask, cell: int, top: int) -> str:
    """Horizontal threads one pixel high whose ends are shifted at random: the bleed of ikat."""
    strokes = []
    for row, cells in enumerate(mask):
        for repeat in range(REPEATS):
            for start, end in _runs(cells):
                for thread in range(cell):
                    y = f"{top + row * cell + thread + 0.5:g}"
                    left, right = rng.choice([-1, -0.5, 0, 0, 0.5]), rng.choice([-0.5, 0, 0, 0.5, 1])
                    origin = repeat * MASK_WIDTH
                    strokes.append(
                        f"M{(origin + start) * cell + left:g} {y}H{(origin + end) * cell + right:g}"
                    )
    return "".join(strokes)


def _runs(cells: list[bool]) -> list[tuple[int, int]]:
    """Where filled cells begin and end in a row."""
    runs, x = [], 0
    while x < len(cells):
        start = x
        while x < len(cells) and cells[x]:
            x += 1
        if x > start:
            runs.append((start, x))
        x = max(x, start + 1)
    return runs
