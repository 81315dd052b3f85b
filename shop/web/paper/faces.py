"""The typefaces of papers, and what to do with letters that they lack."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from text_unidecode import unidecode

NAMES = ("text", "text-bold", "text-ext", "text-ext-bold", "display")
SPOKEN = {"−": "-", "–": "-", "—": "-", "…": "...", "“": '"', "”": '"', "‘": "'", "’": "'", "•": "-"}


@dataclass(frozen=True)
class Faces:
    """Where the built faces lie, by name. None of them where nothing was built: then the reader's own stand in."""

    files: dict[str, Path]

    @property
    def whole(self) -> bool:
        return len(self.files) == len(NAMES)


@lru_cache(maxsize=4)
def faces(static: Path) -> Faces:
    """The faces that `make assets` built below a folder of static files."""
    build = static / "build"
    try:
        names = json.loads((build / "manifest.json").read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError):
        return Faces({})
    found = {name: build / names[f"paper/{name}.ttf"] for name in NAMES if f"paper/{name}.ttf" in names}
    return Faces({name: path for name, path in found.items() if path.is_file()})


def spelt(text: str, known: frozenset[int]) -> str:
    """The text in letters a face has; others in their nearest Latin ones, so that nothing is missing."""
    return "".join(c if ord(c) in known or c == "\n" else SPOKEN.get(c) or unidecode(c) for c in text)
