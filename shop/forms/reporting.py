"""What a visitor says is wrong with a work."""

from __future__ import annotations

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from shop.domain.report import REPORT_LABELS
from shop.forms.fields import LineField, TextField


class ReportForm(FlaskForm):  # type: ignore[misc]
    """`kunci` makes a form that was pressed twice one report."""

    kunci = HiddenField()
    alasan = RadioField(lazy_gettext("Apa yang tidak sesuai?"), validators=[Optional()], validate_choice=False,
                        choices=[SelectChoice(value, lazy_gettext(words)) for value, words in REPORT_LABELS.items()])  # fmt: skip
    keterangan = TextField(lazy_gettext("Keterangan"), longest=2_000)
    kontak = LineField(lazy_gettext("Email atau WhatsApp Anda"))
