"""Pins every package to one version: `make pins`, with uv, after changing what pyproject.toml asks for.

The pins stand twice: in constraints.txt for pip, and in `[tool.uv]` for `uv run`, which reads only that.
"""

import re
import sys

from shop.setup.places import CONSTRAINTS, PYPROJECT
from shop.setup.running import run
from shop.setup.trouble import TroubleError

BLOCK = re.compile(r"\[tool\.uv\]\n.*?(?=\n\[|\Z)", re.S)
OPTIONS = ["--universal", "--no-header", "--no-annotate", "--all-extras", "--no-emit-index-url"]
OPTIONS += ["--no-emit-find-links", "--python-version", "3.11", "--quiet"]


def pin(newest: bool = False) -> list[str]:
    """Write both places. Returns the pins; raises TroubleError when uv cannot find versions that fit."""
    PYPROJECT.write_text(_with([]), encoding="utf-8")  # what was pinned must not hold the choice
    upgrade = ["--upgrade"] if newest else []
    tried = run(
        ["uv", "pip", "compile", str(PYPROJECT), *OPTIONS, *upgrade, "--output-file", str(CONSTRAINTS)]
    )
    if not tried.well:
        raise TroubleError(f"The packages could not be pinned: {tried.reason}.")
    pins = CONSTRAINTS.read_text(encoding="utf-8").split("\n")[:-1]
    PYPROJECT.write_text(_with(pins), encoding="utf-8")
    return pins


def in_pyproject() -> list[str]:
    """The pins as `[tool.uv]` has them."""
    block = BLOCK.search(PYPROJECT.read_text(encoding="utf-8"))
    return re.findall(r'^    "(.*)",$', block.group(), re.M) if block else []


def _with(pins: list[str]) -> str:
    lines = "".join(f'    "{line}",\n' for line in pins)
    block = f"[tool.uv]\n# written by `make pins`, the same as constraints.txt\nconstraint-dependencies = [\n{lines}]\n"
    text = PYPROJECT.read_text(encoding="utf-8")
    return BLOCK.sub(lambda _: block, text) if BLOCK.search(text) else f"{text}\n{block}"


if __name__ == "__main__":
    try:
        print(f"{len(pin(newest='--newest' in sys.argv))} packages pinned")
    except TroubleError as trouble:
        sys.exit(str(trouble))
