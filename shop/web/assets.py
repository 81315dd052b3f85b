"""Addresses below static/: the built file with a hashed name, or its source where nothing was built."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from whitenoise import WhiteNoise

HASHED = re.compile(r"/build/[^/]+\.[0-9a-f]{10}\.\w+$")
SOURCES = ("css", "js", "icons")
BELOW = "/static/"


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
    """Source path → built name; empty where nothing was built, or not from the sources as they are now."""
    try:
        manifest = json.loads((folder / "build" / "manifest.json").read_text(encoding="utf-8"))
        built, sources = manifest["files"], manifest["sources"]
    except (OSError, ValueError, KeyError):
        return {}
    if sources != prints(folder):
        return {}
    return {str(source): str(name) for source, name in built.items()}


def prints(folder: Path) -> dict[str, str]:
    """Every style, script and icon with a short print of its content; the builder writes down the same."""
    files = sorted(file for name in SOURCES for file in (folder / name).rglob("*") if file.is_file())
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()[:10]
        for file in files
    }


class StaticFiles(WhiteNoise):  # type: ignore[misc]
    """WhiteNoise, asked only for what stands below its prefix: in development it would look on the disk for every page."""

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not environ.get("PATH_INFO", "").startswith(BELOW):
            return self.application(environ, start_response)  # type: ignore[no-any-return]
        return super().__call__(environ, start_response)  # type: ignore[no-any-return]


def is_hashed(_path: str, url: str) -> bool:
    """WhiteNoise asks this: may this file be kept for ever?"""
    return HASHED.search(url) is not None
