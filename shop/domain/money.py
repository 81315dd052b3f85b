"""Rupiah: whole numbers only, written and read the Indonesian way."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

NO_BREAK_SPACE = "\u00a0"
LARGEST_IDR = 10_000_000_000
_UNITS = {"rb": 1_000, "ribu": 1_000, "jt": 1_000_000, "juta": 1_000_000}


def rupiah(amount_idr: int) -> str:
    """`Rp 1.250.000`, with a no-break space; a minus stands before a negative amount."""
    sign = "−" if amount_idr < 0 else ""
    return f"{sign}Rp{NO_BREAK_SPACE}{thousands(abs(amount_idr))}"


class Many(int):
    """A number that says itself with points, as sentences want it: `2.548`."""

    def __str__(self) -> str:
        return thousands(self)


def thousands(number: int) -> str:
    """`1.250.000`."""
    return f"{number:,}".replace(",", ".")


def read_rupiah(text: str) -> int:
    """Whole rupiah out of "1250000", "1.250.000" or "Rp1,25 jt". Raises ValueError for anything else."""
    cleaned = re.sub(r"[\s\u00a0]", "", text.lower()).removeprefix("rp").removeprefix(".")
    match = re.fullmatch(r"(\d[\d.,]*-?)(rb|ribu|jt|juta)?", cleaned, re.ASCII)
    if not match:
        raise ValueError(text)
    number, unit = match.groups()
    amount = _in_units(number, _UNITS[unit]) if unit else _whole(number)
    if amount > LARGEST_IDR:
        raise ValueError(text)
    return amount


def _whole(number: str) -> int:
    number = re.sub(r",(00?|-)?$", "", number)
    for mark in (".", ","):
        if re.fullmatch(rf"\d{{1,3}}(\{mark}\d{{3}})+", number):
            return int(number.replace(mark, ""))
    return int(number)


def _in_units(number: str, unit: int) -> int:
    whole, _, part = number.replace(".", ",").partition(",")
    if len(part) > len(str(unit)) - 1:
        raise ValueError(number)
    return int(whole) * unit + (int(part) * unit // int("1" + "0" * len(part)) if part else 0)


RATE_HOLDS = timedelta(days=30)
ROUND_FROM_USD = 20


def rate_holds(set_at: datetime, *, at: datetime) -> bool:
    """Whether a rate of that day may still be shown."""
    return at < set_at + RATE_HOLDS


def about_usd(amount_idr: int, idr_per_usd: int) -> str:
    """An estimate, `US$ 84`: whole dollars, below twenty with a half. Raises ValueError for a rate that is none."""
    if idr_per_usd <= 0:
        raise ValueError(idr_per_usd)
    halves = max(1, (4 * amount_idr + idr_per_usd) // (2 * idr_per_usd))
    if halves >= 2 * ROUND_FROM_USD:
        return f"US${NO_BREAK_SPACE}{(2 * amount_idr + idr_per_usd) // (2 * idr_per_usd):,}"
    return f"US${NO_BREAK_SPACE}{halves // 2}" + (".50" if halves % 2 else "")


def deposit_of(total_idr: int, percent: int) -> int:
    """The deposit: percent of the total rounded up to whole thousands, at most the total."""
    thousands_up = -(-total_idr * percent // 100_000) * 1_000
    return min(thousands_up, total_idr)
