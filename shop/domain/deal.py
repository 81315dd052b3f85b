"""The life of an inquiry, from a question to delivery, as one table; and the codes of its threads."""

from __future__ import annotations

import secrets
from datetime import timedelta
from enum import StrEnum

from shop.domain.errors import WrongState
from shop.domain.roles import Actor
from shop.domain.words import N_

NUDGE_AFTER = timedelta(hours=24)
ESCALATE_AFTER = timedelta(hours=48)
LAPSE_AFTER = timedelta(days=14)
LINK_LASTS = timedelta(days=14)
WRONG_TRIES = 5


class DealStatus(StrEnum):
    ASKED = "asked"
    QUOTED = "quoted"
    COUNTERED = "countered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    DEPOSIT_DUE = "deposit_due"
    CANCELLED = "cancelled"
    IN_PRODUCTION = "in_production"
    BALANCE_DUE = "balance_due"
    TO_SHIP = "to_ship"
    SHIPPED = "shipped"
    COMPLETED = "completed"
    DISPUTED = "disputed"
    REFUNDED = "refunded"


# The asking half: what can be done before there is money. The paying half joins this table with the payments.
DEAL_STEPS: dict[tuple[DealStatus, str], tuple[DealStatus, Actor]] = {
    (DealStatus.ASKED, "decline"): (DealStatus.DECLINED, Actor.PRODUCER),
    (DealStatus.ASKED, "withdraw"): (DealStatus.WITHDRAWN, Actor.BUYER),
    (DealStatus.ASKED, "lapse"): (DealStatus.LAPSED, Actor.SYSTEM),
}

DEAL_STATUS_LABELS = {
    DealStatus.ASKED: N_("Pertanyaan"),
    DealStatus.QUOTED: N_("Penawaran dikirim"),
    DealStatus.COUNTERED: N_("Minta diubah"),
    DealStatus.DECLINED: N_("Tidak dapat dipenuhi"),
    DealStatus.WITHDRAWN: N_("Dibatalkan pembeli"),
    DealStatus.LAPSED: N_("Kedaluwarsa"),
    DealStatus.DEPOSIT_DUE: N_("Menunggu DP"),
    DealStatus.CANCELLED: N_("Dibatalkan"),
    DealStatus.IN_PRODUCTION: N_("Sedang dikerjakan"),
    DealStatus.BALANCE_DUE: N_("Menunggu pelunasan"),
    DealStatus.TO_SHIP: N_("Siap dikirim"),
    DealStatus.SHIPPED: N_("Dikirim"),
    DealStatus.COMPLETED: N_("Selesai"),
    DealStatus.DISPUTED: N_("Bermasalah"),
    DealStatus.REFUNDED: N_("Dana dikembalikan"),
}
OPEN = frozenset({DealStatus.ASKED, DealStatus.QUOTED, DealStatus.COUNTERED})
CLOSED = frozenset(
    {
        DealStatus.DECLINED,
        DealStatus.WITHDRAWN,
        DealStatus.LAPSED,
        DealStatus.CANCELLED,
        DealStatus.REFUNDED,
    }
)


class CannotAsk(WrongState):
    """The work cannot be asked about: hidden, archived, or its maker suspended."""

    sentence = N_("Karya ini sedang tidak dapat ditanyakan.")


class ThreadClosed(WrongState):
    """Nothing more is said in a thread that has ended."""

    sentence = N_("Percakapan ini sudah ditutup. Kirim permintaan baru dari halaman karyanya.")


def must_be_open_for_talk(status: str) -> None:
    """Raises ThreadClosed for a deal that ended without delivery."""
    if DealStatus(status) in CLOSED:
        raise ThreadClosed(status=status, step="reply")


def deal_step(status: str, step: str, *, by: Actor) -> DealStatus:
    """The status after the step. Raises WrongState where the table has no such row for this actor."""
    row = DEAL_STEPS.get((DealStatus(status), step))
    if row is None or row[1] is not by:
        raise WrongState(status=status, step=step)
    return row[0]


CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 6
_LOOKS_LIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def check_character(characters: str) -> str:
    """One character that shows every single wrong character and every two swapped neighbours.

    The characters are digits of GF(32) (x⁵ + x² + 1); each place weighs x times the one after it, the check
    character being the last place.
    """
    total = 0
    for character in characters:
        total ^= CROCKFORD.index(character)
        total = (total << 1) ^ (0b100101 if total & 0b10000 else 0)
    return CROCKFORD[total]


def new_code(prefix: str) -> str:
    """`BLU-7K3QX9M`: six random Crockford characters and their check character."""
    random = "".join(secrets.choice(CROCKFORD) for _ in range(CODE_LENGTH))
    return f"{prefix}-{random}{check_character(random)}"


def read_code(prefix: str, text: str) -> str | None:
    """The code as it is stored, out of what somebody typed; None when it cannot be one."""
    cleaned = text.upper().replace(" ", "").replace("-", "").removeprefix(prefix).translate(_LOOKS_LIKE)
    if len(cleaned) != CODE_LENGTH + 1 or any(c not in CROCKFORD for c in cleaned):
        return None
    return f"{prefix}-{cleaned}" if cleaned[-1] == check_character(cleaned[:-1]) else None
