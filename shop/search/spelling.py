"""Misspelt words: the nearest word of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

MOST_MEANT = 12


def most_edits(word: str) -> int:
    """How many letters may be wrong: none in short words, one up to six letters, then two."""
    return 0 if len(word) < 4 else 1 if len(word) < 7 else 2


def nearest(word: str, known: Mapping[str, int]) -> list[str]:
    """The words that may be meant, out of known words and how many works hold them; none where nothing is near.

    Those with the fewest edits (a swap of neighbours is one): the same first letter first, then as many letters, since one
    is mistaken for another more often than left out, then the commoner word.
    """
    limit = most_edits(word)
    if not limit:
        return []
    found = extract(word, list(known), scorer=OSA.distance, score_cutoff=limit, limit=None)
    fewest = min((edits for _, edits, _ in found), default=0)
    ranked = sorted(
        (other[0] != word[0], len(other) != len(word), -known[other], other)
        for other, edits, _ in found
        if edits == fewest
    )
    return [one[3] for one in ranked[:MOST_MEANT]]
