"""Temporary folders that know whose they are, so that those of killed runs are swept away."""

import os
import shutil
import tempfile
from pathlib import Path


def own_folder(prefix: str, place: Path) -> Path:
    """A new folder `place/prefix-<pid>-…`; folders of processes that are gone are removed first."""
    for left in place.glob(f"{prefix}-*-*"):
        if not _alive(left.name.removeprefix(f"{prefix}-").split("-")[0]):
            shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{prefix}-{os.getpid()}-", dir=place))


def _alive(process_id: str) -> bool:
    try:
        os.kill(int(process_id), 0)
    except ProcessLookupError:
        return False
    except (ValueError, PermissionError):
        return True
    return True
