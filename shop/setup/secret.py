"""The secret of a development shop, made once and kept in `instance/`."""

import os
import secrets
from pathlib import Path

from shop.setup.places import INSTANCE

NAME = "development-secret"


def development_secret(folder: Path = INSTANCE) -> str:
    """64 hexadecimal digits, the same at every start, readable by the owner alone."""
    file = folder / NAME
    if file.exists() and len(kept := file.read_text(encoding="ascii").strip()) >= 64:
        return kept
    made = secrets.token_hex(32)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(made + "\n")
    return made
