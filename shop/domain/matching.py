"""When a line of a bank's list is a payment that is waited for: exactly, or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Awaited:
    """A payment that a line may be: its whole sum, the day it was asked for, whether its sum is its own."""

    payment_id: int
    total_idr: int
    asked_on: date


def exact(amount_idr: int, booked_on: date, awaited: Iterable[Awaited], *, alike: int = 1) -> int | None:
    """The payment that this line is, or None where there is none or more than one.

    Money cannot have come before it was asked for. `alike` is how many unmatched lines of this very amount there are:
    where sums are not unique, two of them could be anybody's.
    """
    found = [one for one in awaited if one.total_idr == amount_idr and one.asked_on <= booked_on]
    return found[0].payment_id if len(found) == 1 and alike == 1 else None
