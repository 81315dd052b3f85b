"""Folders that must be there and writable, and a lock so that two set-ups do not meet."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shop.setup.trouble import TroubleError


def writable(folder: Path) -> Path:
    """The folder, made if need be. Raises TroubleError when nothing can be written in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise TroubleError(
            f"The folder {folder} cannot be written to ({reason}): make it writable for you,"
            " or copy the whole project to a folder of your own and start it there."
        ) from error


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until no other set-up works in this copy. The system frees the lock of a killed one."""
    try:
        import fcntl
    except ImportError:  # Windows: two set-ups at once are the person's own affair
        yield
        return
    with (writable(folder) / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
