"""Lists of works: all, of a craft, or found by words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import CTE, ColumnElement, case, func, literal, or_, select
from sqlalchemy.orm import Session

from shop.domain.catalogue import SOLD
from shop.models import CatalogueEntry
from shop.queries.cards import Card, card, cards
from shop.queries.conditions import conditions
from shop.queries.facets import Counts, counts
from shop.queries.filters import BEST, LAST_NUMBERED_PAGE, PER_PAGE, Facet, Filters
from shop.queries.paging import Place, in_order, next_page
from shop.search.index import MOST_CANDIDATES, hits
from shop.search.question import Question, Word

OF_ONE_MAKER = 3


@dataclass(frozen=True)
class WorkList:
    """A page of works, what comes after it, and the counts around it. `capped`: there are more than was looked at."""

    works: list[Card]
    counts: Counts
    following: Filters | None
    capped: bool = False


def work_list(
    session: Session, filters: Filters, facets: tuple[Facet, ...], question: Question | None = None
) -> WorkList:
    """One page. Two statements, whatever the number of works. A question without words finds nothing."""
    found = hits(session, question) if question is not None else None
    if question is not None and filters.order == BEST:
        rows = session.execute(best_first(filters, facets, question, found)).all()
    else:
        rows = session.execute(in_order(cards().where(*conditions(filters, facets, found)), filters)).all()
    counted = counts(session, filters, facets, found)
    following = _following(filters, rows) if len(rows) > PER_PAGE else None
    return WorkList(
        [card(row) for row in rows[:PER_PAGE]],
        counted,
        following,
        capped=found is not None and counted.total >= MOST_CANDIDATES,
    )


def _following(filters: Filters, rows: Any) -> Filters:
    last = rows[PER_PAGE - 1]
    if filters.order == BEST:
        return _next_best(filters)
    return next_page(filters, Place(last.ordered, last.listing_id))


def _next_best(filters: Filters) -> Filters:
    """The best match has no value to go on from, but at most 2,000 works to count through."""
    if not filters.after and filters.page < LAST_NUMBERED_PAGE:
        return replace(filters, page=filters.page + 1)
    return replace(filters, page=1, after=f"_{_skipped(filters) + PER_PAGE}")


def _skipped(filters: Filters) -> int:
    """How many works stand before this page."""
    counted = filters.after.removeprefix("_")
    if filters.after.startswith("_") and counted.isascii() and counted.isdigit() and len(counted) < 5:
        return min(int(counted), MOST_CANDIDATES)
    return (filters.page - 1) * PER_PAGE


def best_first(filters: Filters, facets: tuple[Facet, ...], question: Question, found: CTE | None) -> Any:
    """The best match first.

    Of the works that meet every word the 2,000 newest are looked at. Works that are sold come last. A word in the
    title counts two, another word for it in the title one; what has more points comes first. Among equals nobody
    fills the page alone: the first three works of every maker, then the next three, and within that the newest.
    """
    points = _points(question)
    turn = func.row_number().over(
        partition_by=CatalogueEntry.producer_id,
        order_by=[points.desc(), CatalogueEntry.order_new, CatalogueEntry.listing_id],
    )
    ranked = (
        select(
            CatalogueEntry.listing_id.label("id"),
            case((CatalogueEntry.standing == SOLD, 1), else_=0).label("gone"),
            points.label("points"),
            ((turn - 1) // OF_ONE_MAKER).label("turn"),
        )
        .where(*conditions(filters, facets, found))
        .subquery()
    )
    return (
        cards()
        .join(ranked, ranked.c.id == CatalogueEntry.listing_id)
        .order_by(
            ranked.c.gone,
            ranked.c.points.desc(),
            ranked.c.turn,
            CatalogueEntry.order_new,
            CatalogueEntry.listing_id,
        )
        .offset(_skipped(filters))
        .limit(PER_PAGE + 1)
    )


def _points(question: Question) -> ColumnElement[int]:
    total: ColumnElement[int] = literal(0)
    for word in question.words:
        total = total + _points_of(word)
    return total


def _points_of(word: Word) -> ColumnElement[int]:
    branches = [(_in_title(word.own, word.typed if word.prefix else ""), 2)]
    if word.others:
        branches.append((_in_title(word.others), 1))
    return case(*branches, else_=0)


def _in_title(forms: frozenset[str], begun: str = "") -> ColumnElement[bool]:
    patterns = [f"% {form} %" for form in sorted(forms)] + ([f"% {begun}%"] if begun else [])
    return or_(*(CatalogueEntry.title_words.like(pattern) for pattern in patterns))
