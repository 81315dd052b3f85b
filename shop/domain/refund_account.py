"""Where a buyer wants money back when it goes by bank: seen by the buyer and by staff, by nobody else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shop.domain.errors import WrongState
from shop.domain.words import N_

SHORTEST, LONGEST = 6, 20
SHOWN = 4


class NothingToSend(WrongState):
    """No money goes back to the buyer by bank, so nobody needs to know an account."""

    sentence = N_("Tidak ada uang yang harus dikirim kembali lewat bank untuk pesanan ini.")


@dataclass(frozen=True)
class RefundAccount:
    """A bank or a wallet, the number there (digits only), and whose it is."""

    bank: str
    number: str
    holder: str


def read_number(text: str) -> str | None:
    """The digits of an account number as people write it, with spaces, dots and dashes; None when it cannot be one."""
    digits = re.sub(r"[\s.-]", "", text)
    return digits if re.fullmatch(rf"[0-9]{{{SHORTEST},{LONGEST}}}", digits) else None


def masked(number: str) -> str:
    """`••••6789`: enough for the owner to know it again."""
    return "•" * SHOWN + number[-SHOWN:]
