"""From typed words to a question to the index: known words as they are, misspelt ones corrected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from shop.queries.vocabulary import SHORTEST_BEGINNING, around, beginning_with
from shop.search.question import Question, Word, ask_for, typed_words
from shop.search.spelling import nearest
from shop.search.stems import forms
from shop.search.thesaurus import Thesaurus

SHORTEST_PREFIX = 3
MOST_SUGGESTIONS = 8


@dataclass(frozen=True)
class Asked:
    """The question, how its words were spelt if they had to be corrected, the words nobody knows, and how the last one may
    go on, the commonest first.
    """

    question: Question
    corrected: str = ""
    unknown: tuple[str, ...] = ()
    further: tuple[str, ...] = ()


def ask(session: Session, text: str, thesaurus: Thesaurus) -> Asked:
    """One statement."""
    typed = typed_words(text)
    if not typed:
        return Asked(Question(()))
    sure = {word for word in typed if word.isdecimal() or _means_something(word, thesaurus)}
    there = around(session, typed, sure=sure)
    readings = {word: _as_it_stands(word, there, thesaurus, sure=word in sure) for word in typed}
    strange = [word for word, reading in readings.items() if reading is None]
    meant = _corrections(there, strange, thesaurus) if strange else {}
    found = [readings[word] or (ask_for(meant[word], thesaurus) if word in meant else None) for word in typed]
    return Asked(
        Question(tuple(word for word in found if word is not None)),
        corrected=" ".join(meant.get(word, word) for word in typed) if meant else "",
        unknown=tuple(word for word, reading in zip(typed, found, strict=True) if reading is None),
        further=() if strange else tuple(_further(typed, there)),
    )


def _means_something(word: str, thesaurus: Thesaurus) -> bool:
    return any(thesaurus.others(form) for form in forms(word, english=True))


def _as_it_stands(word: str, there: Mapping[str, int], thesaurus: Thesaurus, *, sure: bool) -> Word | None:
    if sure or forms(word, english=True) & there.keys():
        return ask_for(word, thesaurus)
    begun = {other for other in there if other.startswith(word)} if len(word) >= SHORTEST_PREFIX else set()
    return ask_for(word, thesaurus, begun=begun) if begun else None


def _corrections(there: Mapping[str, int], words: list[str], thesaurus: Thesaurus) -> dict[str, str]:
    """Misspelt word → the word meant, where one is near enough."""
    known = {**dict.fromkeys(thesaurus.spelt, 0), **there}
    return {word: meant for word in words if (meant := nearest(word, known)) is not None}


def _further(typed: list[str], there: Mapping[str, int]) -> list[str]:
    begun, rest = typed[-1], typed[:-1]
    if len(begun) < SHORTEST_BEGINNING:
        return []
    found = sorted((word for word in there if word.startswith(begun)), key=lambda word: (-there[word], word))
    return [" ".join([*rest, word]) for word in found[:MOST_SUGGESTIONS]]


def suggestions(session: Session, text: str) -> list[str]:
    """How the last word may go on: known words that begin so, the commonest first. One statement."""
    typed = typed_words(text)
    if not typed or len(typed[-1]) < SHORTEST_BEGINNING:
        return []
    found = beginning_with(session, typed[-1], MOST_SUGGESTIONS)
    return [" ".join([*typed[:-1], word]) for word in found]
