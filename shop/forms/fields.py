"""Fields that know what people type here: a line, a text, an e-mail address, an Indonesian phone number."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import email_validator
import phonenumbers
from flask_babel import lazy_gettext
from wtforms import PasswordField, StringField, TextAreaField
from wtforms.validators import ValidationError

LONGEST_LINE = 200
LONGEST_TEXT = 5_000
TURNS = frozenset(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)  # a price or a link read backwards
#: Of sites as they are seen in unasked letters; titles as in `S.Pd.` and `CV.Maju` are none of them.
ENDINGS = "com|net|org|info|biz|xyz|site|online|store|shop|top|club|live|link|click|app|dev|io|co|me|id|ru|cn|tk|ly|gg"
HOME = "ID"  # a number without + is read as one dialled in Indonesia


def clean_line(text: str | None) -> str:
    """One line: no control characters, single spaces, composed letters."""
    return " ".join(_printable(text or "").split())


def clean_text(text: str | None) -> str:
    """Paragraphs: no control characters but line breaks, no spaces around."""
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(_printable(line).rstrip() for line in lines)).strip()


def _printable(text: str) -> str:
    """Without control characters (a NUL is refused by PostgreSQL), lone surrogates, and what turns the reading around."""
    return "".join(
        c
        for c in unicodedata.normalize("NFC", text)
        if c == "\t" or not (unicodedata.category(c) in {"Cc", "Cs"} or c in TURNS)
    )


def leads_somewhere(text: str) -> bool:
    """Whether a mail program would make a link of a part of it."""
    return re.search(rf"//|[\\@]|\bwww\.|\w\.(?:{ENDINGS})\b", text, re.IGNORECASE) is not None


def read_phone(text: str) -> str | None:
    """`0812-3456-7890`, `62 812…`, `+670 …` as E.164; None when no such number can be."""
    digits = re.sub(r"[^\d+]", "", text)
    candidates = [digits] if digits.startswith(("+", "0")) else ["+" + digits, digits]
    for candidate in candidates:
        try:
            number = phonenumbers.parse(candidate, HOME)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return None


def shown_phone(number: str) -> str:
    """A kept number as people here write it, for a field; as it is where it cannot be read."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    kind = phonenumbers.PhoneNumberFormat
    at_home = phonenumbers.region_code_for_number(parsed) == HOME
    return phonenumbers.format_number(parsed, kind.NATIONAL if at_home else kind.INTERNATIONAL)


def read_email(text: str) -> str | None:
    """The address in lower case; None when it cannot be one. Nothing is asked on the network."""
    try:
        checked = email_validator.validate_email(
            text.strip(), check_deliverability=False, allow_smtputf8=False, test_environment=True
        )
    except email_validator.EmailNotValidError:
        return None
    return checked.normalized.lower()


def read_identifier(text: str) -> tuple[str | None, str | None]:
    """What somebody signs in with, as (e-mail, phone): one of them, or neither."""
    return (read_email(text), None) if "@" in text else (None, read_phone(text))


class LineField(StringField):  # type: ignore[misc]
    """One line of text, tidied."""

    def __init__(
        self, label: Any, validators: Any = None, *, longest: int = LONGEST_LINE, **rest: Any
    ) -> None:
        super().__init__(label, validators, filters=[clean_line], **rest)
        self.longest = longest

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002
        if len(self.data or "") > self.longest:
            raise ValidationError(lazy_gettext("Paling banyak %(n)s huruf", n=self.longest))


class NameField(LineField):
    """What somebody or a group is called. It begins letters to others, so it must lead nowhere."""

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if leads_somewhere(self.data or ""):
            raise ValidationError(lazy_gettext("Isi namanya saja, tanpa alamat situs atau email"))


class TextField(TextAreaField):  # type: ignore[misc]
    """Paragraphs, tidied."""

    def __init__(
        self, label: Any, validators: Any = None, *, longest: int = LONGEST_TEXT, **rest: Any
    ) -> None:
        super().__init__(label, validators, filters=[clean_text], **rest)
        self.longest = longest

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002
        if len(self.data or "") > self.longest:
            raise ValidationError(lazy_gettext("Paling banyak %(n)s huruf", n=self.longest))


class EmailField(LineField):
    """An e-mail address; `.value` is it in lower case, or None when left empty."""

    @property
    def value(self) -> str | None:
        return read_email(self.data or "")

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.data and self.value is None:
            raise ValidationError(lazy_gettext("Isi alamat email, misalnya nama@contoh.id"))


class PhoneField(LineField):
    """A phone number; `.value` is it in E.164, or None when left empty."""

    @property
    def value(self) -> str | None:
        return read_phone(self.data or "")

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.data and self.value is None:
            raise ValidationError(lazy_gettext("Isi nomor WhatsApp, misalnya 0812 3456 7890"))


class SecretField(PasswordField):  # type: ignore[misc]
    """A password: taken as typed, never sent back."""

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002
        if len(self.data or "") > LONGEST_LINE:
            raise ValidationError(lazy_gettext("Paling banyak %(n)s huruf", n=LONGEST_LINE))
