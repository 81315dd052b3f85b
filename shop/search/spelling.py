"""Misspelt words: the nearest word of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract


def most_edits(word: str) -> int:
    """How many letters may be wrong: none in short words, one up to six letters, then two."""
    return 0 if len(word) < 4 else 1 if len(word) < 7 else 2


def nearest(word: str, known: Mapping[str, int]) -> str | None:
    """The word meant, out of known words and how many works hold them; None where nothing is near.

    Fewest edits first (a swap of neighbours is one), then the same first letter, then as many letters, since one is
    mistaken for another more often than left out, then the commoner word.
    """
    limit = most_edits(word)
    if not limit:
        return None
    found = extract(word, list(known), scorer=OSA.distance, score_cutoff=limit, limit=None)
    ranked = sorted(
        (edits, other[0] != word[0], len(other) != len(word), -known[other], other)
        for other, edits, _ in found
    )
    return ranked[0][4] if ranked else None
