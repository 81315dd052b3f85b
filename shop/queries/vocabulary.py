"""The words of the catalogue that matter for what somebody typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import SearchWord
from shop.search.spelling import most_edits
from shop.search.stems import forms

SHORTEST_BEGINNING = 2
AFTER_Z = "{"  # the character after z

_SOME = "SELECT word, works FROM search_word WHERE word IN (%s)"
#: The beginning of a word finds the works with the forty commonest words that begin so.
_BEGUN = (
    "SELECT word, works FROM (SELECT word, works FROM search_word WHERE word >= {} AND word < {}"
    " ORDER BY works DESC, word LIMIT 40) AS begun"
)
#: Read only where the word is not known and begins no known one.
_NEAR = (
    "SELECT word, works FROM (SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM search_word WHERE word IN (%s))"
    " AND NOT EXISTS (SELECT 1 FROM search_word WHERE word >= {} AND word < {})) AS strange"
    " CROSS JOIN search_word WHERE letters BETWEEN {} AND {}"
)


def around(session: Session, typed: list[str], *, sure: Iterable[str]) -> Mapping[str, int]:
    """Word → works: the typed ones and their forms; the commonest that begin with one; and for a word that is neither
    known nor a beginning nor among the `sure`, all of nearly as many letters. One statement.
    """
    statement = _Statement()
    some = sorted({form for word in typed for form in forms(word, english=True)})
    statement.add(_SOME % _marks(some), some)
    for word in typed:
        if len(word) >= SHORTEST_BEGINNING:
            statement.add(_BEGUN, [word, word + AFTER_Z])
        edits = most_edits(word)
        if edits and word not in sure:
            own = sorted(forms(word, english=True))
            values: list[str | int] = [*own, word, word + AFTER_Z, len(word) - edits, len(word) + edits]
            statement.add(_NEAR % _marks(own), values)
    return statement.asked(session)


def _marks(values: list[str]) -> str:
    return ", ".join(["{}"] * len(values))


class _Statement:
    """Several questions in one, with their values in order."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.values: list[str | int] = []

    def add(self, part: str, values: Sequence[str | int]) -> None:
        self.parts.append(part)
        self.values += values

    def asked(self, session: Session) -> dict[str, int]:
        connection = session.connection()
        mark = "%s" if connection.dialect.name == "postgresql" else "?"
        statement = " UNION ALL ".join(self.parts).replace("{}", mark)
        rows = connection.exec_driver_sql(statement, tuple(self.values)).all()
        return {row[0]: row[1] for row in rows}


def beginning_with(session: Session, begin: str, most: int) -> list[str]:
    """Known words that begin so, the commonest first. One statement."""
    query = (
        select(SearchWord.word)
        .where(SearchWord.word >= begin, SearchWord.word < begin + AFTER_Z)
        .order_by(SearchWord.works.desc(), SearchWord.word)
        .limit(most)
    )
    return [word for word in session.scalars(query) if word.startswith(begin)]
