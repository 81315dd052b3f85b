"""Lists of works: all, of a craft, or found by words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy.orm import Session

from shop.queries.cards import ENTRY, Card, all_cards, cards
from shop.queries.conditions import in_use, stored, wanted
from shop.queries.facets import Counts, from_candidates, from_tallies
from shop.queries.filters import PER_PAGE, Facet, Filters
from shop.queries.paging import ORDERS, Place, next_page, walk
from shop.queries.ranking import ranked
from shop.queries.tallies import kept
from shop.search.index import MOST_CANDIDATES, candidates
from shop.search.question import Question


@dataclass(frozen=True)
class WorkList:
    """A page of works, what comes after it, and the counts around it."""

    works: list[Card]
    counts: Counts
    following: Filters | None

    @property
    def capped(self) -> bool:
        """There are more works than the 1,000 that were looked at."""
        return self.counts.capped


def work_list(
    session: Session, filters: Filters, facets: tuple[Facet, ...], question: Question | None = None
) -> WorkList:
    """One page, in three statements at most, whatever the number of works. A question without words finds nothing.

    Two ways lead to a page. Few works, or words: the candidates come out of the index of words and marks, all at once,
    and are sorted here. Many works: the index of the order is walked from where the page begins; since many of them
    meet the filters, the walk is short.
    """
    if question is not None:
        return _searched(session, filters, facets, question)
    names = in_use(filters, facets)
    if len(names) > 1 or filters.priced:
        found = _candidates(session, filters, facets, None)
        counts = from_candidates(filters, facets, found)
        return (
            _walked(session, filters, facets, counts)
            if counts.capped
            else _sorted(session, filters, found, counts)
        )
    one = next((facet for facet in facets if facet.name in names), None)
    values = stored(filters, one) if one else []
    tallies = kept(session, filters.craft or "", one.source if one else "", values)
    counts = from_tallies(filters, facets, *tallies)
    if one is None or counts.total > MOST_CANDIDATES:
        return _walked(session, filters, facets, counts)
    return _sorted(session, filters, _found(session, filters, facets), counts)


def _searched(session: Session, filters: Filters, facets: tuple[Facet, ...], question: Question) -> WorkList:
    if not question:
        return WorkList([], Counts(0, 0, 0, 0), None)
    found = _candidates(session, filters, facets, question)
    return _sorted(session, filters, found, from_candidates(filters, facets, found), question)


def _candidates(
    session: Session, filters: Filters, facets: tuple[Facet, ...], question: Question | None
) -> dict[str, list[Any]]:
    """What meets everything, and, where that is few, for each filter in use what meets all but it. One statement, or two."""
    place, order = filters.craft or "", _order(filters)
    found = candidates(session, [wanted("main", filters, facets, question)], place=place, order=order)
    names = in_use(filters, facets)
    if names and len(found["main"]) <= MOST_CANDIDATES:
        others = [wanted(name, filters, facets, question, but=name) for name in names]
        found |= candidates(session, [one for one in others if one])
    return found


def _found(session: Session, filters: Filters, facets: tuple[Facet, ...]) -> dict[str, list[Any]]:
    """What meets the filters, without the rest that only counting needs. One statement."""
    main = wanted("main", filters, facets, None)
    return candidates(session, [main], place=filters.craft or "", order=_order(filters))


def _order(filters: Filters) -> str:
    return str(ORDERS.get(filters.order, ENTRY.c.order_new).key)


def _sorted(
    session: Session,
    filters: Filters,
    found: dict[str, list[Any]],
    counts: Counts,
    question: Question | None = None,
) -> WorkList:
    """The page out of the candidates. One statement more, if there are any."""
    order = ranked(found["main"], filters, question)
    begin = 0 if filters.after else (filters.page - 1) * PER_PAGE
    chosen = [one.listing_id for one in order[begin : begin + PER_PAGE]]
    by_id = {one.listing_id: one for one in _of_ids(session, chosen)} if chosen else {}
    more = len(order) > begin + PER_PAGE
    last = order[begin + PER_PAGE - 1] if more else None
    following = None
    if last is not None:
        following = (
            replace(filters, after=str(Place(last.ordered, last.listing_id)))
            if filters.after
            else replace(filters, page=filters.page + 1)
        )
    return WorkList([by_id[one] for one in chosen if one in by_id], counts, following)


_OF_IDS = cards().where(ENTRY.c.listing_id.in_(bindparam("ids", expanding=True)))


def _of_ids(session: Session, listing_ids: list[int]) -> list[Card]:
    return all_cards(session.execute(_OF_IDS, {"ids": listing_ids}).all())


def _walked(session: Session, filters: Filters, facets: tuple[Facet, ...], counts: Counts) -> WorkList:
    """The page along the index of the order. One statement."""
    rows = session.execute(*walk(filters, facets)).all()
    more = len(rows) > PER_PAGE
    last = rows[PER_PAGE - 1] if more else None
    following = next_page(filters, Place(last.ordered, last.listing_id)) if last is not None else None
    return WorkList(all_cards(rows[:PER_PAGE]), counts, following)
