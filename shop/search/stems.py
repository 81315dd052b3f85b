"""The stem of an Indonesian word. Both engines' own Indonesian stemmers cut shop words wrongly (keranjang → ranjang)."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

# The dictionary takes the words of this trade for something else: a perajin is not rajin, jewellery no decoration.
OWN = {
    "perajin": "perajin",
    "pengrajin": "perajin",
    "kerajinan": "kerajinan",
    "perhiasan": "perhiasan",
    "mebeler": "mebel",
}


@cache
def _stemmer() -> Any:
    return StemmerFactory().create_stemmer()


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """`anyaman` → `anyam`. Words it does not know come back as they are."""
    if word in OWN:
        return OWN[word]
    return str(_stemmer().stem(word)) or word


def singulars(word: str) -> list[str]:
    """What an English plural may be the plural of: `boxes` gives boxe and box; none for other words."""
    if len(word) < 4 or not word.endswith("s") or word.endswith("ss"):
        return []
    return [word[:-1], word[:-2]] if word.endswith("es") and len(word) > 4 else [word[:-1]]


def forms(word: str, *, english: bool = False) -> set[str]:
    """The word, its stem, and for English what it may be the plural of."""
    return set(_forms(word, english))


@lru_cache(maxsize=20_000)
def _forms(word: str, english: bool) -> tuple[str, ...]:
    """Closed: with a word its stem is among them too."""
    found = [word, *singulars(word)] if english else [word]
    for one in found:
        if (root := stem(one)) not in found:
            found.append(root)
    return tuple(found)
