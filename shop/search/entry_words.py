"""Which words a work can be found by."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from shop.search.stems import forms
from shop.search.text import LITTLE_WORDS, parts, words


def words_of(indonesian: Iterable[str], english: Iterable[str] = (), marks: Iterable[str] = ()) -> str:
    """All forms of all words, each once, sorted, between single spaces; `marks` are taken as they are."""
    found = set(marks)
    found.update(*(_forms(part, english=False) for text in indonesian for part in text.split(". ")))
    found.update(*(_forms(part, english=True) for text in english for part in text.split(". ")))
    return " ".join(sorted(found))


@lru_cache(maxsize=4_000)
def _forms(text: str, *, english: bool) -> frozenset[str]:
    """Kept, since labels, villages and makers' names come again with every work."""
    every = (word for word in (*words(text), *parts(text)) if word not in LITTLE_WORDS)
    return frozenset(form for word in every for form in forms(word, english=english))


@cache
def district_mark(code: str) -> str:
    """The mark that stands in a work's words for its district: the council file alone knows the name."""
    return "kec" + re.sub(r"\W", "", code).lower()


def is_spelt(word: str) -> bool:
    """Whether others may be corrected to this word: letters only, three at least."""
    return len(word) >= 3 and word.isalpha()
