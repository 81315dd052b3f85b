"""Answers that come no sooner than a moment, so that their time tells nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_sooner_than(seconds: float) -> Iterator[None]:
    """What is done inside takes at least so long."""
    began = time.perf_counter()
    try:
        yield
    finally:
        time.sleep(max(0.0, seconds - (time.perf_counter() - began)))
