"""One cell of a bank's list: a day, or an amount in whole rupiah, in the ways Indonesian banks write them."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from shop.domain.words import N_

LARGEST_IDR = 10_000_000_000
MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7, "agu": 8, "ags": 8, "agt": 8,
    "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "des": 12, "dec": 12,
}  # fmt: skip
OUT = {"DB", "D", "DR", "DEBIT", "DEBET", "KELUAR"}
IN = {"CR", "C", "K", "KR", "KREDIT", "CREDIT", "MASUK"}


class Left(StrEnum):
    """Why a line of the file is no money that came in."""

    OUT = "out"
    DATE = "date"
    AMOUNT = "amount"
    CENTS = "cents"
    FEE = "fee"


LEFT_LABELS = {
    Left.OUT: N_("uang keluar atau nol"),
    Left.DATE: N_("tanggal tidak terbaca"),
    Left.AMOUNT: N_("jumlah tidak terbaca"),
    Left.CENTS: N_("bukan rupiah bulat"),
    Left.FEE: N_("biaya tidak terbaca"),
}


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


def read_fee(text: str, *, of_idr: int) -> int | Left:
    """What the acquirer keeps of an amount, to the nearest whole rupiah, whichever sign it is written with."""
    cleaned = re.sub(r"[\s\u00a0'()+-]|Rp\.?|IDR", "", text, flags=re.I)
    if not cleaned:
        return 0
    whole, cents = _number(cleaned)
    if whole is None or whole >= of_idr:
        return Left.FEE
    return whole + (cents >= (5 if re.search(r"[.,]\d$", cleaned) else 50))


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
