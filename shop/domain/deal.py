"""The life of an inquiry, from a question to delivery, as one table; and the codes of its threads."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Move:
    """A row of the table: where a step may lead and who may take it. Several targets: the guard chooses one."""

    to: tuple[DealStatus, ...]
    who: tuple[Actor, ...]


_D = DealStatus
_BUYER, _PRODUCER, _SHOP, _CURATOR = (Actor.BUYER,), (Actor.PRODUCER,), (Actor.SYSTEM,), (Actor.CURATOR,)
_RUNNING = (_D.IN_PRODUCTION, _D.BALANCE_DUE, _D.TO_SHIP, _D.SHIPPED)

# How a deal begins: with a question, or with works that stand ready, bought at their price.
STARTS: dict[str, Move] = {"ask": Move((_D.ASKED,), _BUYER), "buy": Move((_D.DEPOSIT_DUE,), _BUYER)}

DEAL_STEPS: dict[tuple[DealStatus, str], Move] = {
    (_D.ASKED, "quote"): Move((_D.QUOTED,), _PRODUCER),
    (_D.ASKED, "decline"): Move((_D.DECLINED,), _PRODUCER),
    (_D.ASKED, "withdraw"): Move((_D.WITHDRAWN,), _BUYER),
    (_D.ASKED, "lapse"): Move((_D.LAPSED,), _SHOP),
    (_D.COUNTERED, "quote"): Move((_D.QUOTED,), _PRODUCER),
    (_D.COUNTERED, "decline"): Move((_D.DECLINED,), _PRODUCER),
    (_D.COUNTERED, "withdraw"): Move((_D.WITHDRAWN,), _BUYER),
    (_D.COUNTERED, "lapse"): Move((_D.LAPSED,), _SHOP),
    (_D.QUOTED, "counter"): Move((_D.COUNTERED,), _BUYER),
    (_D.QUOTED, "ask_again"): Move((_D.ASKED,), _BUYER),
    (_D.QUOTED, "quote"): Move((_D.QUOTED,), _PRODUCER),
    (_D.QUOTED, "decline"): Move((_D.DECLINED,), _PRODUCER),
    (_D.QUOTED, "withdraw"): Move((_D.WITHDRAWN,), _BUYER),
    (_D.QUOTED, "sold"): Move((_D.DECLINED,), _SHOP),
    (_D.QUOTED, "lapse"): Move((_D.LAPSED,), _SHOP),
    (_D.QUOTED, "accept"): Move((_D.DEPOSIT_DUE,), _BUYER),
    (_D.DEPOSIT_DUE, "deposit_paid"): Move((_D.IN_PRODUCTION, _D.TO_SHIP), _SHOP),
    (_D.DEPOSIT_DUE, "cancel"): Move((_D.CANCELLED,), (Actor.BUYER, Actor.PRODUCER)),
    (_D.DEPOSIT_DUE, "lapse"): Move((_D.LAPSED,), _SHOP),
    (_D.IN_PRODUCTION, "progress"): Move((_D.IN_PRODUCTION,), _PRODUCER),
    (_D.IN_PRODUCTION, "ready"): Move((_D.BALANCE_DUE, _D.TO_SHIP), _PRODUCER),
    (_D.BALANCE_DUE, "balance_paid"): Move((_D.TO_SHIP,), _SHOP),
    (_D.BALANCE_DUE, "overdue"): Move((_D.DISPUTED,), _SHOP),
    (_D.TO_SHIP, "ship"): Move((_D.SHIPPED,), _PRODUCER),
    (_D.TO_SHIP, "pick_up"): Move((_D.SHIPPED,), _PRODUCER),
    (_D.SHIPPED, "receive"): Move((_D.COMPLETED,), (Actor.BUYER, Actor.SYSTEM)),
    **{(status, "problem"): Move((_D.DISPUTED,), _BUYER) for status in (*_RUNNING, _D.COMPLETED)},
    **{(status, "cannot_deliver"): Move((_D.DISPUTED,), _PRODUCER) for status in _RUNNING[:3]},
    (_D.DISPUTED, "resume"): Move((*_RUNNING, _D.COMPLETED), _CURATOR),
    (_D.DISPUTED, "refund_part"): Move((_D.COMPLETED, _D.CANCELLED), _CURATOR),
    (_D.DISPUTED, "refund_all"): Move((_D.REFUNDED,), _CURATOR),
}


class Since(StrEnum):
    """From which moment a timer counts."""

    ENTERED = "entered"  # when the deal came into its status
    VALID_UNTIL = "valid_until"  # of the newest quote
    PROMISED = "promised"  # the date promised to the buyer
    HELD = "held"  # the end of the hold on works that stood ready; other orders have none


@dataclass(frozen=True)
class Timer:
    """What happens by itself: a step of the shop, a nudge to whose turn it is, or a task for a curator."""

    does: str
    after: timedelta
    since: Since = Since.ENTERED


NUDGE, TASK = "nudge", "task"

TIMERS: dict[DealStatus, tuple[Timer, ...]] = {
    _D.ASKED: (Timer(NUDGE, NUDGE_AFTER), Timer(TASK, ESCALATE_AFTER), Timer("lapse", LAPSE_AFTER)),
    _D.COUNTERED: (Timer(NUDGE, NUDGE_AFTER), Timer(TASK, ESCALATE_AFTER), Timer("lapse", LAPSE_AFTER)),
    _D.QUOTED: (Timer("lapse", LAPSE_AFTER, Since.VALID_UNTIL),),
    _D.DEPOSIT_DUE: (Timer("lapse", timedelta(days=3)), Timer("lapse", timedelta(0), Since.HELD)),
    _D.IN_PRODUCTION: (Timer(TASK, timedelta(days=14), Since.PROMISED),),
    _D.BALANCE_DUE: (Timer(NUDGE, timedelta(days=3)), Timer("overdue", timedelta(days=14))),
    _D.TO_SHIP: (Timer(TASK, timedelta(days=7)),),
    _D.SHIPPED: (Timer("receive", timedelta(days=14)),),
}
PROBLEM_WITHIN = timedelta(days=7)
PAYABLE_AFTER = timedelta(days=7)
HOLD_LASTS = timedelta(hours=24)

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
ENDED = CLOSED | {DealStatus.COMPLETED}  # nothing is to be done any more


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


def deal_step(status: str, step: str, *, by: Actor, to: DealStatus | None = None) -> DealStatus:
    """The status after the step; `to` chooses where the table leaves a choice.

    Raises WrongState where the table has no such row for this actor, or does not lead there.
    """
    move = DEAL_STEPS.get((DealStatus(status), step))
    if move is None or by not in move.who:
        raise WrongState(status=status, step=step)
    target = to or move.to[0]
    if target not in move.to or (to is None and len(move.to) > 1):
        raise WrongState(status=status, step=step)
    return target


def deal_start(step: str, *, by: Actor) -> DealStatus:
    """The status a deal begins in. Raises WrongState where nothing begins so."""
    move = STARTS.get(step)
    if move is None or by not in move.who:
        raise WrongState(step=step)
    return move.to[0]


def deal_steps_from(status: str, *, by: Actor) -> list[str]:
    """What this actor may do now, in the order of the table."""
    return [step for (start, step), move in DEAL_STEPS.items() if start == status and by in move.who]


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
