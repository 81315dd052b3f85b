"""A bank's CSV file as a table: its encoding, its separator, the line of headings under what stands above it."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import Counter
from dataclasses import dataclass

from shop.domain.bank_cells import read_date
from shop.domain.words import N_

MOST_BYTES, MOST_LINES, MOST_COLUMNS, LONGEST_CELL = 1024 * 1024, 5_000, 40, 300
HEAD_WITHIN = 30  # lines above the table: name of the bank, period, balance
DATE_WORDS = ("tanggal", "tgl", "date")
AMOUNT_WORDS = ("kredit", "credit", "masuk", "gross", "jumlah", "amount", "nominal")


class StatementRefused(ValueError):
    """The file cannot be read as a list. The message is a sentence for the person, marked for translation."""


@dataclass(frozen=True)
class Table:
    """A file's heading and its lines, each as long as the heading."""

    head: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


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
    named = any(word in joined for word in DATE_WORDS) and any(word in joined for word in AMOUNT_WORDS)
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
