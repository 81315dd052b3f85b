"""What somebody typed, as words each of which must stand in a work, in one form or another."""

from __future__ import annotations

from dataclasses import dataclass

from shop.search.stems import forms
from shop.search.text import LITTLE_WORDS, words
from shop.search.thesaurus import Thesaurus

MOST_WORDS = 8
LONGEST = 200


@dataclass(frozen=True)
class Word:
    """One asked word. `own` are its forms, `others` what means the same; as a `prefix` it may go on."""

    typed: str
    own: frozenset[str]
    others: frozenset[str] = frozenset()
    prefix: bool = False


@dataclass(frozen=True)
class Question:
    """All words must be met. `corrected` is the spelling that was searched for instead, if any."""

    words: tuple[Word, ...]
    corrected: str = ""

    def __bool__(self) -> bool:
        return bool(self.words)


def typed_words(text: str) -> list[str]:
    """The words that count, each once: no little words and single letters where others are left."""
    found = list(dict.fromkeys(words(text[:LONGEST])))
    telling = [word for word in found if len(word) > 1 and word not in LITTLE_WORDS]
    return (telling or found)[:MOST_WORDS]


def ask_for(word: str, thesaurus: Thesaurus, *, prefix: bool = False) -> Word:
    """The word with its forms and everything the thesaurus knows for them."""
    own = forms(word, english=True)
    others = set().union(*(thesaurus.others(form) for form in own)) - own
    return Word(word, frozenset(own), frozenset(others), prefix)


@dataclass(frozen=True)
class Wanted:
    """Works to look up, under a name: every word must be met, one mark of every group, and the price."""

    name: str
    words: tuple[Word, ...] = ()
    marks: tuple[frozenset[str], ...] = ()
    price_from: int | None = None
    price_to: int | None = None

    def __bool__(self) -> bool:
        return bool(self.words or self.marks)
