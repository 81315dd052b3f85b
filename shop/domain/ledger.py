"""Double entry: every movement of money is a journal whose postings sum to nothing.

A positive posting is a debit, a negative one a credit. Balances are sums; nothing is ever edited.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Account(StrEnum):
    """Where money stands. The bank accounts and the payment provider hold it; the rest say whose it is."""

    BANK = "bank"  # the council's bank accounts
    STRIPE = "stripe"  # held by the card processor for the council
    BUYER = "buyer"  # paid by the buyer for an order that is not completed: the council owes work or money
    PRODUCER = "producer"  # owed to the producer for completed orders and released advances
    ADVANCE = "advance"  # released to the producer before completion
    PRODUCER_DEBT = "producer_debt"  # owed by the producer after a refund that followed a payout
    SURPLUS = "surplus"  # more than was asked, twice, late or after cancelling: the buyer's, until decided
    FEES = "fees"  # what the processor or the bank kept
    WRITTEN_OFF = "written_off"  # small shortfalls an administrator waived
    DISPUTED = "disputed"  # taken back by a chargeback until it is decided


class JournalKind(StrEnum):
    PAYMENT = "payment"
    SURPLUS = "surplus"
    USE_SURPLUS = "use_surplus"
    WRITE_OFF = "write_off"
    COMPLETION = "completion"
    ADVANCE = "advance"
    PAYOUT = "payout"
    PAYOUT_RETURNED = "payout_returned"
    REFUND = "refund"
    REFUND_SURPLUS = "refund_surplus"
    DEBT = "debt"
    NET_DEBT = "net_debt"
    FEE = "fee"
    CHARGEBACK = "chargeback"
    CHARGEBACK_WON = "chargeback_won"


@dataclass(frozen=True)
class Posting:
    """One line of a journal, in whole rupiah: debit positive, credit negative."""

    account: Account
    amount_idr: int


class Unbalanced(ValueError):
    """The postings do not sum to nothing. A defect of ours, never a person's doing."""


def balanced(*postings: Posting) -> tuple[Posting, ...]:
    """The postings that move anything. Raises Unbalanced unless they sum to zero."""
    moving = tuple(posting for posting in postings if posting.amount_idr)
    if sum(posting.amount_idr for posting in moving):
        raise Unbalanced(postings)
    return moving


def payment(into: Account, *, received_idr: int, due_idr: int) -> tuple[Posting, ...]:
    """Money came in: what was due is held for the buyer's order, what is over is surplus."""
    held = min(received_idr, due_idr)
    return balanced(
        Posting(into, received_idr),
        Posting(Account.BUYER, -held),
        Posting(Account.SURPLUS, held - received_idr),
    )


def late_payment(into: Account, *, received_idr: int) -> tuple[Posting, ...]:
    """Money that belongs to no open payment: twice, late, after cancelling."""
    return balanced(Posting(into, received_idr), Posting(Account.SURPLUS, -received_idr))


def give_up(*, held_idr: int) -> tuple[Posting, ...]:
    """The order ended before it began: what was held for it is the buyer's surplus."""
    return balanced(Posting(Account.BUYER, held_idr), Posting(Account.SURPLUS, -held_idr))


def use_surplus(*, amount_idr: int) -> tuple[Posting, ...]:
    """The buyer's surplus is held for the order."""
    return balanced(Posting(Account.SURPLUS, amount_idr), Posting(Account.BUYER, -amount_idr))


def write_off(*, amount_idr: int) -> tuple[Posting, ...]:
    """A small shortfall counts as paid; below nothing, it does no longer."""
    return balanced(Posting(Account.WRITTEN_OFF, amount_idr), Posting(Account.BUYER, -amount_idr))


def completion(*, held_idr: int, advanced_idr: int = 0) -> tuple[Posting, ...]:
    """The order is completed: what the buyer paid becomes the producer's, less what was advanced already."""
    return balanced(
        Posting(Account.BUYER, held_idr),
        Posting(Account.ADVANCE, -advanced_idr),
        Posting(Account.PRODUCER, advanced_idr - held_idr),
    )


def advance(*, amount_idr: int) -> tuple[Posting, ...]:
    """Part of a deposit is released to the producer before completion."""
    return balanced(Posting(Account.ADVANCE, amount_idr), Posting(Account.PRODUCER, -amount_idr))


def owe_advance(*, amount_idr: int) -> tuple[Posting, ...]:
    """An advance whose order gave the money back to the buyer: the producer owes it."""
    return balanced(Posting(Account.PRODUCER_DEBT, amount_idr), Posting(Account.ADVANCE, -amount_idr))


def chargeback(*, amount_idr: int) -> tuple[Posting, ...]:
    """The card processor took a payment back until it is decided whose it is."""
    return balanced(Posting(Account.DISPUTED, amount_idr), Posting(Account.STRIPE, -amount_idr))


def chargeback_won(*, amount_idr: int) -> tuple[Posting, ...]:
    """It is ours again."""
    return balanced(Posting(Account.STRIPE, amount_idr), Posting(Account.DISPUTED, -amount_idr))


def chargeback_lost(*, amount_idr: int, held_idr: int) -> tuple[Posting, ...]:
    """It stays with the buyer: out of what is held for the order, and what the producer had already is owed by them."""
    held = max(0, min(amount_idr, held_idr))
    return balanced(
        Posting(Account.BUYER, held),
        Posting(Account.PRODUCER_DEBT, amount_idr - held),
        Posting(Account.DISPUTED, -amount_idr),
    )


def fee(*, amount_idr: int) -> tuple[Posting, ...]:
    """The acquirer kept its fee of a payment: less is at the bank than the buyer paid. The council bears it."""
    return balanced(Posting(Account.FEES, amount_idr), Posting(Account.BANK, -amount_idr))


def by_bank_instead(*, amount_idr: int) -> tuple[Posting, ...]:
    """A refund the card processor sent back to us left by the bank."""
    return balanced(Posting(Account.STRIPE, amount_idr), Posting(Account.BANK, -amount_idr))


def payout(*, amount_idr: int) -> tuple[Posting, ...]:
    """The bank pays the producer."""
    return balanced(Posting(Account.PRODUCER, amount_idr), Posting(Account.BANK, -amount_idr))


def payout_returned(*, amount_idr: int) -> tuple[Posting, ...]:
    """The bank sent a transfer back, or it was written down by mistake: it is owed again."""
    return balanced(Posting(Account.BANK, amount_idr), Posting(Account.PRODUCER, -amount_idr))


def refund(out_of: Account, *, amount_idr: int, owed_by: Account = Account.BUYER) -> tuple[Posting, ...]:
    """Money goes back to the buyer, out of what is held (BUYER), surplus, or the producer's debt."""
    return balanced(Posting(owed_by, amount_idr), Posting(out_of, -amount_idr))


def net_debt(*, amount_idr: int) -> tuple[Posting, ...]:
    """A producer's debt is taken off what is owed to them."""
    return balanced(Posting(Account.PRODUCER, amount_idr), Posting(Account.PRODUCER_DEBT, -amount_idr))


def balances(postings: Iterable[Posting]) -> dict[Account, int]:
    """The sum of each account."""
    sums: dict[Account, int] = {}
    for posting in postings:
        sums[posting.account] = sums.get(posting.account, 0) + posting.amount_idr
    return sums
