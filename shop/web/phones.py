"""Phone numbers as people here write them, and as links into WhatsApp."""

from __future__ import annotations

from urllib.parse import quote

import phonenumbers

HOME = "ID"


def phone_words(number: str | None) -> str:
    """`0812-3456-7890` for an Indonesian number, `+670 7723 4567` for others, nothing for none."""
    if not number:
        return ""
    parsed = phonenumbers.parse(number)
    kind = phonenumbers.PhoneNumberFormat
    at_home = phonenumbers.region_code_for_number(parsed) == HOME
    return phonenumbers.format_number(parsed, kind.NATIONAL if at_home else kind.INTERNATIONAL)


def whatsapp_link(number: str, text: str = "") -> str:
    """The address that opens WhatsApp with this number and, ready to send, this text."""
    return f"https://wa.me/{number.lstrip('+')}" + (f"?text={quote(text)}" if text else "")
