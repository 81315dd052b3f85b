"""In which order candidates are shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from shop.queries.filters import BEST, Filters
from shop.queries.paging import read_place
from shop.search.index import MOST_CANDIDATES
from shop.search.question import Question

OF_ONE_MAKER = 3
MONTH_US = 30 * 86_400_000_000


class Candidate(NamedTuple):
    """A work that meets words and filters. The orders are those of the entry; a sold work's are positive."""

    listing_id: int
    producer_id: int
    popularity: int
    title_words: str
    order_new: int
    ordered: int


def ranked(rows: list[Any], filters: Filters, question: Question | None) -> list[Candidate]:
    """The candidates in the order of the list."""
    found = [Candidate(row[1], *row[3:8]) for row in rows[:MOST_CANDIDATES]]
    if filters.order == BEST and question:
        return best_first(found, question)
    place = read_place(filters.after)
    after = (place.order, place.listing_id) if place else None
    ordered = sorted(found, key=lambda one: (one.ordered, one.listing_id))
    return [one for one in ordered if after is None or (one.ordered, one.listing_id) > after]


def best_first(found: list[Candidate], question: Question) -> list[Candidate]:
    """How a search is ranked, on both engines.

    *Candidates*: of the works that have every word (in one of its forms, or another word for it) and meet every filter,
    the 1,000 newest are looked at, so a search costs the same whatever the size of the shop.
    *Sold* works come last.
    *Text*: a word that stands in the title counts two, another word for it in the title one; more points come first.
    *Freshness and popularity*: among equals the newer work comes first, and each doubling of the people who asked about
    a work makes it a month newer.
    *Variety*: nobody fills the page alone: among works with the same points come the first three of every maker, then
    the next three of each, and so on.
    """
    points_of = _judge(question)
    freshest = sorted(found, key=lambda one: (one.order_new - one.popularity * MONTH_US, one.listing_id))
    had: dict[tuple[int, bool, int], int] = {}
    keys: list[tuple[bool, int, int, int]] = []
    for place, one in enumerate(freshest):
        points = points_of(one.title_words)
        sold = one.order_new > 0
        maker = one.producer_id, sold, points
        before = had.get(maker, 0)
        keys.append((sold, -points, before // OF_ONE_MAKER, place))
        had[maker] = before + 1
    return [freshest[key[3]] for key in sorted(keys)]


def _judge(question: Question) -> Callable[[str], int]:
    """Tells the points of a title: two for each word of the question, one for another word that means the same."""
    looked_for = [
        (
            [f" {form} " for form in word.own] + ([f" {word.typed}"] if word.prefix else []),
            [f" {form} " for form in word.others],
        )
        for word in question.words
    ]

    def points_of(title: str) -> int:
        points = 0
        for own, others in looked_for:
            for form in own:
                if form in title:
                    points += 2
                    break
            else:
                for form in others:
                    if form in title:
                        points += 1
                        break
        return points

    return points_of
