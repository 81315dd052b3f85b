"""The words of the catalogue that matter for what somebody typed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import SearchWord
from shop.search.spelling import most_edits
from shop.search.stems import forms

SHORTEST_BEGINNING = 2
Value = str | int | list[str]
AFTER_Z = "{"  # the character after z

#: A list is one value, so that PostgreSQL plans the same statement for lists of any length once.
_AMONG = {"sqlite": "IN (SELECT value FROM json_each(?))", "postgresql": "= ANY(%s)"}
_MARK = {"sqlite": "?", "postgresql": "%s"}

_SOME = "SELECT word, works FROM search_word WHERE word {among}"
#: The beginning of a word finds the works with the forty commonest words that begin so.
_BEGUN = (
    "SELECT word, works FROM (SELECT word, works FROM search_word WHERE word >= {one} AND word < {one}"
    " ORDER BY works DESC, word LIMIT 40) AS begun"
)
#: Read only where the word is not known and begins no known one.
_NEAR = (
    "SELECT word, works FROM (SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM search_word WHERE word {among})"
    " AND NOT EXISTS (SELECT 1 FROM search_word WHERE word >= {one} AND word < {one})) AS strange"
    " CROSS JOIN search_word WHERE letters BETWEEN {one} AND {one}"
)


def around(session: Session, typed: list[str], *, sure: Iterable[str]) -> Mapping[str, int]:
    """Word → works: the typed ones and their forms; the commonest that begin with one; and for a word that is neither
    known nor a beginning nor among the `sure`, all of nearly as many letters. One statement.
    """
    statement = _Statement()
    some = sorted({form for word in typed for form in forms(word, english=True)})
    statement.add(_SOME, [some])
    for word in typed:
        if len(word) >= SHORTEST_BEGINNING:
            statement.add(_BEGUN, [word, word + AFTER_Z])
        edits = most_edits(word)
        if edits and word not in sure:
            own = sorted(forms(word, english=True))
            statement.add(_NEAR, [own, word, word + AFTER_Z, len(word) - edits, len(word) + edits])
    return statement.asked(session)


class _Statement:
    """Several questions in one, with their values in order."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.values: list[Value] = []

    def add(self, part: str, values: Sequence[Value]) -> None:
        self.parts.append(part)
        self.values += values

    def asked(self, session: Session) -> dict[str, int]:
        connection = session.connection()
        engine, values = connection.dialect.name, self.values
        if engine == "sqlite":
            values = [json.dumps(value) if isinstance(value, list) else value for value in values]
        statement = " UNION ALL ".join(self.parts).format(among=_AMONG[engine], one=_MARK[engine])
        rows = connection.exec_driver_sql(statement, tuple(values)).all()
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
