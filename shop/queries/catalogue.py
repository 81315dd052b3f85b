"""Lists of works: all, of a craft, or found by words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, bindparam
from sqlalchemy.orm import Session

from shop.queries.cards import ENTRY, Card, all_cards, cards
from shop.queries.conditions import in_use, stored, wanted
from shop.queries.facets import Counts, from_candidates, from_tallies
from shop.queries.filters import PER_PAGE, Facet, Filters
from shop.queries.paging import ORDERS, Place, next_page, walk
from shop.queries.ranking import Ranked, of_these, ranked
from shop.queries.tallies import kept
from shop.search.lookup import MOST_CANDIDATES, Meeting, look_up
from shop.search.question import Question, Word


@dataclass(frozen=True)
class WorkList:
    """A page of works, what comes after it, the counts around it, and the words that were looked up."""

    works: list[Card]
    counts: Counts
    following: Filters | None
    words: tuple[Word, ...] = ()

    @property
    def capped(self) -> bool:
        """There are more works than the 1,000 that were looked at."""
        return self.counts.capped


def work_list(
    session: Session, filters: Filters, facets: tuple[Facet, ...], question: Question | None = None
) -> WorkList:
    """One page, in three statements at most, whatever the number of works. A question without words finds nothing.

    Two ways lead to a page. Few works, or words: the candidates come out of the index of words and marks, and the
    database sorts them. Many works: the index of the order is walked from where the page begins; since many of them
    meet the filters, the walk is short.
    """
    if question is not None:
        return _searched(session, filters, facets, question)
    names = in_use(filters, facets)
    if len(names) > 1 or filters.priced:
        return _found(session, filters, facets)
    one = next((facet for facet in facets if facet.name in names), None)
    values = stored(filters, one) if one else []
    texts = kept(session, filters.craft or "", one.source if one else "", values)
    counts = from_tallies(filters, facets, *texts)
    if one is None or counts.total > MOST_CANDIDATES:
        return _walked(session, filters, facets, counts)
    found = look_up(session, wanted(filters, facets, None), place=filters.craft or "")
    return _few(session, filters, found.main, counts)


def _searched(session: Session, filters: Filters, facets: tuple[Facet, ...], question: Question) -> WorkList:
    return _found(session, filters, facets, question) if question else WorkList([], Counts(0, 0, 0, 0), None)


def _found(
    session: Session, filters: Filters, facets: tuple[Facet, ...], question: Question | None = None
) -> WorkList:
    """The page out of the candidates; with too many and no words, along the index of the order."""
    asked = wanted(filters, facets, question)
    alone = (
        len(asked.words) + len(asked.groups) + filters.priced < 2
    )  # without this one, nothing would be asked any more
    but = [] if alone else in_use(filters, facets)
    found = look_up(session, asked, place=filters.craft or "", but=but)
    if found.main.more and question is None:
        return _walked(session, filters, facets, from_candidates(filters, facets, found, {}))
    order = ranked(session, found, filters)
    counts = from_candidates(filters, facets, found, order.letters)
    return replace(_page(session, filters, order, counts), words=found.words)


def _few(session: Session, filters: Filters, meeting: Meeting, counts: Counts) -> WorkList:
    """The page out of works that need no counting. One statement, if there are any."""
    if not meeting.many:
        return WorkList([], counts, None)
    these, order = of_these(session, meeting, filters), ORDERS[filters.order]
    query = cards(order.label("ordered")).where(ENTRY.c.listing_id.in_(these))
    rows = session.connection().execute(query.order_by(order, ENTRY.c.listing_id)).all()
    return _page_of(rows, filters, counts)


def _page(session: Session, filters: Filters, order: Ranked, counts: Counts) -> WorkList:
    """The cards of the page. One statement, if there are any."""
    chosen = [one.listing_id for one in order.rows]
    by_id = {one.listing_id: one for one in _of_ids(session, chosen)} if chosen else {}
    following = None
    if order.more and filters.after:
        following = next_page(filters, Place(order.rows[-1].ordered, order.rows[-1].listing_id))
    elif order.more:
        following = replace(filters, page=filters.page + 1)
    return WorkList([by_id[one] for one in chosen if one in by_id], counts, following)


_OF_IDS = cards().where(ENTRY.c.listing_id.in_(bindparam("ids", expanding=True)))


def _of_ids(session: Session, listing_ids: list[int]) -> list[Card]:
    return all_cards(session.connection().execute(_OF_IDS, {"ids": listing_ids}).all())


def _walked(session: Session, filters: Filters, facets: tuple[Facet, ...], counts: Counts) -> WorkList:
    """The page along the index of the order. One statement."""
    return _page_of(session.connection().execute(*walk(filters, facets)).all(), filters, counts)


def _page_of(rows: Sequence[Row[Any]], filters: Filters, counts: Counts) -> WorkList:
    """Rows in their order, one more than a page holds if there are more."""
    last = rows[PER_PAGE - 1] if len(rows) > PER_PAGE else None
    following = next_page(filters, Place(last.ordered, last.listing_id)) if last is not None else None
    return WorkList(all_cards(rows[:PER_PAGE]), counts, following)
