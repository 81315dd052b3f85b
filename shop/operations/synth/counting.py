"""What invented works add to the kept counts, counted by columns: the same sums as one work at a time, far sooner."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import Any

from shop.actions.tallies import OF_ALL, Key
from shop.domain.catalogue import COUNTED, values_of
from shop.domain.craft import ATTRIBUTES, Craft
from shop.queries.tallies import behind

AT_ONCE = 20_000
Column = tuple[str, str | None]


class Counted:
    """Works go in one by one; the counts come out at the end."""

    def __init__(self) -> None:
        self.works: Counter[str] = Counter()
        self._makers: set[tuple[str, int]] = set()
        self._alone: defaultdict[tuple[str, str], Counter[Any]] = defaultdict(Counter)
        self._by_twos: defaultdict[tuple[str, str, str], Counter[Any]] = defaultdict(Counter)
        self._waiting: dict[str, list[dict[str, str]]] = {}

    def add(self, entry: dict[str, Any]) -> None:
        craft = entry["craft"]
        self.works[craft] += 1
        self._makers.add((craft, entry["producer_id"]))
        waiting = self._waiting.setdefault(craft, [])
        waiting.append(dict(values_of(entry)))
        if len(waiting) == AT_ONCE:
            self._count(craft)

    def _count(self, craft: str) -> None:
        rows = self._waiting.pop(craft)
        columns = {source: [row.get(source) for row in rows] for source in _sources(craft)}
        for source, values in columns.items():
            self._alone[craft, source].update(values)
        for one, other in combinations(columns, 2):
            self._by_twos[craft, one, other].update(zip(columns[one], columns[other], strict=True))

    def totals(self) -> Counter[Key]:
        """The same keys as `tallies.keys` gives, and the makers."""
        for craft in list(self._waiting):
            self._count(craft)
        found = self._of_makers()
        for craft, many in self.works.items():
            found["", "all", ""] += many
            found[craft, "all", ""] += many
            found["", "craft", craft] += many
        for (craft, source), values in self._alone.items():
            for value, many in values.items():
                if value is not None:
                    _add_alone(found, craft, source, value, many)
        for (craft, one, other), pairs in self._by_twos.items():
            for (value, beside), many in pairs.items():
                if value is not None and beside is not None:
                    _add_two(found, craft, (one, value), (other, beside), many)
        return found

    def _of_makers(self) -> Counter[Key]:
        found = Counter[Key]((craft, "makers", "") for craft, _ in self._makers)
        found["", "makers", ""] = len({maker for _, maker in self._makers})
        return found


def _sources(craft: str) -> list[str]:
    own = [f"attribute:{attribute.key}" for attribute in ATTRIBUTES[Craft(craft)] if attribute.filtered]
    return [source for source in COUNTED if source != "craft"] + ["district", "price", *own]


def _add_alone(found: Counter[Key], craft: str, source: str, value: str, many: int) -> None:
    found["", source, value] += many
    found[craft, source, value] += many
    if source in OF_ALL:
        _beside(found, "", ("craft", craft), (source, value), many)


def _add_two(
    found: Counter[Key], craft: str, one: tuple[str, str], other: tuple[str, str], many: int
) -> None:
    _beside(found, craft, one, other, many)
    if one[0] in OF_ALL and other[0] in OF_ALL:
        _beside(found, "", one, other, many)


def _beside(found: Counter[Key], place: str, one: tuple[str, str], other: tuple[str, str], many: int) -> None:
    for (source, value), (facet, beside) in ((one, other), (other, one)):
        if source != "price":
            found[behind(place, source, value), facet, beside] += many
