"""Entries of invented works are made beside the loading: while one processor writes rows, another finds words, counts and
index.
"""

from __future__ import annotations

import gc
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Any

from shop.actions.tallies import Key
from shop.models import CatalogueEntry
from shop.operations.synth.counting import Counted
from shop.operations.synth.loading import Shape
from shop.operations.synth.works import Work, entry
from shop.search.bits import BLOCK
from shop.search.entry_words import is_spelt
from shop.search.index import Bits, Gathering
from shop.search.terms import terms_of

#: Below this many works starting a process takes longer than what it saves.
WORTH_IT = 10_000
_MOST_AHEAD = 4


@dataclass
class Made:
    """Rows of entries, and blocks of the index that are complete."""

    rows: list[tuple[Any, ...]] = field(default_factory=list)
    blocks: list[tuple[int, Bits]] = field(default_factory=list)


class Entries:
    """Works go in by rising ids; entries come out, and at the end the counts."""

    def __init__(self) -> None:
        self._shape, self._counted = Shape(CatalogueEntry.__table__), Counted()  # type: ignore[arg-type]
        self._gathering, self._block = Gathering(), -1
        self._words: Counter[str] = Counter()

    def take(self, works: list[Work]) -> Made:
        made = Made()
        for work in works:
            found = entry(work)
            self._counted.add(found)
            if (block := work["id"] // BLOCK) != self._block:
                self._finish(made)
                self._block = block
            self._gathering.add(work["id"], terms_of(found))
            made.rows.append(self._shape.values(found | {"published_at": work["moment"]}))
        return made

    def end(self) -> tuple[Made, Counter[Key], Counter[str]]:
        """The last block, the counts behind filters, and in how many works each word stands."""
        made = Made()
        self._finish(made)
        return made, self._counted.totals(), self._words

    def _finish(self, made: Made) -> None:
        taken = self._gathering.taken()
        self._words.update({term: works.bit_count() for term, works in taken.items() if is_spelt(term)})
        if taken:
            made.blocks.append((self._block, taken))


class Beside:
    """The same in another process: what was handed in comes out a little later, in its order."""

    def __init__(self, pool: ProcessPoolExecutor | None) -> None:
        self._pool, self._here = pool, Entries()
        self._ahead: deque[Future[Made]] = deque()

    def take(self, works: list[Work]) -> Iterator[Made]:
        if self._pool is None:
            yield self._here.take(works)
            return
        self._ahead.append(self._pool.submit(_take, works))
        while len(self._ahead) > _MOST_AHEAD:
            yield self._ahead.popleft().result()

    def rest(self) -> Iterator[Made]:
        while self._ahead:
            yield self._ahead.popleft().result()

    def end(self) -> tuple[Made, Counter[Key], Counter[str]]:
        return self._here.end() if self._pool is None else self._pool.submit(_end).result()


@contextmanager
def beside(many: int) -> Iterator[Beside]:
    if many < WORTH_IT:
        yield Beside(None)
        return
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=gc.disable) as pool:
        yield Beside(pool)


_entries = Entries()


def _take(works: list[Work]) -> Made:
    return _entries.take(works)


def _end() -> tuple[Made, Counter[Key], Counter[str]]:
    return _entries.end()
