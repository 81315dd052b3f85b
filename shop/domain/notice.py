"""How long a notice is tried."""

from __future__ import annotations

from datetime import datetime, timedelta

LEFT_LYING = timedelta(hours=12)  # a message handed to somebody who does not send it becomes the gallery's
LEASE = timedelta(minutes=5)
PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720, 720, 720))
MOST_TRIES = len(PAUSES) + 1  # about two days, then a person must look


def next_try(tries: int, at: datetime) -> datetime | None:
    """When to try again after so many tries; None when a person must look."""
    return at + PAUSES[tries - 1] if 0 < tries < MOST_TRIES else None
