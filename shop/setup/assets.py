"""Builds `static/build`: one small stylesheet, scripts, icons, fonts and drawn pictures under hashed names.

Run as `python -m shop.setup.assets`. Everything it needs but the standard library may be missing: without npm the
pages fall back to the faces of the device, without Pillow there is no drawn picture, and so on. It then says what
is lacking and ends well, because pages stand without it.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

from shop.setup import fonts, pictures, styles
from shop.setup.places import ROOT

try:
    brotli: Any = importlib.import_module("brotli")
except ImportError:
    brotli = None  # styles go out packed by gzip then

STATIC = ROOT / "shop" / "static"
BUILD = STATIC / "build"
IMPORT = re.compile(r"""(^import .* from ["'])\./([\w-]+\.js)(["'];$)""", re.M)
COMPRESSED = {".css", ".js", ".svg"}


class Built:
    """What was written so far: source path (`css/shop.css`) → name in the build folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, str] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, source: str, content: bytes) -> str:
        """Write `content` under a name that changes with it; the name comes back."""
        path = Path(source)
        name = f"{path.stem}.{print_of(content)}{path.suffix}"
        self._write(name, content)
        if path.suffix in COMPRESSED:
            self._write(f"{name}.gz", gzip.compress(content, 9, mtime=0))
            if brotli is not None:
                self._write(f"{name}.br", brotli.compress(content, quality=11))
        self.files[source] = name
        return name

    def close(self, sources: dict[str, str]) -> None:
        """Write the manifest last, then take away what no page can ask for any more."""
        manifest = {"files": self.files, "sources": sources}
        self._write("manifest.json", json.dumps(manifest, indent=1, sort_keys=True).encode())
        kept = {"manifest.json", *(name + end for name in self.files.values() for end in ("", ".gz", ".br"))}
        for file in self.folder.iterdir():
            if file.name not in kept:
                file.unlink()

    def _write(self, name: str, content: bytes) -> None:
        """Never half a file: a page may be asking for it now."""
        unfinished = self.folder / f".{name}.{os.getpid()}"
        unfinished.write_bytes(content)
        unfinished.replace(self.folder / name)


def build(static: Path = STATIC) -> list[str]:
    """Build everything there is the means for. What was lacking comes back, one sentence each."""
    built = Built(static / "build")
    lacking: list[str] = []
    for file in sorted([*(static / "icons").glob("*.svg"), *(static / "icons").glob("*.png")]):
        built.add(f"icons/{file.name}", file.read_bytes())
    for path, content in fonts.made(lacking).items():
        built.add(path, content)
    for path, content in pictures.drawn(lacking).items():
        built.add(path, content)
    for file in sorted((static / "js").glob("*.js")):
        _add_script(built, file)
    for file in sorted((static / "css").glob("*.css")):
        if styles.is_entrance(file):
            built.add(f"css/{file.name}", styles.bundle(file, built.files).encode())
    built.close(sources(static))
    return lacking


def _add_script(built: Built, file: Path) -> str:
    """A script after those it imports, which it then asks for by their hashed names."""
    source = f"js/{file.name}"
    if source not in built.files:
        content = IMPORT.sub(
            lambda found: f"{found[1]}./{_add_script(built, file.with_name(found[2]))}{found[3]}",
            file.read_text(encoding="utf-8"),
        )
        built.add(source, content.encode())
    return built.files[source]


def sources(static: Path) -> dict[str, str]:
    """What this was built from, file by file; a page compares, and shows the sources when they differ."""
    files = sorted(
        file for name in ("css", "js", "icons") for file in (static / name).rglob("*") if file.is_file()
    )
    return {file.relative_to(static).as_posix(): print_of(file.read_bytes()) for file in files}


def print_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:10]


if __name__ == "__main__":
    for sentence in build():
        print(sentence, file=sys.stderr)
