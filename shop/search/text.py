"""From what people write to plain words: small letters, no accents, no hyphens, no apostrophes."""

from __future__ import annotations

import re
import unicodedata

APOSTROPHES = "'’‘ʼ`´"
_JOINED = re.compile(rf"(?<=[^\W\d_])[{APOSTROPHES}](?=[^\W\d_])")
_WORD = re.compile(r"[a-z0-9]+")
SHORTEST_PART = 3
LITTLE_WORDS = frozenset(
    {"dan", "atau", "yang", "di", "ke", "dari", "untuk", "dengan", "pada", "oleh", "ini", "itu", "adalah", "para",
     "sebuah", "seperti", "juga", "the", "a", "an", "and", "or", "of", "in", "on", "at", "to", "for", "from", "with",
     "by", "is", "are", "this", "that", "its"}
)  # fmt: skip


def plain(text: str) -> str:
    """Small letters without accents; letters other alphabets keep are dropped later."""
    if text.isascii():
        return text.lower()
    taken_apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(mark for mark in taken_apart if not unicodedata.combining(mark))


def words(text: str) -> list[str]:
    """The words in their order: `Fatuba'a, siap-kirim` gives fatubaa, siap, kirim."""
    return _WORD.findall(_JOINED.sub("", plain(text)))


def parts(text: str) -> list[str]:
    """What also stands in a word with an apostrophe: `Fatuba'a` gives fatuba."""
    if not any(sign in text for sign in APOSTROPHES):
        return []
    halves = [half for match in re.findall(rf"[\w{APOSTROPHES}]+", plain(text)) if _JOINED.search(match)
              for half in _JOINED.split(match)]  # fmt: skip
    return [half for half in halves if len(half) >= SHORTEST_PART and _WORD.fullmatch(half)]


def slug(name: str) -> str:
    """`Teluk Dalam` → `teluk-dalam`, for addresses."""
    return "-".join(words(name))
