"""Calls the builder of fonts and icons. Pages stand without them, so a failure is only told."""

from shop.setup import stamp
from shop.setup.places import PYTHON, ROOT
from shop.setup.running import run

BUILDER = ROOT / "shop" / "setup" / "assets.py"
BUILT = ROOT / "shop" / "static" / "build"


def prepare() -> None:
    """Build once for each state of the builder; after a failure not again until asked to."""
    if not BUILDER.exists():
        return
    inputs = stamp.print_of([BUILDER, ROOT / "package.json"])
    if stamp.recall("assets") != inputs:
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
    stamp.remember("assets", stamp.print_of([BUILDER, ROOT / "package.json"]))
