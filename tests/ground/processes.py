"""Children that die with their parent, even when that is killed outright; and whether they did."""

import ctypes
import signal
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1


def die_with_parent(with_signal: int = signal.SIGTERM) -> None:
    """To be run in the child between fork and exec; elsewhere than on Linux it does nothing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(with_signal))


def runs(pid: int) -> bool:
    """Whether the process still does something; one that only waits to be collected does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"
