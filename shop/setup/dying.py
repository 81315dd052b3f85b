"""Lets children die with us, however we die (Linux; elsewhere only an orderly end takes them along)."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1


def with_us(number: int = signal.SIGTERM) -> Callable[[], None] | None:
    """For `preexec_fn`: what the child runs before it becomes the program. The kernel sends it the signal."""
    if sys.platform != "linux":
        return None
    parent, library = os.getpid(), ctypes.CDLL(None)

    def ask_kernel() -> None:
        library.prctl(PR_SET_PDEATHSIG, int(number))
        if os.getppid() != parent:  # we died before it could ask
            os._exit(1)

    return ask_kernel
