"""What people type about themselves."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, ValidationError

from shop.domain.consent import CONSENT_LABELS, Purpose
from shop.domain.passwords import weakness
from shop.forms.fields import EmailField, LineField, NameField, PhoneField, SecretField, read_identifier


class SignInForm(FlaskForm):  # type: ignore[misc]
    """E-mail or number, and the password."""

    identifier = LineField(
        lazy_gettext("Email atau nomor WhatsApp"),
        [DataRequired(lazy_gettext("Isi email atau nomor WhatsApp"))],
    )
    password = SecretField(lazy_gettext("Kata sandi"), [DataRequired(lazy_gettext("Isi kata sandi"))])

    @property
    def contact(self) -> tuple[str | None, str | None]:
        """(e-mail, number): what was typed, read as one of them."""
        return read_identifier(self.identifier.data or "")


class ForgotForm(FlaskForm):  # type: ignore[misc]
    """Who cannot get in."""

    identifier = LineField(
        lazy_gettext("Email atau nomor WhatsApp"),
        [DataRequired(lazy_gettext("Isi email atau nomor WhatsApp"))],
    )

    def validate_identifier(self, field: Any) -> None:
        if field.data and self.contact == (None, None):
            raise ValidationError(lazy_gettext("Isi email atau nomor WhatsApp, misalnya 0812 3456 7890"))

    @property
    def contact(self) -> tuple[str | None, str | None]:
        return read_identifier(self.identifier.data or "")


class NewPasswordForm(FlaskForm):  # type: ignore[misc]
    """A password to sign in with from now on."""

    password = SecretField(
        lazy_gettext("Kata sandi baru"), [DataRequired(lazy_gettext("Isi kata sandi baru"))]
    )

    def __init__(self, *args: Any, known: tuple[str | None, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known

    def validate_password(self, field: Any) -> None:
        refuse_weak(field, self.known)


class RegisterForm(FlaskForm):  # type: ignore[misc]
    """Name, a way to reach the person, a password and what they agree to."""

    name = NameField(
        lazy_gettext("Nama lengkap"), [DataRequired(lazy_gettext("Isi nama lengkap"))], longest=100
    )
    email = EmailField(lazy_gettext("Email"), [Optional()])
    phone = PhoneField(lazy_gettext("Nomor WhatsApp"), [Optional()])
    password = SecretField(lazy_gettext("Kata sandi"), [DataRequired(lazy_gettext("Isi kata sandi"))])
    account = BooleanField(
        lazy_gettext(CONSENT_LABELS[Purpose.ACCOUNT]),
        [DataRequired(lazy_gettext("Centang persetujuan ini; tanpa itu akun tidak dapat dibuat"))],
    )
    news = BooleanField(lazy_gettext(CONSENT_LABELS[Purpose.NEWS]))

    def validate_password(self, field: Any) -> None:
        refuse_weak(field, (self.name.data, self.email.data, self.phone.data))

    def validate(self, extra_validators: Any = None) -> bool:
        """One way to reach the person must be there."""
        fine = super().validate(extra_validators)
        if not (self.email.data or self.phone.data):
            self.email.errors = [lazy_gettext("Isi email, nomor WhatsApp, atau keduanya")]
            return False
        return bool(fine)

    @property
    def consents(self) -> list[Purpose]:
        return [Purpose.ACCOUNT, *([Purpose.NEWS] if self.news.data else [])]


class CodeForm(FlaskForm):  # type: ignore[misc]
    """A code of the authenticator app, or a recovery code."""

    code = LineField(lazy_gettext("Kode"), [DataRequired(lazy_gettext("Isi kodenya"))], longest=40)


class SetUpForm(CodeForm):
    """The first code of a new app, with the password of who is signed in already."""

    password = SecretField(
        lazy_gettext("Kata sandi Anda"), [DataRequired(lazy_gettext("Isi kata sandi Anda"))]
    )


def refuse_weak(field: Any, known: tuple[str | None, ...]) -> None:
    """The sentence that says how to make the password stronger, at its field."""
    sentence = weakness(field.data or "", known=known) if field.data else None
    if sentence:
        raise ValidationError(lazy_gettext(sentence))


class ProfileForm(FlaskForm):  # type: ignore[misc]
    """Name, the language of letters, and for staff the keyboard shortcuts."""

    name = NameField(
        lazy_gettext("Nama lengkap"), [DataRequired(lazy_gettext("Isi nama lengkap"))], longest=100
    )
    language = RadioField(
        lazy_gettext("Bahasa surat dan pemberitahuan"),
        choices=[SelectChoice("id", "Bahasa Indonesia"), SelectChoice("en", "English")],
        validators=[DataRequired(lazy_gettext("Pilih bahasa"))],
    )
    shortcuts_on = BooleanField(lazy_gettext("Pintasan papan ketik di halaman kurasi menyala"))


class PasswordAgainForm(FlaskForm):  # type: ignore[misc]
    """The password once more, before something that matters."""

    password = SecretField(
        lazy_gettext("Kata sandi Anda"), [DataRequired(lazy_gettext("Isi kata sandi Anda"))]
    )


class ChangePasswordForm(PasswordAgainForm):
    """The old password and the new one."""

    new = SecretField(lazy_gettext("Kata sandi baru"), [DataRequired(lazy_gettext("Isi kata sandi baru"))])

    def __init__(self, *args: Any, known: tuple[str | None, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known

    def validate_new(self, field: Any) -> None:
        refuse_weak(field, self.known)


class ChangeEmailForm(PasswordAgainForm):
    """A new address, and the password."""

    email = EmailField(
        lazy_gettext("Email baru"), [DataRequired(lazy_gettext("Isi alamat email, misalnya nama@contoh.id"))]
    )


class ChangePhoneForm(PasswordAgainForm):
    """Another number, or none, and the password."""

    phone = PhoneField(lazy_gettext("Nomor WhatsApp"), [Optional()])
