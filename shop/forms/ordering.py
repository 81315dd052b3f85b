"""What is typed at the steps of an order: a word why, a photo, a tracking number."""

from __future__ import annotations

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms.validators import DataRequired

from shop.forms.fields import LineField, TextField
from shop.forms.quoting import RupiahField


class WordsForm(FlaskForm):  # type: ignore[misc]
    """A step that needs a sentence: cancel, problem, cannot deliver, a curator's decision."""

    kata = TextField(
        lazy_gettext("Penjelasan"), [DataRequired(lazy_gettext("Tulis penjelasannya"))], longest=2000
    )


class SureForm(FlaskForm):  # type: ignore[misc]
    """A step that needs nothing but yes."""


class PhotoStepForm(FlaskForm):  # type: ignore[misc]
    """A dated photo from the workshop."""

    foto = FileField(lazy_gettext("Foto"))
    kata = TextField(lazy_gettext("Keterangan"), longest=500)


class ShipForm(FlaskForm):  # type: ignore[misc]
    """Handed to a courier."""

    kurir = LineField(lazy_gettext("Kurir"), [DataRequired(lazy_gettext("Isi nama kurir, misalnya JNE"))])
    resi = LineField(lazy_gettext("Nomor resi"), [DataRequired(lazy_gettext("Isi nomor resi"))])


class ProofForm(FlaskForm):  # type: ignore[misc]
    """A photo of the transfer slip."""

    bukti = FileField(lazy_gettext("Foto bukti transfer"))


class RefundForm(WordsForm):
    """A curator gives part of the money back."""

    jumlah = RupiahField(
        lazy_gettext("Jumlah yang dikembalikan"), [DataRequired(lazy_gettext("Isi jumlahnya"))]
    )


class ReceivedForm(FlaskForm):  # type: ignore[misc]
    """What arrived at the bank."""

    jumlah = RupiahField(
        lazy_gettext("Jumlah yang masuk"), [DataRequired(lazy_gettext("Isi jumlah yang masuk"))]
    )


class AccountForm(FlaskForm):  # type: ignore[misc]
    """A bank account of the council, waiting for a second person."""

    bank = LineField(lazy_gettext("Bank"), [DataRequired(lazy_gettext("Isi nama bank"))])
    nomor = LineField(lazy_gettext("Nomor rekening"), [DataRequired(lazy_gettext("Isi nomor rekening"))])
    nama = LineField(lazy_gettext("Atas nama"), [DataRequired(lazy_gettext("Isi nama pemilik rekening"))])
