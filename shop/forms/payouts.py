"""A transfer to a maker, as the bank's receipt has it."""

from __future__ import annotations

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms.validators import DataRequired

from shop.forms.fields import LineField
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
