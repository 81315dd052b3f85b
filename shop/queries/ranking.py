"""In which order candidates are shown.

*Candidates*: of the works that have every word (in one of its forms, or another word for it) and meet every filter, the
1,000 newest are looked at, so a search costs the same whatever the size of the shop.
*Sold* works come last.
*Text*: a word that stands in the title counts two, another word for it in the title one; more points come first.
*Freshness and popularity*: among equals the newer work comes first, and each doubling of the people who asked about
a work makes it a month newer.
*Variety*: nobody fills the page alone: of every 240 works in this order, among those with the same points come the first
three of every maker, then the next three of each, and so on.

The database sorts, both engines by the same rule, and hands over the 240 that hold the page. Sorted by price or age, it
hands over the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import TextualSelect, text
from sqlalchemy.orm import Session

from shop.models import CatalogueEntry
from shop.queries.filters import BEST, PER_PAGE, Filters
from shop.queries.paging import ORDERS, read_place
from shop.search.lookup import Found, Meeting
from shop.search.question import Question, Word

OF_ONE_MAKER = 3
#: Ten pages: among so many works makers are mixed.
STRETCH = 10 * PER_PAGE
MONTH_US = 30 * 86_400_000_000
FRESH = f"entry.order_new - {MONTH_US} * entry.popularity"


class Candidate(NamedTuple):
    """A work that meets words and filters, with its points, and its value in the order; a sold work's are positive."""

    listing_id: int
    producer_id: int
    points: int
    ordered: int


@dataclass(frozen=True)
class Ranked:
    """The candidates of one page, whether there are more, and the letters of all that are counted, by name."""

    rows: list[Candidate]
    more: bool
    letters: Mapping[str, str]


def ranked(session: Session, found: Found, filters: Filters, question: Question | None) -> Ranked:
    """One statement, none where nothing was found."""
    words = question.words if question and filters.order == BEST else ()
    statement = _Statement(session.get_bind().dialect.name)
    counted = {
        name: meeting for name, meeting in {"": found.main, **found.without}.items() if not meeting.more
    }
    begin = 0 if filters.after else (filters.page - 1) * PER_PAGE
    if words:
        statement.best(found.main, words, begin // STRETCH * STRETCH)
    else:
        statement.sorted(found.main, filters, begin)
    for name, meeting in counted.items():
        statement.count(name, meeting)
    letters = dict.fromkeys(counted, "")
    rows: list[Candidate] = []
    for row in statement.asked(session):
        if row[0] is None:
            rows.append(Candidate(*row[1:5]))
        else:
            letters[row[0]] = row[5]
    if words:
        rows = varied(rows)[begin % STRETCH :]
        return Ranked(rows[:PER_PAGE], len(found.main.newest) > begin + PER_PAGE, letters)
    return Ranked(rows[:PER_PAGE], len(rows) > PER_PAGE, letters)


def of_these(session: Session, meeting: Meeting, filters: Filters) -> TextualSelect:
    """The ids of a page among these works, sorted by price or age, and one more; to be put into another statement."""
    statement = _Statement(session.get_bind().dialect.name)
    statement.sorted(meeting, filters, 0 if filters.after else (filters.page - 1) * PER_PAGE)
    only = text(f"SELECT listing_id FROM ({statement.parts[0]}) AS these")  # noqa: S608
    return only.bindparams(**statement.values).columns(CatalogueEntry.listing_id)


def varied(rows: Iterable[Candidate]) -> list[Candidate]:
    """The same works, those of one maker spread among their equals."""
    had: dict[tuple[int, bool, int], int] = {}
    keys: list[tuple[bool, int, int, int]] = []
    listed = list(rows)
    for place, one in enumerate(listed):
        sold = one.ordered > 0
        maker = one.producer_id, sold, one.points
        before = had[maker] = had.get(maker, -1) + 1
        keys.append((sold, -one.points, before // OF_ONE_MAKER, place))
    return [listed[key[3]] for key in sorted(keys)]


class _Statement:
    """One statement out of several: the candidates in their order, and the letters of those that are counted.

    Its text is made of names of columns and numbers of values; every value is bound.
    """

    def __init__(self, engine: str) -> None:
        self.postgresql = engine == "postgresql"
        self.parts: list[str] = []
        self.values: dict[str, Any] = {}

    def best(self, meeting: Meeting, words: Iterable[Word], begin: int) -> None:
        points = " + ".join(map(self._points, words))
        self._rows(meeting, points, FRESH, f"({FRESH} > 0), points DESC, ordered, listing_id", begin, STRETCH)

    def sorted(self, meeting: Meeting, filters: Filters, begin: int) -> None:
        order = f"entry.{ORDERS[filters.order].key}"
        place = read_place(filters.after)
        after = (
            f" AND ({order}, entry.listing_id) > ({self._bound(place.order)}, {self._bound(place.listing_id)})"
            if place
            else ""
        )
        self._rows(meeting, "0", order, "ordered, listing_id", begin, PER_PAGE + 1, after)

    def count(self, name: str, meeting: Meeting) -> None:
        if meeting.newest:
            joined = "string_agg(entry.letters, '')" if self.postgresql else "group_concat(entry.letters, '')"
            named = f"CAST({self._bound(name)} AS text)"
            self.parts.append(f"SELECT {named}, 0, 0, 0, 0, {joined} FROM {self._of(meeting)}")  # noqa: S608

    def asked(self, session: Session) -> Any:
        if not self.parts:
            return ()
        return session.connection().execute(text(" UNION ALL ".join(self.parts)), self.values).all()

    def _rows(
        self, meeting: Meeting, points: str, order: str, by: str, begin: int, most: int, after: str = ""
    ) -> None:
        if meeting.newest:
            self.parts.append(
                f"SELECT * FROM (SELECT CAST(NULL AS text) AS name, entry.listing_id, entry.producer_id, {points} AS points,"  # noqa: S608
                f" {order} AS ordered, '' AS letters FROM {self._of(meeting)}{after} ORDER BY {by}"
                f" LIMIT {most} OFFSET {self._bound(begin)}) AS page"
            )

    def _of(self, meeting: Meeting) -> str:
        """The narrow index holds all that is asked of an entry, so the entries themselves are not read."""
        if self.postgresql:
            return f"catalogue_entry AS entry WHERE entry.listing_id = ANY({self._bound(meeting.newest)})"
        return (
            f"json_each({self._bound(json.dumps(meeting.newest))}) AS found"
            " CROSS JOIN catalogue_entry AS entry INDEXED BY ix_catalogue_entry_candidate"
            " ON entry.listing_id = found.value WHERE 1"
        )

    def _points(self, word: Word) -> str:
        own = self._stands(
            [f" {form} " for form in sorted(word.own)] + ([f" {word.typed}"] if word.begun else [])
        )
        others = self._stands([f" {form} " for form in sorted(word.others)])
        return f"CASE WHEN {own} THEN 2 WHEN {others} THEN 1 ELSE 0 END"

    def _stands(self, forms: list[str]) -> str:
        where = "strpos" if self.postgresql else "instr"
        stands = (f"{where}(entry.title_words, {self._bound(form)}) > 0" for form in forms)
        return " OR ".join(stands) or "1 = 0"

    def _bound(self, value: Any) -> str:
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f":{name}"
