"""What is typed about the money of an order: how much goes back, why, and a bank's reference.

Several of these stand on one page, so their fields have ids of their own.
"""

from __future__ import annotations

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms.validators import DataRequired

from shop.forms.fields import LineField, TextField
from shop.forms.quoting import RupiahField

AMOUNT = [DataRequired(lazy_gettext("Isi jumlahnya"))]
WHY = [DataRequired(lazy_gettext("Tulis penjelasannya"))]


class SurplusBackForm(FlaskForm):  # type: ignore[misc]
    """Surplus goes back to the buyer."""

    jumlah = RupiahField(lazy_gettext("Jumlah yang dikembalikan"), AMOUNT, id="lebih-jumlah")
    kata = TextField(lazy_gettext("Penjelasan untuk pembeli"), longest=500, id="lebih-kata")


class WriteOffForm(FlaskForm):  # type: ignore[misc]
    """A small shortfall is waived."""

    kata = TextField(lazy_gettext("Mengapa dihapus?"), WHY, longest=500, id="hapus-kata")


class SentBackForm(FlaskForm):  # type: ignore[misc]
    """A refund left the bank."""

    referensi = LineField(
        lazy_gettext("Nomor referensi bank"),
        [DataRequired(lazy_gettext("Isi nomor referensi bank"))],
        longest=60,
    )


class DoneForm(FlaskForm):  # type: ignore[misc]
    """What was done about a task that no step of the deal ends."""

    kata = TextField(
        lazy_gettext("Apa yang dilakukan?"),
        [DataRequired(lazy_gettext("Tulis apa yang dilakukan"))],
        longest=500,
    )
