"""A month on the council's calendar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, tzinfo


@dataclass(frozen=True, order=True)
class Month:
    """`Month(2026, 11)`; `str` writes `2026-11`, as addresses have it."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def day(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def after(self) -> Month:
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def before(self) -> Month:
        return Month(self.year - (self.number == 1), (self.number - 2) % 12 + 1)

    def begin(self, zone: tzinfo) -> datetime:
        """Its first moment in the zone; it ends where the next begins."""
        return datetime(self.year, self.number, 1, tzinfo=zone)

    def end(self, zone: tzinfo) -> datetime:
        return self.after.begin(zone)


def month_of(at: datetime, zone: tzinfo) -> Month:
    local = at.astimezone(zone)
    return Month(local.year, local.month)


def read_month(text: str) -> Month | None:
    """The month of `2026-11`; None for what is none."""
    match = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", text, re.ASCII)
    return Month(int(match[1]), int(match[2])) if match else None
