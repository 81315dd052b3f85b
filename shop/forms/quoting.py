"""What a producer writes into a quote, and what a buyer says to it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, HiddenField
from wtforms.validators import ValidationError

from shop.domain.money import read_rupiah
from shop.domain.quote import (
    LEAST_DEPOSIT_PERCENT,
    LONGEST_LEAD_DAYS,
    LONGEST_VALID_DAYS,
    MOST_DEPOSIT_PERCENT,
)
from shop.domain.words import N_
from shop.forms.address import AddressForm
from shop.forms.asking import beyond, read_count, read_date
from shop.forms.fields import LineField, TextField

MOST_LINES = 8
CLOSING = time(17, 0)  # a quote that is valid until a day ends when the gallery does
BEYOND = N_(
    "%(what)s karya ini Anda batasi %(smallest)s–%(largest)s cm. Ubah ukurannya di sini, atau batasnya di karya itu"
)
PRICE = lazy_gettext("Harga harus angka, misalnya 1.250.000")


@dataclass(frozen=True)
class Written:
    """One line as it was typed, typed."""

    title: str
    size: str
    material: str
    quantity: int
    unit_idr: int
    listing_id: int | None


class RupiahField(LineField):
    """Whole rupiah; `.value` is the amount, None when left empty."""

    @property
    def value(self) -> int | None:
        return read_rupiah(self.data) if self.data else None

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        try:
            _ = self.value
        except ValueError:
            raise ValidationError(PRICE) from None


class QuoteLineForm(Form):  # type: ignore[misc]
    """One line of a quote. An empty one is left out."""

    karya = HiddenField()
    judul = LineField(lazy_gettext("Barang"))
    ukuran = LineField(lazy_gettext("Ukuran"))
    bahan = LineField(lazy_gettext("Bahan dan warna"))
    jumlah = LineField(lazy_gettext("Jumlah"))
    harga = RupiahField(lazy_gettext("Harga satuan"))

    @property
    def empty(self) -> bool:
        return not (self.judul.data or self.harga.data)

    def validate_judul(self, field: LineField) -> None:
        if not self.empty and not field.data:
            raise ValidationError(lazy_gettext("Isi nama barangnya"))

    def validate_jumlah(self, field: LineField) -> None:
        if not self.empty and read_count(field.data or "") is None:
            raise ValidationError(lazy_gettext("Isi jumlah dengan angka, misalnya 1"))

    def validate_harga(self, field: RupiahField) -> None:
        if not self.empty and not field.errors and not field.data:
            raise ValidationError(PRICE)

    def work(self, listings: Sequence[int]) -> int | None:
        """The work of the line, if it is one of these."""
        number = int(self.karya.data) if re.fullmatch(r"\d{1,18}", self.karya.data or "", re.ASCII) else None
        return number if number in listings else None

    def read(self, listings: Sequence[int]) -> Written:
        """`listings` are the works of this thread; any other number is nobody's."""
        return Written(
            title=self.judul.data or "",
            size=self.ukuran.data or "",
            material=self.bahan.data or "",
            quantity=read_count(self.jumlah.data or "") or 1,
            unit_idr=self.harga.value or 0,
            listing_id=self.work(listings),
        )


class QuoteForm(FlaskForm):  # type: ignore[misc]
    """A whole quote. Hand in `today` of the council, and the `limits` of the works that name some, by listing."""

    baris = FieldList(FormField(QuoteLineForm), max_entries=MOST_LINES)
    ongkir = RupiahField(lazy_gettext("Ongkos kirim"))
    kurir = LineField(lazy_gettext("Dikirim dengan"))
    kemasan = RupiahField(lazy_gettext("Kemasan"))
    dp = LineField(lazy_gettext("Uang muka (DP), persen"))
    lama = LineField(lazy_gettext("Lama pengerjaan, hari"))
    sampai = LineField(lazy_gettext("Berlaku sampai"))
    catatan = TextField(lazy_gettext("Catatan untuk pembeli"), longest=2000)
    kunci = HiddenField()

    def __init__(
        self,
        *args: Any,
        today: date,
        limits: Mapping[int, Mapping[str, Sequence[int]]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.limits = today, limits or {}

    def validate(self, extra_validators: Any = None) -> bool:
        """Sizes are held against what the maker said at the work can be made."""
        good = bool(super().validate(extra_validators))
        for line in self.filled:
            work = line.work(list(self.limits))
            facts = beyond(self.limits[work], line.ukuran.data or "") if work else {}
            if facts:
                line.ukuran.errors = [gettext(BEYOND, **facts)]
                good = False
        return good

    @property
    def filled(self) -> list[QuoteLineForm]:
        return [entry.form for entry in self.baris if not entry.form.empty]

    def validate_baris(self, _field: FieldList) -> None:
        if not self.filled:
            raise ValidationError(lazy_gettext("Isi paling sedikit satu barang dengan harganya"))

    def validate_ongkir(self, field: RupiahField) -> None:
        if not field.errors and field.data is not None and field.data == "":
            raise ValidationError(lazy_gettext("Isi ongkos kirim, atau 0 bila tidak ada"))

    def validate_dp(self, field: LineField) -> None:
        if _number(field.data, LEAST_DEPOSIT_PERCENT, MOST_DEPOSIT_PERCENT) is None:
            raise ValidationError(
                lazy_gettext(
                    "Isi %(least)s sampai %(most)s", least=LEAST_DEPOSIT_PERCENT, most=MOST_DEPOSIT_PERCENT
                )
            )

    def validate_lama(self, field: LineField) -> None:
        if _number(field.data, 0, LONGEST_LEAD_DAYS) is None:
            raise ValidationError(lazy_gettext("Isi jumlah hari, 0 sampai %(most)s", most=LONGEST_LEAD_DAYS))

    def validate_sampai(self, field: LineField) -> None:
        day = read_date(field.data or "")
        if day is None:
            raise ValidationError(lazy_gettext("Isi tanggal seperti 20/12/2026"))
        if not self.today < day <= self.today + timedelta(days=LONGEST_VALID_DAYS):
            raise ValidationError(
                lazy_gettext(
                    "Isi tanggal setelah hari ini, paling lama %(n)s hari lagi", n=LONGEST_VALID_DAYS
                )
            )

    @property
    def form_key(self) -> str:
        key = self.kunci.data or ""
        return key if re.fullmatch(r"[0-9a-f]{32}", key) else ""

    @property
    def deposit_percent(self) -> int:
        return _number(self.dp.data, LEAST_DEPOSIT_PERCENT, MOST_DEPOSIT_PERCENT) or MOST_DEPOSIT_PERCENT

    @property
    def lead_time_days(self) -> int:
        return _number(self.lama.data, 0, LONGEST_LEAD_DAYS) or 0

    def valid_until(self, zone: ZoneInfo) -> datetime:
        """The day's closing hour on the council's clocks. After `validate()`."""
        day = read_date(self.sampai.data or "")
        assert day is not None  # noqa: S101  (validated)
        return datetime.combine(day, CLOSING, zone)


class ShippingForm(QuoteForm):
    """A quote for works that stand ready: their prices stand, the maker writes the shipping alone."""

    baris = kemasan = dp = lama = None  # type: ignore[assignment]
    filled: list[QuoteLineForm] = []
    deposit_percent = MOST_DEPOSIT_PERCENT
    lead_time_days = 0


class CounterForm(FlaskForm):  # type: ignore[misc]
    """What the buyer would like otherwise."""

    permintaan = TextField(lazy_gettext("Apa yang ingin diubah"), longest=2000)

    def validate_permintaan(self, field: TextField) -> None:
        if not field.data:
            raise ValidationError(lazy_gettext("Tulis apa yang ingin diubah"))


class AcceptForm(AddressForm):
    """The second screen: where it goes, and yes to the amount."""

    nomor = HiddenField()


def _number(text: str | None, least: int, most: int) -> int | None:
    digits = re.sub(r"[\s%]", "", text or "")
    if not re.fullmatch(r"\d{1,4}", digits, re.ASCII):
        return None
    return int(digits) if least <= int(digits) <= most else None
