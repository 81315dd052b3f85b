"""A bank's list at the payment desk: the file, which column is which, and what becomes of a line."""

from __future__ import annotations

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from shop.domain.bank_file import Table
from shop.domain.bank_list import Columns
from shop.forms.fields import LineField

NONE = SelectChoice("", lazy_gettext("Tidak ada"))


class StatementForm(FlaskForm):  # type: ignore[misc]
    """The file and the account it is of."""

    sumber = SelectField(lazy_gettext("Rekening atau laporan"))
    berkas = FileField(lazy_gettext("Berkas CSV"))


class ColumnsForm(FlaskForm):  # type: ignore[misc]
    """Which heading is which; the choices are the headings of this file."""

    tanggal = SelectField(lazy_gettext("Tanggal"), [DataRequired(lazy_gettext("Pilih kolom tanggal"))])
    jumlah = SelectField(
        lazy_gettext("Uang masuk (kredit), atau jumlah"), [DataRequired(lazy_gettext("Pilih kolom jumlah"))]
    )
    arah = SelectField(lazy_gettext("Masuk atau keluar (CR/DB)"))
    keterangan = SelectField(lazy_gettext("Keterangan"))
    referensi = SelectField(lazy_gettext("Nomor referensi"))
    biaya = SelectField(lazy_gettext("Biaya (MDR)"))

    def offer(self, table: Table, columns: Columns, *, fees: bool) -> None:
        """The headings of the file as choices, and what was told or guessed as chosen; `fees`: it may tell of them."""
        if not fees:
            del self.biaya
        told = vars(columns).values()
        for field, chosen in zip(self._fields_in_order(), told, strict=False):
            field.choices = [NONE, *map(SelectChoice, table.head)]
            if field.data is None:
                field.data = chosen if chosen in table.head else ""

    def read(self) -> Columns:
        return Columns(*(field.data or "" for field in self._fields_in_order()))

    def _fields_in_order(self) -> tuple[SelectField, ...]:
        first = (self.tanggal, self.jumlah, self.arah, self.keterangan, self.referensi)
        return (*first, self.biaya) if self.biaya is not None else first


class AssignForm(FlaskForm):  # type: ignore[misc]
    """Which order a line is for."""

    kode = LineField(lazy_gettext("Nomor pesanan"), [DataRequired(lazy_gettext("Isi nomor pesanan"))])


class AsideForm(FlaskForm):  # type: ignore[misc]
    """Why a line is none of ours."""

    alasan = LineField(lazy_gettext("Uang apa ini?"), [DataRequired(lazy_gettext("Tulis uang apa ini"))])
