"""Sizes people write into a wish, held against what the maker can make."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from shop.domain.words import N_

DIMENSIONS = ("length_cm", "width_cm", "height_cm")
DIMENSION_LABELS = {"length_cm": N_("Panjang"), "width_cm": N_("Lebar"), "height_cm": N_("Tinggi")}
_NAMES = {
    "panjang": "length_cm", "length": "length_cm", "long": "length_cm",
    "lebar": "width_cm", "width": "width_cm", "wide": "width_cm",
    "tinggi": "height_cm", "height": "height_cm", "tall": "height_cm", "high": "height_cm",
}  # fmt: skip
_NUMBER = r"(\d{1,4}(?:[.,]\d{1,2})?)"
_UNIT = r"\s*(mm|cm|m)?\b"
_NAMED = re.compile(rf"\b({'|'.join(_NAMES)})\w*\D{{0,12}}?{_NUMBER}{_UNIT}", re.I)
_BARE = re.compile(rf"{_NUMBER}{_UNIT}\s+(long|wide|tall|high)\b", re.I)
_PRODUCT = re.compile(
    rf"{_NUMBER}\s*(?:mm|cm|m)?\s*[x×]\s*{_NUMBER}(?:\s*(?:mm|cm|m)?\s*[x×]\s*{_NUMBER})?{_UNIT}", re.I
)
_CENTIMETRES = {"mm": 0.1, "cm": 1.0, "m": 100.0}


def sizes_in(text: str) -> dict[str, float]:
    """The sizes in centimetres that stand in a text: `150 x 60 x 75 cm`, `tinggi 46`, `2 m long`. Others are words."""
    found: dict[str, float] = {}
    for match in _PRODUCT.finditer(text):
        *numbers, unit = match.groups()
        for dimension, number in zip(DIMENSIONS, numbers, strict=True):
            if number:
                found[dimension] = _cm(number, unit)
    for name, number, unit in _NAMED.findall(text):
        found[_NAMES[name.lower()]] = _cm(number, unit)
    for number, unit, name in _BARE.findall(text):
        found[_NAMES[name.lower()]] = _cm(number, unit)
    return found


def outside(limits: Mapping[str, Sequence[int]], text: str) -> list[tuple[str, int, int]]:
    """Dimensions a wish names beyond the maker's limits, each with the smallest and largest in centimetres."""
    wished = sizes_in(text)
    return [
        (dimension, limits[dimension][0], limits[dimension][1])
        for dimension in DIMENSIONS
        if dimension in wished
        and dimension in limits
        and not limits[dimension][0] <= wished[dimension] <= limits[dimension][1]
    ]


def _cm(number: str, unit: str | None) -> float:
    return float(number.replace(",", ".")) * _CENTIMETRES[(unit or "cm").lower()]
