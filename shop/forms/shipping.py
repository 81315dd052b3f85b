"""A row of the table of rates: places that cost the same, and what a parcel costs by its weight."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, HiddenField
from wtforms.validators import DataRequired, ValidationError

from shop.areas import indonesia
from shop.domain.shipping import USUAL_DIVISOR
from shop.domain.words import N_
from shop.forms.fields import LineField, TextField
from shop.forms.numbers import OneOf, WeightField
from shop.forms.quoting import RupiahField

MOST_STEPS = 20
DIVISORS = {USUAL_DIVISOR: N_("P × L × T / 6000, seperti JNE"), 5000: N_("P × L × T / 5000, seperti J&T Cargo"),
            4000: N_("P × L × T / 4000")}  # fmt: skip


class StepForm(Form):  # type: ignore[misc]
    """Up to so many kilograms, so many rupiah. An empty one is left out."""

    berat = WeightField(lazy_gettext("Sampai (kg)"))
    harga = RupiahField(lazy_gettext("Ongkir"))

    @property
    def empty(self) -> bool:
        return not (self.berat.data or self.harga.data)

    def validate_berat(self, field: WeightField) -> None:
        if not self.empty and not field.data:
            raise ValidationError(lazy_gettext("Isi berat dalam kg, misalnya 1,2"))

    def validate_harga(self, field: RupiahField) -> None:
        if not self.empty and not field.errors and field.value is None:
            raise ValidationError(lazy_gettext("Harga harus angka, misalnya 1.250.000"))


class ZoneForm(FlaskForm):  # type: ignore[misc]
    """A destination, its places and its prices."""

    nama = LineField(lazy_gettext("Nama tujuan"), [DataRequired(lazy_gettext("Isi nama tujuan, misalnya Jawa"))],
                     longest=80)  # fmt: skip
    kurir = LineField(
        lazy_gettext("Kurir"), [DataRequired(lazy_gettext("Isi nama kurir, misalnya JNE"))], longest=80
    )
    hari = LineField(lazy_gettext("Lama kirim"), longest=40)
    pembagi = OneOf(lazy_gettext("Berat volume"), DIVISORS)
    tempat = TextField(lazy_gettext("Provinsi, kabupaten, kota, atau kecamatan"), longest=20_000)
    tarif = FieldList(FormField(StepForm), max_entries=MOST_STEPS)
    versi = HiddenField()

    def validate_pembagi(self, field: OneOf) -> None:
        if not field.value:
            raise ValidationError(lazy_gettext("Pilih cara menghitung berat volume"))

    def validate_tempat(self, field: TextField) -> None:
        lines = _lines(field.data)
        if not lines:
            raise ValidationError(lazy_gettext("Tulis paling sedikit satu tempat, satu per baris"))
        unknown = [line for line in lines if indonesia().named(line) is None]
        if unknown:
            raise ValidationError(
                gettext(
                    "Tidak ada, atau ada lebih dari satu: %(place)s. Tulis juga kabupatennya",
                    place=unknown[0],
                )
            )

    def validate_tarif(self, _field: FieldList) -> None:
        filled = [entry.form for entry in self.tarif if not entry.form.empty]
        weights = [step.berat.value for step in filled]
        if not filled:
            raise ValidationError(lazy_gettext("Isi paling sedikit satu berat dengan ongkirnya"))
        if len(set(weights)) < len(weights):
            raise ValidationError(lazy_gettext("Setiap berat cukup sekali"))

    @property
    def places(self) -> list[str]:
        """Official codes, after `validate()`."""
        return [code for line in _lines(self.tempat.data) if (code := indonesia().named(line))]

    @property
    def steps(self) -> dict[int, int]:
        """Grams up to → rupiah, after `validate()`."""
        filled = [entry.form for entry in self.tarif if not entry.form.empty]
        return {step.berat.value or 0: step.harga.value or 0 for step in filled}


def place_lines(codes: list[str]) -> str:
    """The places as a curator reads them, one to a line."""
    return "\n".join(indonesia().words_of(code) for code in codes)


def _lines(text: Any) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
