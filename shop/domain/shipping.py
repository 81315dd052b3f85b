"""What a parcel counts as, and what it costs: the larger of its weight and its room, by steps of weight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

USUAL_DIVISOR = 6000  # JNE: L×W×H in cm / 6000 is kilograms; J&T Cargo divides by 5000


@dataclass(frozen=True)
class Packed:
    """Pieces of one work as they are packed."""

    quantity: int
    weight_g: int
    length_cm: int
    width_cm: int
    height_cm: int


def counted_g(parcel: Iterable[Packed], divisor: int) -> int:
    """Whole grams the courier counts for all of it together, rounded up."""
    pieces = list(parcel)
    weight = sum(one.quantity * one.weight_g for one in pieces)
    room = sum(one.quantity * one.length_cm * one.width_cm * one.height_cm for one in pieces)
    return max(weight, -(-room * 1000 // divisor))


def price_of(steps: Mapping[int, int], grams: int) -> int | None:
    """The price of the first step (grams up to → rupiah) that is heavy enough; None above the last."""
    fitting = [up_to for up_to in steps if up_to >= grams]
    return steps[min(fitting)] if fitting else None


def nearest(code: str) -> tuple[str, str, str]:
    """The codes a rate may stand under, the nearer first: kecamatan, regency, province."""
    return code, code[:5], code[:2]
