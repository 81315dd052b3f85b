"""QRIS: the council's static merchant string, checked, with an amount put in (EMVCo merchant-presented QR).

A string is a row of fields: two digits of id, two of length, the value; field 63 is CRC-16/CCITT-FALSE over all
that stands before its value. Field 01 says static (11) or dynamic (12), 53 the currency (360, rupiah), 54 the
amount, 58 the country, 59 the merchant's name.
"""

from __future__ import annotations

from dataclasses import dataclass

POINT_OF_INITIATION, CURRENCY, AMOUNT, COUNTRY, MERCHANT, CHECKSUM = "01", "53", "54", "58", "59", "63"
STATIC, DYNAMIC, RUPIAH = "11", "12", "360"
ACCOUNTS = range(26, 52)  # where a merchant's accounts stand
REQUIRED = ("00", CURRENCY, COUNTRY, MERCHANT, "60", CHECKSUM)


class QrisError(ValueError):
    """The string is no usable QRIS. The message says which rule it breaks."""


@dataclass(frozen=True)
class StaticQris:
    """The council's own string, which asks for no amount yet. `example`: nobody can pay it, it shows the page."""

    text: str
    merchant: str
    example: bool = False

    def asking(self, amount_idr: int) -> str:
        """The string of a code that asks for this amount."""
        return with_amount(self.text, amount_idr)


def crc16(text: str) -> str:
    """CRC-16/CCITT-FALSE of the text as four upper-case hexadecimal digits."""
    crc = 0xFFFF
    for byte in text.encode():
        crc ^= byte << 8
        for _ in range(8):
            crc = ((crc << 1) ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return f"{crc:04X}"


def parse(text: str) -> dict[str, str]:
    """The fields of a QRIS, in order. Raises QrisError for a wrong length, checksum, currency or missing field."""
    fields: dict[str, str] = {}
    place = 0
    while place < len(text):
        key, length = text[place : place + 2], text[place + 2 : place + 4]
        if not (key.isascii() and key.isdecimal() and length.isascii() and length.isdecimal()):
            raise QrisError(f"no field begins at character {place}")
        value = text[place + 4 : place + 4 + int(length)]
        if len(value) != int(length):
            raise QrisError(f"field {key} is shorter than it says")
        if key in fields:
            raise QrisError(f"field {key} stands twice")
        fields[key] = value
        place += 4 + int(length)
    _check(text, fields)
    return fields


def read_static(text: str, *, example: bool = False) -> StaticQris:
    """A merchant's static string, checked. Raises QrisError for one that cannot take the amount of an order."""
    text = text.strip()
    if not (text.isascii() and text.isprintable()):
        raise QrisError("a character stands in it that QRIS does not know")
    fields = parse(text)
    if fields.get(POINT_OF_INITIATION, STATIC) != STATIC or AMOUNT in fields:
        raise QrisError("it is made for one payment; the printed, static one is wanted")
    if not any(key.isdecimal() and int(key) in ACCOUNTS for key in fields):
        raise QrisError("no merchant account stands in it")
    if fields[COUNTRY] != "ID":
        raise QrisError("the country is not Indonesia")
    return StaticQris(text, fields[MERCHANT].strip(), example)


def with_amount(text: str, amount_idr: int) -> str:
    """The same merchant's QRIS asking for a whole amount in rupiah. Raises QrisError, ValueError."""
    if amount_idr <= 0:
        raise ValueError("an amount is more than nothing")
    fields = parse(text)
    fields[POINT_OF_INITIATION] = DYNAMIC
    fields[AMOUNT] = str(amount_idr)
    ordered = sorted(key for key in fields if key != CHECKSUM)
    body = "".join(f"{key}{len(fields[key]):02d}{fields[key]}" for key in ordered) + CHECKSUM + "04"
    return body + crc16(body)


def _check(text: str, fields: dict[str, str]) -> None:
    missing = [key for key in REQUIRED if key not in fields]
    if missing:
        raise QrisError(f"field {missing[0]} is missing")
    if not text[:-4].endswith(CHECKSUM + "04"):
        raise QrisError("the checksum is not the last field")
    if crc16(text[:-4]) != text[-4:].upper():
        raise QrisError("the checksum is wrong")
    if fields[CURRENCY] != RUPIAH:
        raise QrisError("the currency is not rupiah")
