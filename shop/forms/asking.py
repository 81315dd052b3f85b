"""The request form (at most eight fields, no account), and what is typed inside a thread."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from wtforms import Form, HiddenField
from wtforms.validators import DataRequired, ValidationError

from shop.domain.own_size import DIMENSION_LABELS, outside
from shop.domain.words import N_
from shop.forms.fields import EmailField, LineField, NameField, PhoneField, TextField, clean_line

MOST_PIECES = 1000
FURTHEST_YEARS = 3
LONGEST_WISH = 2000
BEYOND = N_(
    "%(what)s yang dapat dibuat %(smallest)s–%(largest)s cm. Ubah ukurannya, atau tanyakan dulu tanpa angka"
)
MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7, "agu": 8, "agt": 8, "aug": 8,
    "sep": 9, "okt": 10, "oct": 10, "nov": 11, "des": 12, "dec": 12,
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What the form holds, typed."""

    quantity: int
    wish: str
    needed_by: date | None
    name: str
    phone: str
    destination: str
    email: str | None


def needed(sentence: Any) -> DataRequired:
    return DataRequired(sentence)


def read_key(text: str | None) -> str:
    """The random key of a form as we gave it out; empty for anything else."""
    return text if text and re.fullmatch(r"[0-9a-f]{32}", text, re.ASCII) else ""


def read_count(text: str) -> int | None:
    """A whole number from 1 to a thousand; None for anything else."""
    digits = re.sub(r"[\s.]", "", text)
    return (
        int(digits)
        if re.fullmatch(r"\d{1,4}", digits, re.ASCII) and 1 <= int(digits) <= MOST_PIECES
        else None
    )


def read_date(text: str) -> date | None:
    """`20/12/2026`, `20-12-2026`, `2026-12-20` or `20 Desember 2026`; None for anything else."""
    match = re.fullmatch(r"(\d{1,2})[\s./-]+(\d{1,2}|[a-z]+)[\s./-]+(\d{4})", text.lower(), re.ASCII)
    if match:
        day, month, year = match.groups()
        number = int(month) if month.isdigit() else MONTHS.get(month[:3], 0)
        return _date(int(year), number, int(day))
    match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text, re.ASCII)
    return _date(*map(int, match.groups())) if match else None


def beyond(limits: Mapping[str, Sequence[int]], text: str) -> dict[str, Any]:
    """What the first size in the text is that the maker cannot make, and the limits; empty when there is none."""
    found = outside(limits, text)
    if not found:
        return {}
    dimension, smallest, largest = found[0]
    return {"what": gettext(DIMENSION_LABELS[dimension]), "smallest": smallest, "largest": largest}


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


class ContactForm(FlaskForm):  # type: ignore[misc]
    """Who asks and where it goes; shared by the form of one work and the basket. Hand in `today` of the council."""

    sebelum = LineField(lazy_gettext("Dibutuhkan sebelum"))
    nama = NameField(lazy_gettext("Nama lengkap"), [needed(lazy_gettext("Isi nama lengkap Anda"))])
    wa = PhoneField(
        lazy_gettext("Nomor WhatsApp"),
        [needed(lazy_gettext("Isi nomor WhatsApp lengkap, misalnya 0812 3456 7890"))],
    )
    kota = LineField(
        lazy_gettext("Kecamatan atau kota tujuan"),
        [needed(lazy_gettext("Isi kecamatan atau kota tujuan, supaya ongkir dapat dihitung"))],
    )
    email = EmailField(lazy_gettext("Email"))
    kunci = HiddenField()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def validate_sebelum(self, field: LineField) -> None:
        if not field.data:
            return
        day = read_date(field.data)
        if day is None:
            raise ValidationError(lazy_gettext("Isi tanggal seperti 20/12/2026"))
        if day <= self.today:
            raise ValidationError(lazy_gettext("Isi tanggal setelah hari ini"))
        if day.year > self.today.year + FURTHEST_YEARS:
            raise ValidationError(lazy_gettext("Isi tanggal dalam tiga tahun ke depan"))

    @property
    def form_key(self) -> str:
        """The key that makes a repeat the same inquiry; empty when the form was tampered with."""
        return read_key(self.kunci.data)


class AskForm(ContactForm):
    """About one work; `limits` are the sizes its maker can make."""

    jumlah = LineField(lazy_gettext("Jumlah"))
    khusus = TextField(lazy_gettext("Ukuran atau warna khusus"), longest=LONGEST_WISH)

    def __init__(self, *args: Any, limits: Mapping[str, Sequence[int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limits = limits

    def validate_jumlah(self, field: LineField) -> None:
        if read_count(field.data or "") is None:
            raise ValidationError(lazy_gettext("Isi jumlah dengan angka 1 sampai %(most)s", most=MOST_PIECES))

    def validate_khusus(self, field: TextField) -> None:
        facts = beyond(self.limits, field.data or "")
        if facts:
            raise ValidationError(gettext(BEYOND, **facts))

    def read(self) -> Asked:
        """After `validate()`."""
        return Asked(
            quantity=read_count(self.jumlah.data or "") or 1,
            wish=self.khusus.data or "",
            needed_by=read_date(self.sebelum.data) if self.sebelum.data else None,
            name=self.nama.data or "",
            phone=self.wa.value or "",
            destination=self.kota.data or "",
            email=self.email.value,
        )


class ReplyForm(FlaskForm):  # type: ignore[misc]
    """A message with photos."""

    pesan = TextField(lazy_gettext("Balas"), longest=4000)
    foto = MultipleFileField(lazy_gettext("Tambah foto"))
    kunci = HiddenField()

    @property
    def form_key(self) -> str:
        """The key that makes a repeat the same message; empty when the form was tampered with."""
        return read_key(self.kunci.data)


class EndForm(FlaskForm):  # type: ignore[misc]
    """Declining or withdrawing, with a word why."""

    alasan = TextField(lazy_gettext("Alasan"), longest=500)


class FindForm(Form):  # type: ignore[misc]
    """The number of an order as somebody wrote it down; only leads on, so it needs no token."""

    kode = LineField(lazy_gettext("Nomor pesanan"), longest=40)


class DigitsForm(FlaskForm):  # type: ignore[misc]
    """The last four digits of one's own number."""

    angka = LineField(lazy_gettext("Empat angka terakhir nomor WhatsApp Anda"))

    def validate_angka(self, field: LineField) -> None:
        if not re.fullmatch(r"\d{4}", clean_line(field.data), re.ASCII):
            raise ValidationError(lazy_gettext("Isi empat angka, misalnya 7890"))
