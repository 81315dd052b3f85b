"""The dollar's rate, as an administrator types it."""

from __future__ import annotations

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import ValidationError
from wtforms.validators import DataRequired

from shop.domain.money import read_rupiah
from shop.forms.fields import LineField

LEAST_IDR, MOST_IDR = 1_000, 1_000_000


class RateForm(FlaskForm):  # type: ignore[misc]
    kurs = LineField(lazy_gettext("Rupiah untuk satu dolar AS"), [DataRequired(lazy_gettext("Isi kurs"))])

    def validate_kurs(self, field: LineField) -> None:
        """A slip of the finger would stand beside every price."""
        try:
            rate = read_rupiah(field.data or "")
        except ValueError as problem:
            raise ValidationError(lazy_gettext("Isi kurs dalam rupiah, misalnya 16.250")) from problem
        if not LEAST_IDR <= rate <= MOST_IDR:
            raise ValidationError(lazy_gettext("Isi kurs dalam rupiah, misalnya 16.250"))

    def read(self) -> int:
        """Whole rupiah for a dollar."""
        return read_rupiah(self.kurs.data or "")
