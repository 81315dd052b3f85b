"""The values filters count, one letter each, so that a thousand works are counted in one go.

Letters follow the order of the choices: changing that order, here or in the council's file, asks for a `flask reindex`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from shop.domain.catalogue import SOLD, values_of
from shop.domain.craft import ATTRIBUTES, KINDS, MATERIALS, TECHNIQUES, Attribute, Craft
from shop.domain.listing import Availability, Dye

_SOURCES = ("craft", "standing", "dye", "district", "price", "kind", "technique", "material")
_FILTERED = {craft: [one for one in ATTRIBUTES[craft] if one.filtered] for craft in Craft}
#: How many letters a work has, whatever its craft.
WIDTH = len(_SOURCES) + max(map(len, _FILTERED.values()))
_NOTHING = " "
_FIRST = ord("!")


def letters_of(entry: Mapping[str, Any]) -> str:
    """Every value of an entry that a filter may ask for, each at the place of its source."""
    found = [_NOTHING] * WIDTH
    for source, value in values_of(entry):
        place, letter = letter_of(source, value, entry["craft"])
        found[place] = letter
    return "".join(found)


@cache
def letter_of(source: str, value: str, craft: str | None) -> tuple[int, str]:
    """The place of a source among the letters, and the letter of the value. Without a craft, of what all crafts share."""
    if source == "district":
        return _SOURCES.index(source), chr(_FIRST + int(re.sub(r"\D", "", value)[-2:] or 0))
    if source in _SOURCES:
        return _SOURCES.index(source), _numbered(_choices(source, craft), value)
    found = _FILTERED[Craft(craft or "")]
    one = next(attribute for attribute in found if source == f"attribute:{attribute.key}")
    return len(_SOURCES) + found.index(one), _numbered(_values(one), value)


def _numbered(choices: Iterable[str], value: str) -> str:
    """Nothing's letter for a value that is not among the choices any more."""
    listed = [str(choice) for choice in choices]
    return chr(_FIRST + listed.index(value)) if value in listed else _NOTHING


def _choices(source: str, craft: str | None) -> Iterable[str]:
    alike: dict[str, Iterable[str]] = {
        "craft": Craft,
        "standing": [*Availability, SOLD],
        "dye": Dye,
        "price": ["low"],
    }
    if source in alike:
        return alike[source]
    return {"kind": KINDS, "technique": TECHNIQUES, "material": MATERIALS}[source][Craft(craft or "")]


def _values(attribute: Attribute) -> Iterable[str]:
    return attribute.choices or ("ya", "tidak")


def how_many(letters: str, source: str, values: Iterable[str], craft: str | None) -> int:
    """How many of the works whose letters stand one after the other have one of the values of a source."""
    found = 0
    for value in values:
        place, letter = letter_of(source, value, craft)
        found += letters[place::WIDTH].count(letter)
    return found
