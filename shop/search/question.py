"""What somebody typed, as words each of which must stand in a work, in one form or another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from shop.search.stems import forms, stem
from shop.search.terms import SOLD_MARK, Prices, in_title
from shop.search.text import LITTLE_WORDS, words
from shop.search.thesaurus import Thesaurus

MOST_WORDS = 8
LONGEST = 200


@dataclass(frozen=True)
class Word:
    """One asked word. `own` are its forms, `others` what means the same, `begun` the known words that begin with it.

    Of a word that was `misspelt`, `instead` are further words that may be meant, as near as this one.
    """

    typed: str
    own: frozenset[str]
    others: frozenset[str] = frozenset()
    begun: frozenset[str] = frozenset()
    misspelt: str = ""
    instead: tuple[Word, ...] = ()

    @property
    def terms(self) -> frozenset[str]:
        """What to look up."""
        return frozenset(_roots(self.own | self.others | self.begun))

    @property
    def title(self) -> tuple[frozenset[str], frozenset[str]]:
        """The same for titles: the word itself, in any form, and what means the same."""
        own, others = _roots(self.own | self.begun), _roots(self.others)
        return frozenset(map(in_title, own)), frozenset(map(in_title, others))


def _roots(words: frozenset[str]) -> Iterator[str]:
    """Where a work has a word it has its stem too, so the stem stands for both."""
    return (word for word in words if stem(word) == word or stem(word) not in words)


@dataclass(frozen=True)
class Question:
    """All words must be met."""

    words: tuple[Word, ...]

    def __bool__(self) -> bool:
        return bool(self.words)


def typed_words(text: str) -> list[str]:
    """The words that count, each once: no little words and single letters where others are left."""
    found = list(dict.fromkeys(words(text[:LONGEST])))
    telling = [word for word in found if len(word) > 1 and word not in LITTLE_WORDS]
    return (telling or found)[:MOST_WORDS]


def ask_for(word: str, thesaurus: Thesaurus, *, begun: Iterable[str] = ()) -> Word:
    """The word with its forms and everything the thesaurus knows for them."""
    own = forms(word, english=True)
    others = set().union(*(thesaurus.others(form) for form in own)) - own
    return Word(word, frozenset(own), frozenset(others), frozenset(begun))


@dataclass(frozen=True)
class Wanted:
    """Works to look up: every word, one term of every group, and a price. Groups go by name, so that one can be left out.

    With `by_title`, they come by the points of their titles.
    """

    words: tuple[Word, ...] = ()
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    prices: Prices | None = None
    by_title: bool = False

    @property
    def terms(self) -> set[str]:
        """Everything that must be read to tell."""
        found = set().union(*self.groups.values())
        for word in self.words:
            for one in (word, *word.instead):
                found |= one.terms
                if self.by_title:
                    found = found.union(*one.title)
        return (
            found | set(self.prices.terms if self.prices else ()) | ({SOLD_MARK} if self.by_title else set())
        )
