"""A store that holds so much and no more, and that is asked far more often than it is filled."""

from __future__ import annotations

from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Halves(Generic[Value]):
    """Two halves: once the young one is full, the old one goes. What is asked for again becomes young, so that nothing
    has to be put in order, and finding takes no lock.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._young: dict[Hashable, tuple[Value, int]] = {}
        self._old: dict[Hashable, tuple[Value, int]] = {}
        self._bytes = 0
        self._lock = Lock()

    def find(self, key: Hashable) -> Value | None:
        found = self._young.get(key)
        if found is None:
            found = self._old.get(key)
            if found is None:
                return None
            self.keep(key, *found)
        return found[0]

    def keep(self, key: Hashable, value: Value, size: int) -> None:
        """`size` is what value and key hold, in bytes, as well as one can tell."""
        with self._lock:
            if key in self._young:
                return
            self._young[key] = value, size
            self._bytes += size
            if self._bytes > self._most_bytes // 2:
                self._old, self._young, self._bytes = self._young, {}, 0

    def forget(self) -> None:
        with self._lock:
            self._young, self._old, self._bytes = {}, {}, 0

    def __len__(self) -> int:
        return len(self._young.keys() | self._old.keys())
