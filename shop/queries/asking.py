"""From typed words to a question to the index: known words as they are, misspelt ones corrected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.orm import Session

from shop.models import SearchWord
from shop.search.question import Question, Word, ask_for, typed_words
from shop.search.spelling import most_edits, nearest
from shop.search.stems import forms
from shop.search.thesaurus import Thesaurus

SHORTEST_PREFIX = 3
MOST_SUGGESTIONS = 8


@dataclass(frozen=True)
class Asked:
    """The question, how its words were spelt if they had to be corrected, and the words nobody knows."""

    question: Question
    corrected: str = ""
    unknown: tuple[str, ...] = ()


def ask(session: Session, text: str, thesaurus: Thesaurus) -> Asked:
    """One statement, and a second where a word is neither known nor the beginning of a known one."""
    typed = typed_words(text)
    if not typed:
        return Asked(Question(()))
    there: set[str] = {row.word for row in session.execute(_near(typed))}
    readings = {word: _as_it_stands(word, there, thesaurus) for word in typed}
    strange = [word for word, reading in readings.items() if reading is None and most_edits(word)]
    meant = _corrections(session, strange, thesaurus) if strange else {}
    found = [readings[word] or (ask_for(meant[word], thesaurus) if word in meant else None) for word in typed]
    return Asked(
        Question(tuple(word for word in found if word is not None)),
        corrected=" ".join(meant.get(word, word) for word in typed) if meant else "",
        unknown=tuple(word for word, reading in zip(typed, found, strict=True) if reading is None),
    )


def _near(typed: list[str]) -> Select[Any]:
    """Those of the words and their forms that are known, and for each the next known word by the alphabet."""
    wanted = sorted({form for word in typed for form in forms(word, english=True)})
    following = [select(func.min(SearchWord.word)).where(SearchWord.word >= word) for word in typed]
    known = union_all(select(SearchWord.word).where(SearchWord.word.in_(wanted)), *following).subquery()
    return select(known.c[0].label("word")).where(known.c[0].is_not(None))


def _as_it_stands(word: str, there: set[str], thesaurus: Thesaurus) -> Word | None:
    own = forms(word, english=True)
    if own & there or any(thesaurus.others(form) for form in own) or word.isdecimal():
        return ask_for(word, thesaurus)
    if len(word) >= SHORTEST_PREFIX and any(other.startswith(word) for other in there):
        return ask_for(word, thesaurus, prefix=True)
    return None


def _corrections(session: Session, words: list[str], thesaurus: Thesaurus) -> dict[str, str]:
    """Misspelt word → the word meant, where one is near enough."""
    lengths = [len(word) + edits for word in words for edits in (-most_edits(word), most_edits(word))]
    query = select(SearchWord.word, SearchWord.works).where(
        SearchWord.letters.between(min(lengths), max(lengths))
    )
    known = dict.fromkeys(thesaurus.spelt, 0)
    known.update((row.word, row.works) for row in session.execute(query))
    return {word: meant for word in words if (meant := nearest(word, known)) is not None}


def suggestions(session: Session, text: str) -> list[str]:
    """How the last word may go on: known words that begin so, the commonest first. One statement."""
    typed = typed_words(text)
    if not typed or len(typed[-1]) < 2:
        return []
    begun, rest = typed[-1], typed[:-1]
    query = (
        select(SearchWord.word)
        .where(SearchWord.word >= begun, SearchWord.word < begun + "{")  # the character after z
        .order_by(SearchWord.works.desc(), SearchWord.word)
        .limit(MOST_SUGGESTIONS)
    )
    return [" ".join([*rest, word]) for word in session.scalars(query) if word.startswith(begun)]
