"""Calls the builder of fonts and icons. Pages stand without them, so a failure is only told."""

from pathlib import Path

from shop.setup import stamp
from shop.setup.places import PYTHON, ROOT
from shop.setup.running import run

BUILDER = ROOT / "shop" / "setup" / "assets.py"
STATIC = ROOT / "shop" / "static"
BUILT = STATIC / "build"


def prepare() -> None:
    """Build once for each state of the builder; after a failure not again until asked to."""
    if not BUILDER.exists():
        return
    if stamp.recall("assets") != _inputs() or _older_than_a_source():
        build()


def build() -> None:
    if not BUILDER.exists():
        return
    print("Setting up: fonts and icons", flush=True)
    made = run([str(PYTHON), "-m", "shop.setup.assets"])
    if not made.well:
        print(
            f"Fonts and icons could not be built ({made.reason}); pages stand without them."
            " To try again: make assets",
            flush=True,
        )
    elif made.said.strip():
        print(f"{made.said.strip()} Pages stand without it; to try again: make assets", flush=True)
    stamp.remember("assets", _inputs())


def _inputs() -> str:
    """The builder, what it fetches, and every style, script and icon."""
    builder = [BUILDER.with_name(f"{name}.py") for name in ("assets", "fonts", "pictures", "styles")]
    return stamp.print_of([*builder, ROOT / "package.json", *_sources()])


def _sources() -> list[Path]:
    return [file for name in ("css", "js", "icons") for file in (STATIC / name).rglob("*") if file.is_file()]


def _older_than_a_source() -> bool:
    """Then pages would show the sources; a checkout of the same content does that."""
    manifest = BUILT / "manifest.json"
    return manifest.exists() and max(file.stat().st_mtime for file in _sources()) > manifest.stat().st_mtime
