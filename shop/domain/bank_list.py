"""A bank's list of what came in, as a CSV file: read in the ways Indonesian banks write it, matched exactly or not.

Which column is which is told once (`Columns`); the lines that are no money coming in are left out with a reason.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date

from shop.domain.bank_cells import Left, read_amount, read_date, read_fee
from shop.domain.bank_file import AMOUNT_WORDS, DATE_WORDS, Table

FORMULA = "=+-@"  # what a spreadsheet would run instead of show, should these words ever reach one


@dataclass(frozen=True)
class Columns:
    """Which column of a bank's file is which, by its heading. Empty: the file has no such column.

    `amount` holds what came in (a credit column), or every movement with a sign or a word for its direction; `fee`
    what the acquirer keeps of it.
    """

    date: str
    amount: str
    direction: str = ""
    words: str = ""
    reference: str = ""
    fee: str = ""


@dataclass(frozen=True)
class Line:
    """Money that came in, as the bank tells it; `fee_idr` of it stays with the acquirer."""

    booked_on: date
    amount_idr: int
    words: str
    reference: str
    fingerprint: str
    fee_idr: int = 0


@dataclass(frozen=True)
class Read:
    """What a file holds: the lines of money that came in, and how many were left out, by reason."""

    lines: tuple[Line, ...]
    left: dict[Left, int]


def guess(table: Table) -> Columns:
    """The columns as their headings suggest them; what is not found is empty."""
    found = {
        name: next((head for word in words for head in table.head if word in head.lower()), "")
        for name, words in GUESSES.items()
    }
    return Columns(**found)


GUESSES = {
    "date": DATE_WORDS,
    "amount": AMOUNT_WORDS,
    "direction": ("db/cr", "d/k", "arah", "tipe", "type", "jenis"),
    "words": ("keterangan", "uraian", "deskripsi", "description", "remark"),
    "reference": ("referensi", "reference", "no. ref", "rrn", "no ref"),
    "fee": ("mdr", "biaya", "potongan", "fee"),
}


def fits(table: Table, columns: Columns) -> bool:
    """Whether every column that was told is in this file, and the two that must be told are."""
    told = vars(columns).values()
    return bool(columns.date and columns.amount) and all(not name or name in table.head for name in told)


def read(table: Table, columns: Columns) -> Read:
    """The money that came in. The same line of the same bank has the same fingerprint in every file; two lines that
    are the same in one file are two.
    """
    places = {head: n for n, head in enumerate(table.head)}
    lines: list[Line] = []
    left: Counter[Left] = Counter()
    seen: Counter[str] = Counter()
    for row in table.lines:
        cell = {name: row[places[head]] if head else "" for name, head in vars(columns).items()}
        booked_on = read_date(cell["date"])
        amount = read_amount(cell["amount"], cell["direction"])
        fee = read_fee(cell["fee"], of_idr=amount) if not isinstance(amount, Left) else amount
        if isinstance(amount, Left) or isinstance(fee, Left) or booked_on is None:
            left[next((one for one in (amount, fee) if isinstance(one, Left)), Left.DATE)] += 1
            continue
        words, reference = cell["words"].lstrip(FORMULA), cell["reference"].lstrip(FORMULA)
        content = "|".join((booked_on.isoformat(), str(amount), words, reference))
        seen[content] += 1
        fingerprint = hashlib.sha256(f"{content}|{seen[content]}".encode()).hexdigest()
        lines.append(Line(booked_on, amount, words, reference, fingerprint, fee))
    return Read(tuple(lines), dict(left))
