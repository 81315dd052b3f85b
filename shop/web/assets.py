"""Addresses below static/: the built file with a hashed name, or its source where nothing was built."""

from __future__ import annotations

import json
import re
from pathlib import Path

HASHED = re.compile(r"/build/[^/]+\.[0-9a-f]{10}\.\w+$")
SOURCES = ("css", "js", "icons")


class Assets:
    """Knows for every source path (`css/shop.css`) what a page must ask for."""

    def __init__(self, folder: Path, url: str = "/static") -> None:
        self.folder = folder
        self.url = url.rstrip("/")
        self.built = read_manifest(folder)

    def address(self, path: str) -> str:
        """The address of a source path, without a language prefix. LookupError if there is none."""
        if path in self.built:
            return f"{self.url}/build/{self.built[path]}"
        if not (self.folder / path).is_file():
            raise LookupError(f"static/{path}: no such file")
        return f"{self.url}/{path}"

    def exists(self, path: str) -> bool:
        """Whether a page may link it; fonts, for one, come only with the build."""
        return path in self.built or (self.folder / path).is_file()


def read_manifest(folder: Path) -> dict[str, str]:
    """Source path → built name; empty where nothing was built or a source was changed since."""
    manifest = folder / "build" / "manifest.json"
    try:
        built = json.loads(manifest.read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError):
        return {}
    if newest_source(folder) > manifest.stat().st_mtime:
        return {}
    return {str(source): str(name) for source, name in built.items()}


def newest_source(folder: Path) -> float:
    """When a style, script or icon was last changed, in seconds since 1970."""
    files = (file for name in SOURCES for file in (folder / name).rglob("*") if file.is_file())
    return max((file.stat().st_mtime for file in files), default=0.0)


def is_hashed(_path: str, url: str) -> bool:
    """WhiteNoise asks this: may this file be kept for ever?"""
    return HASHED.search(url) is not None
