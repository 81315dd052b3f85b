"""The same faces once more as plain TrueType, for the PDFs of documents: two weights of the text face, the display
face, and the further Latin letters (č ł ș) that pages leave to the device. They stay on the server.
"""

from __future__ import annotations

import importlib
import io
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

TEXT = "@fontsource-variable/familjen-grotesk/files/familjen-grotesk-{part}-wght-normal.woff2"
DISPLAY = "@fontsource/piazzolla/files/piazzolla-latin-600-normal.woff2"
REGULAR, BOLD = 400, 700
FACES: dict[str, tuple[str, int | None]] = {
    "paper/text.ttf": (TEXT.format(part="latin"), REGULAR),
    "paper/text-bold.ttf": (TEXT.format(part="latin"), BOLD),
    "paper/text-ext.ttf": (TEXT.format(part="latin-ext"), REGULAR),
    "paper/text-ext-bold.ttf": (TEXT.format(part="latin-ext"), BOLD),
    "paper/display.ttf": (DISPLAY, None),
}


def made(folder: Path) -> dict[str, bytes]:
    """Path → TrueType file, from the npm packages below `folder`; nothing where a face or fontTools is missing."""
    if find_spec("fontTools") is None or find_spec("brotli") is None:
        return {}
    if not all((folder / source).exists() for source, _ in FACES.values()):
        return {}
    plain = _plain()
    return {path: plain(folder / source, weight) for path, (source, weight) in FACES.items()}


def _plain() -> Callable[[Path, int | None], bytes]:
    open_font = importlib.import_module("fontTools.ttLib").TTFont
    instancer = importlib.import_module("fontTools.varLib.instancer")

    def plain(file: Path, weight: int | None) -> bytes:
        """The face at one weight, uncompressed; the same bytes every time."""
        font: Any = open_font(file, recalcTimestamp=False)
        if weight is not None:
            font = instancer.instantiateVariableFont(font, {"wght": weight})
        font.flavor = None
        target = io.BytesIO()
        font.save(target)
        return target.getvalue()

    return plain
