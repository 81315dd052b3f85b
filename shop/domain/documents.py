"""Numbered documents: what kinds there are, how a number is written and read, and the print that shows a change."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import Any

from shop.domain.words import N_

LAYOUT = 1  # how a snapshot is laid out; a new layout draws old snapshots as before


class Kind(StrEnum):
    QUOTE = "quote"
    INVOICE = "invoice"
    RECEIPT = "receipt"
    REFUND = "refund"


LABELS = {
    Kind.QUOTE: N_("Penawaran"),
    Kind.INVOICE: N_("Tagihan"),
    Kind.RECEIPT: N_("Kuitansi"),
    Kind.REFUND: N_("Bukti pengembalian dana"),
}
MARKS = {Kind.QUOTE: "PNW", Kind.INVOICE: "TGH", Kind.RECEIPT: "KWT", Kind.REFUND: "PGD"}
_KINDS = {mark: kind for kind, mark in MARKS.items()}


def number_words(kind: str, year: int, number: int) -> str:
    """`KWT/2026/0007`."""
    return f"{MARKS[Kind(kind)]}/{year}/{number:04d}"


def file_words(kind: str, year: int, number: int) -> str:
    """The same for an address or a file: `KWT-2026-0007`."""
    return number_words(kind, year, number).replace("/", "-")


def read_file_words(text: str) -> tuple[Kind, int, int] | None:
    """Kind, year and number of `KWT-2026-0007`; None for what is none."""
    match = re.fullmatch(r"([A-Z]{3})-(\d{4})-(\d{4,9})", text, re.ASCII)
    if match is None or match[1] not in _KINDS:
        return None
    return _KINDS[match[1]], int(match[2]), int(match[3])


def year_of(at: datetime, zone: tzinfo) -> int:
    """The year whose numbers a document issued now belongs to, on the council's calendar."""
    return at.astimezone(zone).year


def digest(
    kind: str, year: int, number: int, subject: str, issued_at: datetime, facts: Mapping[str, Any]
) -> str:
    """SHA-256, hex, over everything a document says, in one way of writing it."""
    whole = {
        "kind": kind,
        "year": year,
        "number": number,
        "subject": subject,
        "issued_at": round(issued_at.timestamp() * 1_000_000),
        "facts": facts,
    }
    text = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
