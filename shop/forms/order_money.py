"""What is typed about the money of an order: how much goes back, why, and a bank's reference.

Several of these stand on one page, so their fields have ids of their own.
"""

from __future__ import annotations

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms.validators import DataRequired, ValidationError

from shop.domain.refund_account import RefundAccount, read_number
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


class RefundAccountForm(FlaskForm):  # type: ignore[misc]
    """Where the buyer wants their money back."""

    bank = LineField(
        lazy_gettext("Bank"), [DataRequired(lazy_gettext("Isi nama bank"))], longest=60, id="kembali-bank"
    )
    nomor = LineField(
        lazy_gettext("Nomor rekening"), [DataRequired(lazy_gettext("Isi nomor rekening"))], id="kembali-nomor"
    )
    nama = LineField(
        lazy_gettext("Atas nama"),
        [DataRequired(lazy_gettext("Isi nama pemilik rekening"))],
        longest=100,
        id="kembali-nama",
    )

    def validate_nomor(self, field: LineField) -> None:
        if read_number(field.data or "") is None:
            raise ValidationError(lazy_gettext("Tulis nomor rekening dengan angka saja, 6 sampai 20 angka"))

    def read(self) -> RefundAccount:
        return RefundAccount(
            self.bank.data or "", read_number(self.nomor.data or "") or "", self.nama.data or ""
        )


class DoneForm(FlaskForm):  # type: ignore[misc]
    """What was done about a task that no step of the deal ends."""

    kata = TextField(
        lazy_gettext("Apa yang dilakukan?"),
        [DataRequired(lazy_gettext("Tulis apa yang dilakukan"))],
        longest=500,
    )
