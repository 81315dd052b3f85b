"""Which words a work can be found by."""

from __future__ import annotations

import re
from collections.abc import Iterable

from shop.search.stems import forms
from shop.search.text import LITTLE_WORDS, parts, words


def words_of(indonesian: Iterable[str], english: Iterable[str] = (), marks: Iterable[str] = ()) -> str:
    """All forms of all words, each once, sorted, between single spaces; `marks` are taken as they are."""
    found = set(marks)
    for text in indonesian:
        found.update(_forms(text, english=False))
    for text in english:
        found.update(_forms(text, english=True))
    return " ".join(sorted(found))


def _forms(text: str, *, english: bool) -> Iterable[str]:
    for word in (*words(text), *parts(text)):
        if word not in LITTLE_WORDS:
            yield from forms(word, english=english)


def district_mark(code: str) -> str:
    """The mark that stands in a work's words for its district: the council file alone knows the name."""
    return "kec" + re.sub(r"\W", "", code).lower()


def is_spelt(word: str) -> bool:
    """Whether others may be corrected to this word: letters only, three at least."""
    return len(word) >= 3 and word.isalpha()
