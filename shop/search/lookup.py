"""Which works have what is wanted: the one door to the index. The same on both engines, which only keep its rows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy.orm import Session

from shop.search.bits import BLOCK, newest_first, unpack
from shop.search.question import Wanted, Word
from shop.search.terms import SOLD_MARK

MOST_CANDIDATES = 1_000
#: The name the price goes by among the groups.
PRICE = "harga"
#: What is sold has so many points less, so that it stands behind everything else.
BELOW = -1_000

#: So many blocks are read first, 128,000 works: for a small shop everything, in a large one often enough.
NEWEST = 4
#: Of so many words.
OFTEN_FULL = 2
_TALLIES = (
    "SELECT facet, works, NULL FROM catalogue_tally WHERE place = {} AND facet IN ('all', 'makers', 'price')"
)
_BLOCKS = {
    "sqlite": "SELECT term, block, works FROM search_block WHERE term IN (SELECT value FROM json_each({}))",
    "postgresql": "SELECT term, block, works FROM search_block WHERE term = ANY({})",
}
_OLDEST = f"SELECT max(listing_id) / {BLOCK} - {NEWEST - 1} FROM catalogue_entry"  # noqa: S608


@dataclass
class Meeting:
    """Works that have what is wanted: 1,000 of them by their ids; `many` is counted up to 1,001.

    They are the newest, or, with words, those with most points and the newest of equals. `levels` are their points: all of a
    level come before the next, works that are sold in levels of their own behind the others.
    """

    many: int = 0
    levels: list[list[int]] = field(default_factory=list)

    @property
    def works(self) -> list[int]:
        return [one for level in self.levels for one in level]

    @property
    def more(self) -> bool:
        """There are more than are looked at."""
        return self.many > MOST_CANDIDATES


@dataclass(frozen=True)
class Found:
    """`main` has everything, `without` all but the group of that name; `place` counts all works and makers there.
    `words` are those that were looked up: of several that may be meant, the nearest that stands beside the others.
    """

    main: Meeting
    without: Mapping[str, Meeting]
    place: Mapping[str, int]
    words: tuple[Word, ...]


def look_up(session: Session, wanted: Wanted, *, place: str, but: Iterable[str] = ()) -> Found:
    """What has all that is wanted; where that is few, also what lacks only one of the groups named in `but`.

    The bits of every term are read, in one statement, and met block by block, the newest first; for one or two
    words in two, the second for what is older, if that could change anything.
    """
    index = _Index(session, wanted, place)
    words = _settled(index, wanted)
    sets = _Sets(index, wanted, words)
    main = _best(sets) if wanted.by_title else _newest(sets)
    without = {} if main.more else {name: _newest(sets, name) for name in but}
    return Found(main, without, index.counts, words)


class _Index:
    """The bits of all terms, block by block, and what is counted of the place beside them."""

    def __init__(self, session: Session, wanted: Wanted, place: str) -> None:
        self.kept: dict[int, dict[str, bytes]] = {}
        self.counts: dict[str, int] = {}
        self._connection, self._oldest = session.connection(), 0
        self._mark = "?" if self._connection.dialect.name == "sqlite" else "%s"
        terms = sorted(wanted.terms)
        self._terms: Any = json.dumps(terms) if self._connection.dialect.name == "sqlite" else terms
        blocks = _BLOCKS[self._connection.dialect.name]
        if 0 < len(wanted.words) <= OFTEN_FULL:
            self._read(
                f"{blocks} AND block >= ({_OLDEST}) UNION ALL {_TALLIES} UNION ALL SELECT '', ({_OLDEST}), NULL",
                place,
            )
            self._oldest = self.counts.pop("") or 0
        else:  # more words are seldom met by so many, and a list has fewer statements
            self._read(f"{blocks} UNION ALL {_TALLIES}", place)

    def blocks(self) -> Iterator[int]:
        """The newest first. What is older is read when somebody comes so far."""
        yield from sorted(self.kept, reverse=True)
        if self._oldest > 0:
            newer, oldest, self._oldest = set(self.kept), self._oldest, 0
            self._read(f"{_BLOCKS[self._connection.dialect.name]} AND block < {{}}", oldest)
            yield from sorted(self.kept.keys() - newer, reverse=True)

    def _read(self, statement: str, value: Any) -> None:
        asked = self._connection.exec_driver_sql(
            statement.replace("{}", self._mark), (self._terms, value), execution_options={"as_they_are": True}
        )
        rows = asked.cursor.fetchall()  # hundreds of them: as the driver makes them
        asked.close()
        for term, number, works in rows:
            if works is None:
                self.counts[term] = number
            else:
                self.kept.setdefault(number, {})[term] = works


def _settled(index: _Index, wanted: Wanted) -> tuple[Word, ...]:
    """For every word with several meanings the nearest one that some work has beside all the rest, at best in its title."""
    words = list(wanted.words)
    for place, word in enumerate(words):
        if word.instead:
            words[place] = _meant(index, wanted, words, place)
    return tuple(words)


def _meant(index: _Index, wanted: Wanted, words: list[Word], place: int) -> Word:
    somewhere = []
    for one in (words[place], *words[place].instead):
        beside = (*words[:place], one, *words[place + 1 :])
        sets = _Sets(index, wanted, beside, doubtful=words[place + 1 :])
        met = {block: works for block in index.blocks() if (works := sets.all_but("", block))}
        if any(works & sets.any_of(block, one.title[0]) for block, works in met.items()):
            return one
        somewhere += [one] if met else []
    return (somewhere or words[place : place + 1])[0]


class _Sets:
    """The sets of the groups, block by block, each put together when it is first needed."""

    def __init__(
        self, index: _Index, wanted: Wanted, words: Sequence[Word], doubtful: Sequence[Word] = ()
    ) -> None:
        """Of words that are `doubtful` still, all meanings are met."""
        self.index, self.prices, self.titles = index, wanted.prices, [word.title for word in words]
        meanings = [
            word.terms.union(*(one.terms for one in word.instead)) if word in doubtful else word.terms
            for word in words
        ]
        groups = {f"word {number}": terms for number, terms in enumerate(meanings)} | dict(wanted.groups)
        self.groups = dict(sorted(groups.items(), key=lambda one: len(one[1])))
        self._made: dict[tuple[int, str], int] = {}

    def all_but(self, left_out: str, block: int) -> int:
        """The works of a block that are in every group but this one."""
        found = -1
        for name in self.groups:
            if name != left_out:
                found &= self._of(block, name)
                if not found:
                    return 0
        if self.prices is not None and left_out != PRICE:
            found &= self._of(block, PRICE)
        return max(found, 0)

    def any_of(self, block: int, terms: Iterable[str]) -> int:
        kept, found = self.index.kept[block], 0
        for term in terms:
            if term in kept:
                found |= unpack(kept[term])
        return found

    def by_points(self, block: int, works: int) -> dict[int, int]:
        """The works by the points of their titles, those that are sold below nothing."""
        sold = works & self.any_of(block, (SOLD_MARK,))
        found = {points: some for points, some in ((0, works ^ sold), (BELOW, sold)) if some}
        for own, others in self.titles:
            has, means = self.any_of(block, own), self.any_of(block, others)
            before, found = found, {}
            for points, some in before.items():
                own_words = some & has
                rest = some ^ own_words
                other_words = rest & means
                for more, part in ((2, own_words), (1, other_words), (0, rest ^ other_words)):
                    if part:
                        found[points + more] = found.get(points + more, 0) | part
        return found

    @property
    def most_points(self) -> int:
        return 2 * len(self.titles)

    def _of(self, block: int, name: str) -> int:
        made = self._made.get((block, name))
        if made is None:
            made = self._made[block, name] = self._make(block, name)
        return made

    def _make(self, block: int, name: str) -> int:
        if name != PRICE or self.prices is None:
            return self.any_of(block, self.groups[name])
        kept = self.index.kept[block]
        return self.prices.among(lambda term: unpack(kept[term]) if term in kept else 0)


def _newest(sets: _Sets, left_out: str = "") -> Meeting:
    found: list[int] = []
    many = 0
    for block in sets.index.blocks():
        works = sets.all_but(left_out, block)
        many += works.bit_count()
        found += _places(block, works, MOST_CANDIDATES - len(found))
        if many > MOST_CANDIDATES:
            break
    return Meeting(min(many, MOST_CANDIDATES + 1), [found])


def _best(sets: _Sets) -> Meeting:
    """What is older than a thousand works with all points there are could not come before them."""
    levels: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    many = full = 0
    for block in sets.index.blocks():
        if works := sets.all_but("", block):
            many += works.bit_count() if many <= MOST_CANDIDATES else 0
            for points, some in sets.by_points(block, works).items():
                levels[points].append((block, some))
                full += some.bit_count() if points == sets.most_points else 0
        if full > MOST_CANDIDATES:
            break
    found: list[list[int]] = []
    left = MOST_CANDIDATES
    for points in sorted(levels, reverse=True):
        level: list[int] = []
        for block, some in levels[points]:
            level += _places(block, some, left - len(level))
        found.append(level)
        left -= len(level)
    return Meeting(min(many, MOST_CANDIDATES + 1), [level for level in found if level])


def _places(block: int, works: int, most: int) -> list[int]:
    """The ids of at most so many works, the newest first."""
    begin = block * BLOCK
    return [begin + place for place in islice(newest_first(works), most)] if works and most else []
