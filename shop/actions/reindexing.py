"""Makes the whole catalogue anew out of what it is drawn from: entries, makers, counts, vocabulary, index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import delete, distinct, func, select
from sqlalchemy.orm import Session

from shop.actions import tallies
from shop.actions.catalogue import rewrite
from shop.actions.changes import say_changed, take_turn
from shop.actions.maker_entries import refresh_makers
from shop.models import CatalogueEntry, CatalogueTally, Listing, Producer, SearchWord
from shop.search import index

BATCH = 500


def rewrite_all(session: Session) -> Iterator[int]:
    """Every entry and every maker, in batches; gives how many rows are done. Commit after each: readers never wait."""
    done = 0
    for ids in _in_batches(session, Listing.id):
        take_turn(session)
        rewrite(session, ids)
        done += len(ids)
        yield done
    for ids in _in_batches(session, Producer.id):
        take_turn(session)
        refresh_makers(session, ids)
        done += len(ids)
        yield done


def recount(session: Session) -> None:
    """Counts and vocabulary out of the entries, in one transaction."""
    take_turn(session)
    counted, vocabulary = Counter[tallies.Key](), Counter[str]()
    table = CatalogueEntry.__table__
    for row in session.execute(select(*table.c).execution_options(yield_per=BATCH)).mappings():
        counted.update(tallies.keys(dict(row)))
        vocabulary.update(tallies.spelt(dict(row)))
    makers = func.count(distinct(CatalogueEntry.producer_id))
    for craft, number in session.execute(select(CatalogueEntry.craft, makers).group_by(CatalogueEntry.craft)):
        counted[craft, "makers", ""] = number
    counted["", "makers", ""] = session.scalar(select(makers)) or 0
    session.execute(delete(CatalogueTally))
    session.execute(delete(SearchWord))
    tallies.add_tallies(session, counted)
    tallies.add_words(session, vocabulary)
    say_changed(session, session.scalars(select(CatalogueEntry.craft).distinct()))


def rebuild(session: Session) -> Iterator[int]:
    """The index out of the entries, block by block; gives how many works are done. Commit after each as well."""
    for block in range(index.last_block(session) + 1):
        take_turn(session)
        yield index.rebuild(session, block)


def _in_batches(session: Session, column: object) -> Iterator[list[int]]:
    last = 0
    while ids := list(session.scalars(select(column).where(column > last).order_by(column).limit(BATCH))):  # type: ignore[call-overload, operator]
        yield ids
        last = ids[-1]
