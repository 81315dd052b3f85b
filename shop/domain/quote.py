"""A quote: what it adds up to, what it says, and until when it holds. Never edited, only superseded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shop.domain.errors import ShopError
from shop.domain.money import deposit_of
from shop.domain.words import N_

LEAST_DEPOSIT_PERCENT, MOST_DEPOSIT_PERCENT = 30, 100
LONGEST_LEAD_DAYS = 365
LONGEST_VALID_DAYS = 60


class QuoteExpired(ShopError):
    """It was accepted after its time. One second late is late, in every zone."""

    sentence = N_("Penawaran ini berakhir %(when)s. Minta penawaran baru.")


class QuoteReplaced(ShopError):
    """A newer quote stands."""

    sentence = N_("Ada penawaran yang lebih baru. Baca yang terbaru sebelum menyetujui.")


@dataclass(frozen=True)
class Line:
    """One thing in a quote, its price for each piece in whole rupiah."""

    title: str
    quantity: int
    unit_idr: int

    @property
    def total_idr(self) -> int:
        return self.quantity * self.unit_idr


@dataclass(frozen=True)
class Sum:
    """What a quote comes to: goods, shipping, packing, and how the total is paid in two parts."""

    goods_idr: int
    shipping_idr: int
    packing_idr: int
    deposit_percent: int

    @property
    def total_idr(self) -> int:
        return self.goods_idr + self.shipping_idr + self.packing_idr

    @property
    def deposit_idr(self) -> int:
        return deposit_of(self.total_idr, self.deposit_percent)

    @property
    def balance_idr(self) -> int:
        return self.total_idr - self.deposit_idr


def add_up(lines: Sequence[Line], *, shipping_idr: int, packing_idr: int, deposit_percent: int) -> Sum:
    """The sum of a quote. Raises ValueError for what no quote may hold."""
    if not lines or any(line.quantity < 1 or line.unit_idr < 0 for line in lines):
        raise ValueError("a quote has lines of at least one piece and no negative price")
    if shipping_idr < 0 or packing_idr < 0:
        raise ValueError("shipping and packing are not negative")
    if not LEAST_DEPOSIT_PERCENT <= deposit_percent <= MOST_DEPOSIT_PERCENT:
        raise ValueError("the deposit is 30 to 100 percent")
    goods_idr = sum(line.total_idr for line in lines)
    return Sum(goods_idr, shipping_idr, packing_idr, deposit_percent)


def is_expired(valid_until: datetime, *, at: datetime) -> bool:
    """Computed when read: valid through its last moment, and not a second longer."""
    return at > valid_until
