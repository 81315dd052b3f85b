"""What a producer says when asking to join, and whom one invites."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError

from shop.domain.consent import CONSENT_LABELS, Purpose
from shop.domain.producer import PRODUCER_KIND_LABELS
from shop.domain.roles import MEMBER_ROLE_LABELS, MemberRole
from shop.forms.fields import EmailField, LineField, NameField, PhoneField, TextField, read_identifier

Place = tuple[str, str, Sequence[str]]  # code and name of a district, names of its villages
BETWEEN = "|"
WRITE_WHY = lazy_gettext("Tulis alasannya; yang bersangkutan membacanya")


class JoinForm(FlaskForm):  # type: ignore[misc]
    """Name, kind, crafts, place, number, story and consent. Needs the council's crafts and places."""

    name = NameField(
        lazy_gettext("Nama kelompok atau bengkel"),
        [DataRequired(lazy_gettext("Isi nama kelompok atau bengkel"))],
        longest=100,
    )
    kind = RadioField(
        lazy_gettext("Bentuk"),
        choices=[
            SelectChoice(kind.value, lazy_gettext(label)) for kind, label in PRODUCER_KIND_LABELS.items()
        ],
        validators=[DataRequired(lazy_gettext("Pilih kelompok atau bengkel"))],
    )
    crafts = SelectMultipleField(
        lazy_gettext("Kerajinan"), [DataRequired(lazy_gettext("Pilih paling sedikit satu kerajinan"))]
    )
    district = SelectField(lazy_gettext("Kecamatan"), validate_choice=False)
    village = SelectField(lazy_gettext("Desa atau kelurahan"), validate_choice=False)
    phone = PhoneField(
        lazy_gettext("Nomor WhatsApp"),
        [DataRequired(lazy_gettext("Isi nomor WhatsApp, misalnya 0812 3456 7890"))],
    )
    story = TextField(
        lazy_gettext("Cerita singkat"),
        [DataRequired(lazy_gettext("Tulis beberapa kalimat tentang kelompok Anda"))],
        longest=2000,
    )
    profile = BooleanField(
        lazy_gettext(CONSENT_LABELS[Purpose.PROFILE]),
        [DataRequired(lazy_gettext("Centang persetujuan ini; tanpa itu profil tidak dapat tampil"))],
    )

    def __init__(
        self, *args: Any, crafts: Sequence[tuple[str, str]], places: Sequence[Place], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choose = SelectChoice("", lazy_gettext("Pilih"))
        self._villages = {(code, village) for code, _name, villages in places for village in villages}
        self.crafts.choices = [SelectChoice(code, name) for code, name in crafts]
        self.district.choices = [choose, *(SelectChoice(code, name) for code, name, _villages in places)]
        self.village.choices = [choose] + [
            SelectChoice(f"{code}{BETWEEN}{village}", village, optgroup=name)
            for code, name, villages in places
            for village in villages
        ]

    @property
    def village_name(self) -> str:
        """The village that was chosen, without its district."""
        return (self.village.data or "").partition(BETWEEN)[2]

    def validate_district(self, field: Any) -> None:
        if not any(code == field.data for code, _village in self._villages):
            raise ValidationError(lazy_gettext("Pilih kecamatan"))

    def validate_village(self, field: Any) -> None:
        """Both are checked together, for the lists do not follow each other without script."""
        code, _between, village = (field.data or "").partition(BETWEEN)
        if (code, village) not in self._villages:
            raise ValidationError(lazy_gettext("Pilih desa atau kelurahan"))
        if code != self.district.data:
            raise ValidationError(
                lazy_gettext(
                    "Desa ini bukan di kecamatan yang dipilih. Pilih desa di bawah nama kecamatannya"
                )
            )


class InviteForm(FlaskForm):  # type: ignore[misc]
    """Whom to invite: an address, or a number to which the link is handed over."""

    contact = LineField(
        lazy_gettext("Email atau nomor WhatsApp"),
        [DataRequired(lazy_gettext("Isi email atau nomor WhatsApp"))],
    )

    def validate_contact(self, field: Any) -> None:
        if field.data and read_identifier(field.data) == (None, None):
            raise ValidationError(lazy_gettext("Isi email atau nomor WhatsApp, misalnya 0812 3456 7890"))

    @property
    def value(self) -> tuple[str | None, str | None]:
        """(e-mail, number): one of them."""
        return read_identifier(self.contact.data or "")


class InviteMemberForm(InviteForm):
    """The same, and as what."""

    role = RadioField(
        lazy_gettext("Sebagai"),
        choices=[
            SelectChoice(role.value, lazy_gettext(MEMBER_ROLE_LABELS[role]))
            for role in (MemberRole.MEMBER, MemberRole.ASSISTANT)
        ],
        default=MemberRole.MEMBER.value,
        validators=[DataRequired(lazy_gettext("Pilih anggota atau pendamping"))],
    )


class InviteStaffForm(FlaskForm):  # type: ignore[misc]
    """A colleague's address and task."""

    email = EmailField(
        lazy_gettext("Email"), [DataRequired(lazy_gettext("Isi alamat email, misalnya nama@contoh.id"))]
    )
    role = RadioField(
        lazy_gettext("Sebagai"),
        choices=[
            SelectChoice("curator", lazy_gettext("Kurator")),
            SelectChoice("administrator", lazy_gettext("Pengurus")),
        ],
        default="curator",
        validators=[DataRequired(lazy_gettext("Pilih kurator atau pengurus"))],
    )


class WhyForm(FlaskForm):  # type: ignore[misc]
    """A reason that the person concerned reads."""

    why = TextField(
        lazy_gettext("Alasan"),
        [DataRequired(WRITE_WHY)],
        longest=1000,
    )
