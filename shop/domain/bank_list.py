"""A bank's list of what came in, as a CSV file: read in the ways Indonesian banks write it, matched exactly or not.

Which column is which is told once (`Columns`); the lines that are no money coming in are left out with a reason.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shop.domain.words import N_

MOST_BYTES, MOST_LINES, MOST_COLUMNS, LONGEST_CELL = 1024 * 1024, 5_000, 40, 300
LARGEST_IDR = 10_000_000_000
HEAD_WITHIN = 30  # lines above the table: name of the bank, period, balance
MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7, "agu": 8, "ags": 8, "agt": 8,
    "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "des": 12, "dec": 12,
}  # fmt: skip
OUT = {"DB", "D", "DR", "DEBIT", "DEBET", "KELUAR"}
IN = {"CR", "C", "K", "KR", "KREDIT", "CREDIT", "MASUK"}
FORMULA = "=+-@"  # what a spreadsheet would run instead of show, should these words ever reach one


class StatementRefused(ValueError):
    """The file cannot be read as a list. The message is a sentence for the person, marked for translation."""


@dataclass(frozen=True)
class Table:
    """A file's heading and its lines, each as long as the heading."""

    head: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Columns:
    """Which column of a bank's file is which, by its heading. Empty: the file has no such column.

    `amount` holds what came in (a credit column), or every movement with a sign or a word for its direction.
    """

    date: str
    amount: str
    direction: str = ""
    words: str = ""
    reference: str = ""


@dataclass(frozen=True)
class Line:
    """Money that came in, as the bank tells it."""

    booked_on: date
    amount_idr: int
    words: str
    reference: str
    fingerprint: str


class Left(StrEnum):
    """Why a line of the file is no money that came in."""

    OUT = "out"
    DATE = "date"
    AMOUNT = "amount"
    CENTS = "cents"


LEFT_LABELS = {
    Left.OUT: N_("uang keluar atau nol"),
    Left.DATE: N_("tanggal tidak terbaca"),
    Left.AMOUNT: N_("jumlah tidak terbaca"),
    Left.CENTS: N_("bukan rupiah bulat"),
}


@dataclass(frozen=True)
class Read:
    """What a file holds: the lines of money that came in, and how many were left out, by reason."""

    lines: tuple[Line, ...]
    left: dict[Left, int]


def decode(content: bytes) -> str:
    """The text of a file in any of the encodings banks use. Raises StatementRefused for what is no text."""
    if len(content) > MOST_BYTES:
        raise StatementRefused(
            N_("Berkas ini lebih besar dari 1 MB. Unduh mutasi untuk waktu yang lebih pendek.")
        )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in content[:2000]:
        raise StatementRefused(N_("Ini bukan berkas CSV. Unduh mutasi sebagai CSV, bukan Excel atau PDF."))
    else:
        encodings = ["utf-8-sig", "cp1252", "latin-1"]
    for encoding in encodings:
        try:
            return content.decode(encoding).replace("\0", "")
        except UnicodeDecodeError:
            continue
    raise StatementRefused(N_("Ini bukan berkas CSV. Unduh mutasi sebagai CSV, bukan Excel atau PDF."))


def table_of(text: str) -> Table:
    """The heading and the lines under it. Raises StatementRefused when there is no table, or too much of one."""
    rows = [[_plain(cell) for cell in row[:MOST_COLUMNS]] for row in _rows(text)]
    rows = [row for row in rows if any(row)]
    at = next((n for n, row in enumerate(rows[:HEAD_WITHIN]) if _is_head(row)), None)
    if at is None:
        raise StatementRefused(N_("Tidak ada baris judul kolom (tanggal, keterangan, jumlah) di berkas ini."))
    head = _named(rows[at])
    lines = [tuple((row + [""] * len(head))[: len(head)]) for row in rows[at + 1 :]]
    if len(lines) > MOST_LINES:
        raise StatementRefused(
            N_("Berkas ini lebih dari 5.000 baris. Unduh mutasi untuk waktu yang lebih pendek.")
        )
    return Table(head, tuple(lines))


def guess(table: Table) -> Columns:
    """The columns as their headings suggest them; what is not found is empty."""
    found = {
        name: next((head for word in words for head in table.head if word in head.lower()), "")
        for name, words in GUESSES.items()
    }
    return Columns(**found)


GUESSES = {
    "date": ("tanggal", "tgl", "date"),
    "amount": ("kredit", "credit", "masuk", "gross", "jumlah", "amount", "nominal"),
    "direction": ("db/cr", "d/k", "arah", "tipe", "type", "jenis"),
    "words": ("keterangan", "uraian", "deskripsi", "description", "remark"),
    "reference": ("referensi", "reference", "no. ref", "rrn", "no ref"),
}


def fits(table: Table, columns: Columns) -> bool:
    """Whether every column that was told is in this file, and the two that must be told are."""
    told = [columns.date, columns.amount, columns.direction, columns.words, columns.reference]
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
        if isinstance(amount, Left) or booked_on is None:
            left[amount if isinstance(amount, Left) else Left.DATE] += 1
            continue
        words, reference = cell["words"].lstrip(FORMULA), cell["reference"].lstrip(FORMULA)
        content = "|".join((booked_on.isoformat(), str(amount), words, reference))
        seen[content] += 1
        fingerprint = hashlib.sha256(f"{content}|{seen[content]}".encode()).hexdigest()
        lines.append(Line(booked_on, amount, words, reference, fingerprint))
    return Read(tuple(lines), dict(left))


def read_date(text: str) -> date | None:
    """`24/11/2026`, `24-11-26`, `2026-11-24 09:15`, `24 Nov 2026`; day before month, as everybody writes here."""
    text = text.strip().strip("'")
    year_first = re.match(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", text)
    if year_first:
        return _day(*year_first.groups())
    match = re.match(r"(\d{1,2})[-/. ](\d{1,2}|[A-Za-z]{3,9})[-/. ](\d{4}|\d{2})(?!\d)", text)
    if not match:
        return None
    day, month, year = match.groups()
    return _day(year, month, day)


def read_amount(text: str, direction: str = "") -> int | Left:
    """Whole rupiah that came in: `1.250.000,00`, `1,250,000.00`, `Rp1.250.000`, `2.450.417 CR`; or why it did not."""
    cleaned = re.sub(r"[\s\u00a0']|Rp\.?|IDR", "", text, flags=re.I)
    cleaned = re.sub(r"(?<=\d)[.,]-$", "", cleaned)  # "1.250.000,-" is how shops write a whole amount
    match = re.fullmatch(r"([-+(]?)(\d[\d.,]*)(\)?)([-+]?)([A-Za-z]*)", cleaned, re.ASCII)
    if not match:
        return Left.OUT if not cleaned.strip("-") else Left.AMOUNT
    sign, number, _, after, word = match.groups()
    said = (word or direction).strip().upper()
    if sign in ("-", "(") or after == "-" or said in OUT:
        return Left.OUT
    if word and word.upper() not in IN:
        return Left.AMOUNT
    whole, cents = _number(number)
    if whole is None or whole > LARGEST_IDR:
        return Left.AMOUNT
    if cents:
        return Left.CENTS
    return whole or Left.OUT


def _number(text: str) -> tuple[int | None, int]:
    """Whole part and cents. A last mark with one or two digits after it begins the cents; all others group."""
    match = re.fullmatch(r"(\d[\d.,]*?)(?:[.,](\d{1,2}))?", text)
    if not match:
        return None, 0
    whole, cents = match.groups()
    marks = {mark for mark in whole if mark in ".,"}
    if marks and not any(re.fullmatch(rf"\d{{1,3}}(\{mark}\d{{3}})+", whole) for mark in marks):
        return None, 0
    return int(re.sub(r"[.,]", "", whole)), int(cents or 0)


def _day(year: str, month: str, day: str) -> date | None:
    number = int(month) if month.isdecimal() else MONTHS.get(month[:3].lower(), 0)
    full_year = int(year) + (2000 if len(year) == 2 else 0)
    try:
        found = date(full_year, number, int(day))
    except ValueError:
        return None
    return found if 2000 <= found.year < 2100 else None


def _rows(text: str) -> list[list[str]]:
    """The separator is the one that cuts most lines alike."""
    sample = [line for line in text.splitlines()[:HEAD_WITHIN] if line.strip()]
    counts = {mark: Counter(line.count(mark) for line in sample if line.count(mark) > 1) for mark in ",;\t|"}
    mark = max(counts, key=lambda one: max(counts[one].values(), default=0))
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
        return [row for _, row in zip(range(MOST_LINES + HEAD_WITHIN + 1), reader, strict=False)]
    except csv.Error as problem:
        raise StatementRefused(
            N_("Ini bukan berkas CSV. Unduh mutasi sebagai CSV, bukan Excel atau PDF.")
        ) from problem


def _is_head(row: list[str]) -> bool:
    """A line of words that names a date and an amount, and holds neither."""
    joined = " ".join(row).lower()
    named = any(word in joined for word in GUESSES["date"]) and any(
        word in joined for word in GUESSES["amount"]
    )
    return named and len([cell for cell in row if cell]) >= 2 and not any(read_date(cell) for cell in row)


def _named(row: list[str]) -> tuple[str, ...]:
    """Every column has a name of its own."""
    names: list[str] = []
    for n, cell in enumerate(row, 1):
        name = cell or f"Kolom {n}"
        names.append(name if name not in names else f"{name} ({n})")
    return tuple(names)


def _plain(cell: str) -> str:
    """One line without control characters, cut to what a description needs."""
    kept = "".join(
        c if unicodedata.category(c)[0] != "C" else " " for c in unicodedata.normalize("NFC", cell)
    )
    return " ".join(kept.split())[:LONGEST_CELL]
