"""A transfer to a maker, as the bank's receipt has it."""

from __future__ import annotations

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms.validators import DataRequired

from shop.forms.fields import LineField, TextField
from shop.forms.quoting import RupiahField


class PayoutForm(FlaskForm):  # type: ignore[misc]
    jumlah = RupiahField(
        lazy_gettext("Jumlah yang ditransfer"), [DataRequired(lazy_gettext("Isi jumlah yang ditransfer"))]
    )
    referensi = LineField(
        lazy_gettext("Referensi bank"),
        [DataRequired(lazy_gettext("Isi nomor referensi dari bank"))],
        longest=60,
    )


class AdvanceForm(FlaskForm):  # type: ignore[misc]
    """Part of what is held goes to the maker before the order is completed."""

    jumlah = RupiahField(
        lazy_gettext("Jumlah yang diteruskan"), [DataRequired(lazy_gettext("Isi jumlah yang diteruskan"))]
    )
    alasan = TextField(
        lazy_gettext("Alasan"),
        [DataRequired(lazy_gettext("Tulis alasannya, misalnya membeli benang"))],
        longest=500,
    )


class ReturnedForm(FlaskForm):  # type: ignore[misc]
    """Why a transfer counts no longer."""

    alasan = TextField(
        lazy_gettext("Alasan"),
        [DataRequired(lazy_gettext("Tulis alasannya, misalnya nomor rekening tidak cocok"))],
        longest=500,
    )
