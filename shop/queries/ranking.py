"""In which order candidates are shown.

*Candidates*: of the works that have every word (in one of its forms, or another word for it) and meet every filter, 1,000
are looked at, so a search costs the same whatever the size of the shop: those with most points, of equals the newest by
their number.
*Sold* works come last.
*Text*: a word that stands in the title counts two, another word for it in the title one; more points come first.
*Whole titles*: among equals come works whose whole title was typed, in its order.
*Freshness and popularity*: among equals of these the newer work comes first, and each doubling of the people who asked about
a work makes it a month newer.
*Variety*: nobody fills the page alone: of every 96 works in this order, among those with the same points come the first
three of every maker, then the next three of each, and so on.

The index tells the points (`search.lookup`); the database sorts, both engines by the same rule, and hands over the 96 that
hold the page. Sorted by price or age, it hands over the page of the 1,000 newest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import TextualSelect, text
from sqlalchemy.orm import Session

from shop.models import CatalogueEntry
from shop.queries.cards import ENTRY
from shop.queries.filters import BEST, PER_PAGE, Filters
from shop.queries.paging import ORDERS, read_place, skipped
from shop.search.lookup import Found, Meeting

OF_ONE_MAKER = 3
#: Four pages: among so many works makers are mixed.
STRETCH = 4 * PER_PAGE
MONTH_US = 30 * 86_400_000_000
PLAIN = ("plain_id", "plain_en")
FRESH = f"order_new - {MONTH_US} * popularity"
#: The index that holds all that is asked of an entry, so that the entries themselves are not read.
NARROW = next(one for one in ENTRY.indexes if one.name == "ix_catalogue_entry_candidate")


class Candidate(NamedTuple):
    """A work that meets words and filters, with the number of its level, and its value in the order."""

    listing_id: int
    producer_id: int
    level: int
    ordered: int


@dataclass(frozen=True)
class Ranked:
    """The candidates of one page, whether there are more, and the letters of all that are counted, by name."""

    rows: list[Candidate]
    more: bool
    letters: Mapping[str, str]


def ranked(session: Session, found: Found, filters: Filters) -> Ranked:
    """One statement, none where nothing was found."""
    statement = _Statement(session.get_bind().dialect.name)
    best = filters.order == BEST
    begin = skipped(filters)
    if best:
        statement.best(found, begin // STRETCH * STRETCH)
    else:
        statement.sorted(found.main, filters, begin)
    counted = {name: one for name, one in {"": found.main, **found.without}.items() if not one.more}
    for name, meeting in counted.items():
        statement.count(name, meeting)
    letters = dict.fromkeys(counted, "")
    rows: list[Candidate] = []
    for row in statement.asked(session):
        if row[0] is None:
            rows.append(Candidate(*row[1:5]))
        else:
            letters[row[0]] = row[5]
    if best:
        rows = varied(rows)[begin % STRETCH :]
        return Ranked(rows[:PER_PAGE], len(found.main.works) > begin + PER_PAGE, letters)
    return Ranked(rows[:PER_PAGE], len(rows) > PER_PAGE, letters)


def of_these(session: Session, meeting: Meeting, filters: Filters) -> TextualSelect:
    """The ids of a page among these works, sorted by price or age, and one more; to be put into another statement."""
    statement = _Statement(session.get_bind().dialect.name)
    statement.sorted(meeting, filters, skipped(filters))
    only = text(f"SELECT listing_id FROM ({statement.text}) AS few")  # noqa: S608
    return only.bindparams(**statement.values).columns(CatalogueEntry.listing_id)


def varied(rows: Iterable[Candidate]) -> list[Candidate]:
    """The same works, those of one maker spread among their equals."""
    had: dict[tuple[int, int], int] = {}
    keys: list[tuple[int, int, int]] = []
    listed = list(rows)
    for place, one in enumerate(listed):
        before = had[one[1:3]] = had.get(one[1:3], -1) + 1
        keys.append((one.level, before // OF_ONE_MAKER, place))
    return [listed[key[2]] for key in sorted(keys)]


#: Above an id stand the number of its level and, one bit each, the parts that read it.
LEVEL, PARTS = 32, 40
ID = f"value & {(1 << LEVEL) - 1}"


class _Statement:
    """One statement out of several: the candidates in their order, and the letters of those that are counted.

    Its text is made of names of columns and numbers of values; every value is bound. PostgreSQL reads an entry once for all
    parts; for SQLite reading it again is cheaper than keeping it.
    """

    def __init__(self, engine: str) -> None:
        self.postgresql = engine == "postgresql"
        self.parts: list[str] = []
        self.values: dict[str, Any] = {}
        self._these: dict[int, int] = {}

    def best(self, found: Found, begin: int) -> None:
        """The levels that reach into a stretch."""
        before, skipped, works = 0, 0, dict[int, int]()
        for number, level in enumerate(found.main.levels):
            if before < begin + STRETCH and before + len(level) > begin:
                skipped = skipped if works else before
                works |= dict.fromkeys(level, number << LEVEL)
            before += len(level)
        asked = self._bound(f" {' '.join(word.typed for word in found.words)} ")
        where = "strpos" if self.postgresql else "instr"
        whole = " OR ".join(f"({title} <> '' AND {where}({asked}, {title}) > 0)" for title in PLAIN)
        place = f"(value >> {LEVEL} & {(1 << PARTS - LEVEL) - 1}) * 2 + CASE WHEN {whole} THEN 0 ELSE 1 END"
        self._rows(works, place, FRESH, "level, ordered, listing_id", begin - skipped, STRETCH)

    def sorted(self, meeting: Meeting, filters: Filters, begin: int) -> None:
        order = ORDERS[filters.order].key
        place = read_place(filters.after)
        after = (
            f" AND ({order}, listing_id) > ({self._bound(place.order)}, {self._bound(place.listing_id)})"
            if place
            else ""
        )
        works = dict.fromkeys(meeting.works, 0)
        self._rows(works, "0", order, "ordered, listing_id", begin, PER_PAGE + 1, after)

    def count(self, name: str, meeting: Meeting) -> None:
        if meeting.many:
            joined = "string_agg(letters, '')" if self.postgresql else "group_concat(letters, '')"
            named = f"CAST({self._bound(name)} AS text)"
            these = self._of(dict.fromkeys(meeting.works, 0))
            self.parts.append(f"SELECT {named}, 0, 0, 0, 0, {joined} FROM {these}")  # noqa: S608

    def asked(self, session: Session) -> Any:
        if not self.parts:
            return ()
        return session.connection().execute(text(self.text), self.values).all()

    @property
    def text(self) -> str:
        parts = " UNION ALL ".join(self.parts)
        if not self.postgresql:
            return parts
        asked_of_each = ", ".join(column.name for column in NARROW.columns)
        listed = self._bound(f"{{{','.join(str(bits | one) for one, bits in self._these.items())}}}")
        return (
            f"WITH these AS (SELECT found.value, {asked_of_each} FROM unnest(CAST({listed} AS bigint[])) AS found (value)"  # noqa: S608
            f" JOIN catalogue_entry ON listing_id = {ID}) {parts}"
        )

    def _rows(
        self,
        works: Mapping[int, int],
        level: str,
        order: str,
        by: str,
        begin: int,
        most: int,
        after: str = "",
    ) -> None:
        if works:
            self.parts.append(
                f"SELECT * FROM (SELECT CAST(NULL AS text) AS name, listing_id, producer_id, {level} AS level,"  # noqa: S608
                f" {order} AS ordered, '' AS letters FROM {self._of(works)}{after}"
                f" ORDER BY {by} LIMIT {most} OFFSET {self._bound(begin)}) AS page"
            )

    def _of(self, works: Mapping[int, int]) -> str:
        """These works, each with what stands above its id."""
        if self.postgresql:
            number, these = PARTS + len(self.parts), self._these
            for one, bits in works.items():
                these[one] = these.get(one, 0) | bits | 1 << number
            return f"these WHERE value >> {number} & 1 = 1"
        listed = self._bound(f"[{','.join(str(bits | one) for one, bits in works.items())}]")
        return (
            f"json_each({listed}) CROSS JOIN catalogue_entry INDEXED BY {NARROW.name}"
            f" ON listing_id = {ID} WHERE 1 = 1"
        )

    def _bound(self, value: Any) -> str:
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f":{name}"
