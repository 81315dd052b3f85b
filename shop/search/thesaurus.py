"""Words that find each other: the council's synonyms, across languages, and the names of its districts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from shop.search.entry_words import district_mark
from shop.search.stems import forms, stem
from shop.search.text import words


class Thesaurus:
    """For each known word the others that stand for it, stems and the marks of districts among them."""

    def __init__(
        self, synonyms: Mapping[str, Iterable[str]], districts: Mapping[str, str] | None = None
    ) -> None:
        """`synonyms` are rows of words that mean the same; `districts` maps codes to names."""
        self._others: dict[str, set[str]] = {}
        self.spelt: set[str] = set()
        for row in synonyms.values():
            self._add_row([word for entry in row for word in words(entry)])
        for code, name in (districts or {}).items():
            for word in words(name):
                self._link(word, {district_mark(code)})

    def _add_row(self, row: list[str]) -> None:
        everything = {form for word in row for form in forms(word)}
        for word in row:
            self._link(word, everything)

    def _link(self, word: str, others: set[str]) -> None:
        self.spelt.add(word)
        for form in {word, stem(word)}:
            self._others.setdefault(form, set()).update(others)

    def others(self, word: str) -> set[str]:
        """What else the word may stand as in a work; empty for words nobody listed."""
        return self._others.get(word, set())
