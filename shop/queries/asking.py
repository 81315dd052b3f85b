"""From typed words to a question to the index: known words as they are, misspelt ones corrected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

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
    """The question, the words nobody knows, and how the last one may go on, the commonest first."""

    question: Question
    typed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    further: tuple[str, ...] = ()

    @property
    def corrected(self) -> str:
        """How the words are spelt, if they had to be corrected."""
        meant = {word.misspelt: word.typed for word in self.question.words if word.misspelt}
        return " ".join(meant.get(word, word) for word in self.typed) if meant else ""

    def settled(self, words: tuple[Word, ...]) -> Asked:
        """With the words that were looked up in the end."""
        return replace(self, question=Question(words)) if words else self


def ask(session: Session, text: str, thesaurus: Thesaurus) -> Asked:
    """One statement."""
    typed = typed_words(text)
    if not typed:
        return Asked(Question(()))
    sure = {word for word in typed if word.isdecimal() or _means_something(word, thesaurus)}
    there = around(session, typed, sure=sure)
    readings = {word: _as_it_stands(word, there, thesaurus, sure=word in sure) for word in typed}
    strange = [word for word, reading in readings.items() if reading is None]
    meant = _corrections(there, strange, thesaurus)
    found = [readings[word] or meant.get(word) for word in typed]
    return Asked(
        Question(tuple(word for word in found if word is not None)),
        typed=tuple(typed),
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


def _corrections(there: Mapping[str, int], words: list[str], thesaurus: Thesaurus) -> dict[str, Word]:
    """Misspelt word → the word meant, with the others it may be meant for, where one is near enough."""
    known = {**dict.fromkeys(thesaurus.spelt, 0), **there} if words else {}
    found = {}
    for word in words:
        near = [replace(ask_for(one, thesaurus), misspelt=word) for one in nearest(word, known)]
        if near:
            found[word] = replace(near[0], instead=tuple(near[1:]))
    return found


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
