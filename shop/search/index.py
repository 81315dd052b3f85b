"""The index of works: for every term the works that have it, kept in the transaction that changes what buyers can find."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from shop.models import CatalogueEntry, SearchBlock
from shop.search.bits import BLOCK, pack, unpack
from shop.search.terms import terms_of

Entry = Mapping[str, Any]
Bits = dict[str, int]

_KEPT = {
    "sqlite": "SELECT term, works FROM search_block WHERE block = ? AND term IN (SELECT value FROM json_each(?))",
    "postgresql": "SELECT term, works FROM search_block WHERE block = %s AND term = ANY(%s)",
}


def move(session: Session, old: Iterable[Entry], new: Iterable[Entry]) -> None:
    """Take the old entries out of the index and put the new ones in; only what differs is written."""
    before = {entry["listing_id"]: terms_of(entry) for entry in old}
    after = {entry["listing_id"]: terms_of(entry) for entry in new}
    gone: defaultdict[int, Bits] = defaultdict(dict)
    come: defaultdict[int, Bits] = defaultdict(dict)
    for listing_id in before.keys() | after.keys():
        had, has = before.get(listing_id, set()), after.get(listing_id, set())
        block, place = divmod(listing_id, BLOCK)
        for changes, terms in ((gone[block], had - has), (come[block], has - had)):
            for term in terms:
                changes[term] = changes.get(term, 0) | 1 << place
    for block in sorted(gone.keys() | come.keys()):
        change(session, block, gone[block], come[block])


def change(session: Session, block: int, gone: Bits, come: Bits) -> None:
    """Works that lose a term and works that get one, in one block."""
    terms = sorted(gone.keys() | come.keys())
    if not terms:
        return
    kept = _kept(session, block, terms)
    rows, empty = [], []
    for term in terms:
        works = kept.get(term, 0) & ~gone.get(term, 0) | come.get(term, 0)
        if works:
            rows.append({"term": term, "block": block, "works": pack(works)})
        elif term in kept:
            empty.append(term)
    if empty:
        session.execute(delete(SearchBlock).where(SearchBlock.block == block, SearchBlock.term.in_(empty)))
    if rows:
        connection = session.connection()
        connection.execute(_write(connection.dialect.name), rows)


def _kept(session: Session, block: int, terms: list[str]) -> Bits:
    connection = session.connection()
    engine = connection.dialect.name
    listed: Any = json.dumps(terms) if engine == "sqlite" else terms
    return {term: unpack(works) for term, works in connection.exec_driver_sql(_KEPT[engine], (block, listed))}


def _write(engine: str) -> Any:
    statement = (postgresql.insert if engine == "postgresql" else sqlite.insert)(SearchBlock)
    return statement.on_conflict_do_update(
        index_elements=["term", "block"], set_={"works": statement.excluded.works}
    )


class Gathering:
    """Works of one block after another, put together in memory: a few ten thousand small arrays at most."""

    def __init__(self) -> None:
        self._terms: defaultdict[str, bytearray] = defaultdict(lambda: bytearray(BLOCK // 8))

    def add(self, listing_id: int, terms: Iterable[str]) -> None:
        """One work of this block."""
        place = listing_id % BLOCK
        byte, bit = place >> 3, 1 << (place & 7)
        for term in terms:
            self._terms[term][byte] |= bit

    def taken(self) -> Bits:
        """What was gathered; the next block begins empty."""
        found = {term: int.from_bytes(works, "little") for term, works in self._terms.items()}
        self._terms.clear()
        return found


def last_block(session: Session) -> int:
    newest = session.scalar(select(func.max(CatalogueEntry.listing_id))) or 0
    return max(newest // BLOCK, session.scalar(select(func.max(SearchBlock.block))) or 0)


def rebuild(session: Session, block: int) -> int:
    """Make one block anew out of the entries; how many works it has. Rows that are right already are not written."""
    gathering, columns, works = Gathering(), CatalogueEntry.__table__.c, 0
    query = select(*columns).where(columns.listing_id.between(block * BLOCK, (block + 1) * BLOCK - 1))
    for row in session.execute(query.execution_options(yield_per=500)).mappings():
        gathering.add(row["listing_id"], terms_of(dict(row)))
        works += 1
    _replace(session, block, gathering.taken())
    return works


def _replace(session: Session, block: int, right: Bits) -> None:
    """Write what differs from what is right."""
    query = select(SearchBlock.term, SearchBlock.works).where(SearchBlock.block == block)
    kept = {term: unpack(works) for term, works in session.execute(query)}
    gone = {term: works & ~right.get(term, 0) for term, works in kept.items() if works & ~right.get(term, 0)}
    come = {term: works for term, works in right.items() if works & ~kept.get(term, 0)}
    change(session, block, gone, come)
