"""The live version and the proposed one side by side: word by word in texts, photo by photo in slots."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from shop.models import RevisionPhoto

#: Texts longer than this many words are shown whole, old and new; comparing grows with the square.
MOST_WORDS = 600
ALIKE = 0.4

Part = tuple[bool, str]


@dataclass(frozen=True)
class Field:
    """One field as curators read it. `old` and `new` are parts, marked True where they differ."""

    name: str
    old: list[Part]
    new: list[Part]
    changed: bool

    @property
    def value(self) -> str:
        return "".join(text for _marked, text in self.new)


@dataclass(frozen=True)
class PhotoChange:
    """What became of a slot: both for an exchange, one of them for a removal or an addition."""

    old: RevisionPhoto | None
    new: RevisionPhoto | None


def field(name: str, old: str | None, new: str, *, is_text: bool = False) -> Field:
    """The field with its parts; `old` None when there is nothing to compare with."""
    if old is None or old == new:
        return Field(name, [], [(False, new)] if new else [], False)
    if is_text and old and new:
        before, after = by_words(old, new)
        return Field(name, before, after, True)
    return Field(name, [(True, old)] if old else [], [(True, new)] if new else [], True)


def by_words(old: str, new: str) -> tuple[list[Part], list[Part]]:
    """Both texts in parts. Texts that have little in common, or are long, are marked whole."""
    was, now = re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new)
    match = SequenceMatcher(None, [w.strip() for w in was], [w.strip() for w in now], autojunk=False)
    if max(len(was), len(now)) > MOST_WORDS or match.ratio() < ALIKE:
        return [(True, old)], [(True, new)]
    before: list[Part] = []
    after: list[Part] = []
    for kind, a, b, c, d in match.get_opcodes():
        _add(before, kind != "equal", was[a:b])
        _add(after, kind != "equal", now[c:d])
    return before, after


def _add(parts: list[Part], marked: bool, words: Iterable[str]) -> None:
    text = "".join(words)
    if text:
        parts.append((marked, text))


def photo_changes(old: Sequence[RevisionPhoto], new: Sequence[RevisionPhoto]) -> list[PhotoChange]:
    """Slot by slot, what differs; a photo that only moved within its slot is no change."""
    kept = {place.photo_id for place in old} & {place.photo_id for place in new}
    gone = [place for place in old if place.photo_id not in kept]
    come = [place for place in new if place.photo_id not in kept]
    changes = []
    for place in come:
        was = next((other for other in gone if other.slot == place.slot), None)
        if was is not None:
            gone.remove(was)
        changes.append(PhotoChange(was, place))
    return changes + [PhotoChange(place, None) for place in gone]


def beside(photos: Sequence[RevisionPhoto]) -> list[RevisionPhoto]:
    """The two photos shown large: the main one, and the reverse side or else the second one."""
    reverse = next((place for place in photos[1:] if place.slot == "balik"), None)
    return [*photos[:1], *([reverse] if reverse else photos[1:2])]
