"""Remembers what was done for which inputs, so that a second start does nothing twice."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from shop.setup.places import VENV

STAMP = VENV / "shop-setup.json"


def recall(step: str, file: Path | None = None) -> str | None:
    """The print of the inputs the step was last done for; None if never, or if unreadable."""
    return _read(file or STAMP).get(step)


def remember(step: str, inputs: str, file: Path | None = None) -> None:
    """Write at once, so that an interrupted set-up goes on where it stood."""
    file = file or STAMP
    done = _read(file) | {step: inputs}
    file.write_text(json.dumps(done, indent=1, sort_keys=True), encoding="utf-8")


def forget(step: str, file: Path | None = None) -> None:
    file = file or STAMP
    done = _read(file)
    if done.pop(step, None) is not None:
        file.write_text(json.dumps(done, indent=1, sort_keys=True), encoding="utf-8")


def print_of(files: Iterable[Path], *words: str) -> str:
    """A short print of the files' names and contents and of further words."""
    digest = hashlib.sha256(repr(words).encode())
    for path in sorted(files):
        digest.update(path.name.encode() + b"\0" + (path.read_bytes() if path.exists() else b"-") + b"\0")
    return digest.hexdigest()[:16]


def _read(file: Path) -> dict[str, str]:
    try:
        done = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return done if isinstance(done, dict) else {}
