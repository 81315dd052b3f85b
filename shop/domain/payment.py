"""The life of a payment, and the amounts that make a transfer recognisable."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum

from shop.domain.errors import WrongState
from shop.domain.words import N_


class PaymentStatus(StrEnum):
    OPEN = "open"
    UNDER_CHECK = "under_check"
    RECEIVED = "received"
    MISMATCHED = "mismatched"
    EXPIRED = "expired"


class Method(StrEnum):
    STRIPE = "stripe"
    TRANSFER = "transfer"
    QRIS = "qris"
    DEMO = "demo"


class Part(StrEnum):
    """What of an order a payment is for."""

    DEPOSIT = "deposit"
    BALANCE = "balance"
    DIFFERENCE = "difference"


_P = PaymentStatus
PAYMENT_STEPS: dict[tuple[PaymentStatus, str], PaymentStatus] = {
    (_P.OPEN, "send_proof"): _P.UNDER_CHECK,
    (_P.UNDER_CHECK, "send_proof"): _P.UNDER_CHECK,
    (_P.UNDER_CHECK, "refuse_proof"): _P.OPEN,
    (_P.OPEN, "receive"): _P.RECEIVED,
    (_P.UNDER_CHECK, "receive"): _P.RECEIVED,
    (_P.OPEN, "mismatch"): _P.MISMATCHED,
    (_P.UNDER_CHECK, "mismatch"): _P.MISMATCHED,
    (_P.MISMATCHED, "receive"): _P.RECEIVED,
    (_P.OPEN, "expire"): _P.EXPIRED,
    (_P.EXPIRED, "receive_late"): _P.RECEIVED,
}

PAYMENT_STATUS_LABELS = {
    _P.OPEN: N_("Menunggu pembayaran"),
    _P.UNDER_CHECK: N_("Bukti sedang diperiksa"),
    _P.RECEIVED: N_("Sudah diterima"),
    _P.MISMATCHED: N_("Nominal tidak cocok"),
    _P.EXPIRED: N_("Waktu bayar habis"),
}
STANDING = frozenset({_P.OPEN, _P.UNDER_CHECK})
CODE_RELEASED_AFTER = timedelta(days=14)
SMALL_CODES, LARGE_CODES = range(1, 1000), range(1000, 2000)
WRITE_OFF_MOST_IDR = 25_000  # what banks keep of a transfer between them, with room; more is paid
QRIS_LIMIT_IDR = 10_000_000
CARD_LEAST_IDR, CARD_MOST_IDR = 10_000, 999_999_999  # what the card processor takes at once
STRIPE_SESSION_LASTS = timedelta(hours=23)


class NoCodeLeft(WrongState):
    """Every unique code of this account and amount is taken."""

    sentence = N_(
        "Terlalu banyak pembayaran dengan nominal ini sedang terbuka. Coba lagi besok atau pilih cara lain."
    )


def payment_step(status: str, step: str) -> PaymentStatus:
    """The status after the step. Raises WrongState where the table has no such row."""
    target = PAYMENT_STEPS.get((PaymentStatus(status), step))
    if target is None:
        raise WrongState(status=status, step=step)
    return target


def free_code(amount_idr: int, taken_totals: Collection[int], *, first: int) -> int:
    """A unique code for an amount: 1–999, beginning the search at `first`, then 1000–1999.

    `taken_totals` are the whole sums (amount + code) of unreleased payments to the same account. Raises NoCodeLeft.
    """
    small = list(SMALL_CODES)
    start = first % len(small)
    codes: list[int] = [*small[start:], *small[:start], *LARGE_CODES]
    for code in codes:
        if amount_idr + code not in taken_totals:
            return code
    raise NoCodeLeft
