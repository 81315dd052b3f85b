"""Which works have what is wanted: the one door to the index. The same on both engines, which only keep its rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy.orm import Session

from shop.search.bits import BLOCK, newest_first, unpack
from shop.search.question import Wanted

MOST_CANDIDATES = 1_000
#: The name the price goes by among the groups.
PRICE = "harga"

_ASKED = {
    "sqlite": "SELECT term, block, works FROM search_block WHERE term IN (SELECT value FROM json_each(?))"
    " UNION ALL SELECT facet, works, NULL FROM catalogue_tally WHERE place = ? AND facet IN ('all', 'makers', 'price')",
    "postgresql": "SELECT term, block, works FROM search_block WHERE term = ANY(%s)"
    " UNION ALL SELECT facet, works, NULL FROM catalogue_tally WHERE place = %s AND facet IN ('all', 'makers', 'price')",
}


@dataclass
class Meeting:
    """Works that have what is wanted: the newest 1,000 by their ids, newest first; `many` is counted up to 1,001."""

    many: int = 0
    newest: list[int] = field(default_factory=list)

    @property
    def more(self) -> bool:
        """There are more than are looked at."""
        return self.many > MOST_CANDIDATES


@dataclass(frozen=True)
class Found:
    """`main` has everything, `without` all but the group of that name; `place` counts all works and makers there."""

    main: Meeting
    without: Mapping[str, Meeting]
    place: Mapping[str, int]


def look_up(session: Session, wanted: Wanted, *, place: str, but: Iterable[str] = ()) -> Found:
    """What has all that is wanted; where that is few, also what lacks only one of the groups named in `but`.

    The bits of every term are read, in one statement, and met block by block, the newest first.
    """
    index, counts = _read(session, wanted, place)
    sets = _Sets(index, wanted)
    main = _meeting(sets.all_but("", block) for block in sets.blocks)
    without = (
        {}
        if main.more
        else {name: _meeting(sets.all_but(name, block) for block in sets.blocks) for name in but}
    )
    return Found(main, without, counts)


def _read(session: Session, wanted: Wanted, place: str) -> tuple[dict[int, dict[str, bytes]], dict[str, int]]:
    terms = sorted(set().union(*wanted.groups.values(), wanted.prices.terms if wanted.prices else ()))
    connection = session.connection()
    engine = connection.dialect.name
    listed: Any = json.dumps(terms) if engine == "sqlite" else terms
    index: dict[int, dict[str, bytes]] = {}
    counts: dict[str, int] = {}
    for term, number, works in connection.exec_driver_sql(_ASKED[engine], (listed, place)).all():
        if works is None:
            counts[term] = number
        else:
            index.setdefault(number, {})[term] = works
    return index, counts


class _Sets:
    """The sets of the groups, block by block, each put together when it is first needed."""

    def __init__(self, index: dict[int, dict[str, bytes]], wanted: Wanted) -> None:
        self.index, self.prices = index, wanted.prices
        self.blocks = sorted(index, reverse=True)
        self.groups = dict(sorted(wanted.groups.items(), key=lambda one: len(one[1])))
        self._made: dict[tuple[int, str], int] = {}

    def all_but(self, left_out: str, block: int) -> tuple[int, int]:
        """The number of the block, and its works that are in every group but this one."""
        found = -1
        for name in self.groups:
            if name != left_out:
                found &= self._of(block, name)
                if not found:
                    return block, 0
        if self.prices is not None and left_out != PRICE:
            found &= self._of(block, PRICE)
        return block, max(found, 0)

    def _of(self, block: int, name: str) -> int:
        made = self._made.get((block, name))
        if made is None:
            made = self._made[block, name] = self._make(self.index[block], name)
        return made

    def _make(self, kept: dict[str, bytes], name: str) -> int:
        if name == PRICE and self.prices is not None:
            return self.prices.among(lambda term: unpack(kept[term]) if term in kept else 0)
        found = 0
        for term in self.groups[name]:
            if term in kept:
                found |= unpack(kept[term])
        return found


def _meeting(blocks: Iterable[tuple[int, int]]) -> Meeting:
    found = Meeting()
    for block, works in blocks:
        if works:
            found.many += works.bit_count()
            places = islice(newest_first(works), MOST_CANDIDATES - len(found.newest))
            found.newest += [block * BLOCK + place for place in places]
            if found.more:
                found.many = MOST_CANDIDATES + 1
                break
    return found
