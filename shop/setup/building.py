"""Calls the builder of styles, fonts and icons. Pages stand without it, so a failure is only told."""

from pathlib import Path

from shop.setup import stamp
from shop.setup.places import PYTHON, ROOT
from shop.setup.running import run

BUILDER = ROOT / "shop" / "setup" / "assets.py"
STATIC = ROOT / "shop" / "static"
BUILT = STATIC / "build"


def prepare() -> None:
    """Build once for each state of sources and packages; what was lacking is tried again only when asked."""
    if stamp.recall("assets") != _inputs() or not (BUILT / "manifest.json").exists():
        build()


def build() -> None:
    print("Setting up: styles, fonts and icons", flush=True)
    made = run([str(PYTHON), "-m", "shop.setup.assets"])
    lacking = [line for line in made.said.splitlines() if line and not line.startswith("Setting up")]
    if lacking:
        print("\n".join([*lacking, "Pages stand without that. To try again: make assets"]), flush=True)
    stamp.remember("assets", _inputs())


def _inputs() -> str:
    return stamp.print_of([*_sources(), *BUILDER.parent.glob("*.py")], stamp.recall("packages") or "")


def _sources() -> list[Path]:
    return [path for path in STATIC.rglob("*") if path.is_file() and BUILT not in path.parents]
