"""What a work is looked up by: its words, those of its title, the marks filters ask for, and its price bit by bit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from shop.domain.catalogue import SOLD, mark, values_of

PRICED = "§idr"
SOLD_MARK = mark("standing", SOLD)
#: Rupiah of so many bits: more than a billion times a thousand.
_BITS = 40


def terms_of(entry: Mapping[str, Any]) -> set[str]:
    """Every term under which the index names this entry."""
    found = set(entry["words"].split())
    found.update(map(in_title, entry["title_words"].split()))
    found.update(mark(source, value) for source, value in values_of(entry))
    if entry["price_idr"] is not None:
        found |= _of_price(entry["price_idr"])
    return found


def in_title(word: str) -> str:
    """The term of works that have the word in their title."""
    return f"^{word}"


@lru_cache(maxsize=4_000)
def _of_price(price_idr: int) -> frozenset[str]:
    return frozenset({PRICED, *(_bit(number) for number in range(_BITS) if price_idr >> number & 1)})


def _bit(number: int) -> str:
    return f"{PRICED}{number}"


@dataclass(frozen=True)
class Prices:
    """A range of prices with both ends, either of them open. Works without a price are in none."""

    low: int | None = None
    high: int | None = None

    @property
    def terms(self) -> list[str]:
        return [PRICED, *map(_bit, range(_BITS))]

    def among(self, having: Callable[[str], int]) -> int:
        """The works in the range; `having` gives those that have a term."""
        found = having(PRICED)
        if self.high is not None:
            found &= _below(self.high + 1, having)
        if self.low is not None:
            found ^= found & _below(self.low, having)
        return found


def _below(limit: int, having: Callable[[str], int]) -> int:
    """Works with a lower price: those that are alike in the higher bits and lack one that the limit has.

    The lowest bits need no look once the rest of the limit is nothing.
    """
    lower, alike = 0, having(PRICED)
    for number in range(_BITS - 1, -1, -1):
        if not limit & (2 << number) - 1:
            break
        has = having(_bit(number))
        if limit >> number & 1:
            both = alike & has
            lower |= alike ^ both
            alike = both
        else:
            alike ^= alike & has
    return lower if limit < 1 << _BITS else having(PRICED)
