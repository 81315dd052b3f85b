"""Where something goes: an address in Indonesia by its kecamatan, one abroad in free lines, or the gallery.

The kecamatan is one field. With script it offers names as one types; without, a name that more kecamatan bear comes
back as a choice between them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from shop.areas import Area, indonesia
from shop.forms.fields import LineField, PhoneField, TextField, shown_phone

SEND, ABROAD, PICK_UP = "kirim", "luar", "ambil"
WAYS = {
    SEND: lazy_gettext("Dikirim ke alamat di Indonesia"),
    ABROAD: lazy_gettext("Dikirim ke luar negeri"),
    PICK_UP: lazy_gettext("Ambil di Galeri"),
}


class KecamatanField(LineField):
    """The name of a kecamatan; `.area` is the one that is meant, `.choices` those it could be."""

    data: str | None
    area: Area | None = None
    choices: tuple[Area, ...] = ()

    def settle(self, code: str) -> bool:
        """Whether the text names one kecamatan, alone or together with the code that was chosen for it."""
        known = indonesia()
        meant = known.matching(self.data or "")
        chosen = known.by_code.get(code)
        if chosen is not None and len(meant) != 1 and chosen in (*meant, *known.offered(self.data or "")):
            meant = [chosen]
        if len(meant) == 1:
            self.area, self.data = meant[0], meant[0].words
            return True
        self.choices = tuple(meant or known.offered(self.data or ""))
        return False


class AddressForm(FlaskForm):  # type: ignore[misc]
    """An address in Indonesia or abroad."""

    cara = RadioField(lazy_gettext("Pengiriman"), choices=[SelectChoice(key, words) for key, words in WAYS.items()],
                      default=SEND)  # fmt: skip
    penerima = LineField(lazy_gettext("Nama penerima"))
    telepon = PhoneField(lazy_gettext("Nomor WhatsApp penerima"))
    jalan = LineField(lazy_gettext("Jalan, nomor, RT/RW"))
    desa = LineField(lazy_gettext("Desa/Kelurahan"))
    kecamatan = KecamatanField(lazy_gettext("Kecamatan"))
    kode = HiddenField()
    kodepos = LineField(lazy_gettext("Kode pos"), longest=10)
    patokan = LineField(lazy_gettext("Patokan"))
    luar = TextField(lazy_gettext("Alamat lengkap"), longest=500)
    negara = LineField(lazy_gettext("Negara"), longest=80)

    def sentences(self) -> Mapping[str, Any]:
        """What must be filled for this way, with the sentence for each."""
        who = {
            "penerima": lazy_gettext("Isi nama penerima"),
            "telepon": lazy_gettext("Isi nomor WhatsApp penerima"),
        }
        if self.cara.data == ABROAD:
            return who | {
                "luar": lazy_gettext("Isi alamat lengkap"),
                "negara": lazy_gettext("Isi nama negara"),
            }
        if self.cara.data == SEND:
            return who | {
                "jalan": lazy_gettext("Isi jalan dan nomor rumah"),
                "kecamatan": lazy_gettext("Isi kecamatan"),
            }
        return {}

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        for name, sentence in self.sentences().items():
            if not self[name].data:
                good = _wrong(self[name], sentence)
        if self.cara.data == SEND and self.kecamatan.data and not self.kecamatan.settle(self.kode.data or ""):
            good = _wrong(self.kecamatan, _which(self.kecamatan))
        return good

    def validate_kodepos(self, field: LineField) -> None:
        if self.cara.data == SEND and field.data and not re.fullmatch(r"\d{5}", field.data, re.ASCII):
            raise ValidationError(lazy_gettext("Kode pos terdiri dari lima angka"))

    @property
    def pick_up(self) -> bool:
        return bool(self.cara.data == PICK_UP)

    @property
    def address(self) -> dict[str, str]:
        """The filled fields by name, after `validate()`; empty for a pick-up."""
        if self.pick_up:
            return {}
        names = (
            ("penerima", "luar", "negara")
            if self.cara.data == ABROAD
            else ("penerima", "jalan", "desa", "kodepos", "patokan")
        )
        filled = {name: self[name].data for name in names if self[name].data}
        if self.telepon.value:
            filled["telepon"] = self.telepon.value
        area = self.kecamatan.area if self.cara.data == SEND else None
        if area is not None:
            filled |= {
                "kode": area.code,
                "kecamatan": area.name,
                "kabupaten": area.regency,
                "provinsi": area.province,
            }
        return filled

    def show(self, address: Mapping[str, str]) -> None:
        """Fill the fields from an address that is kept."""
        self.cara.data = ABROAD if address.get("negara") else SEND
        for name in ("penerima", "telepon", "jalan", "desa", "kodepos", "patokan", "luar", "negara"):
            self[name].data = address.get(name, "")
        self.telepon.data = shown_phone(address.get("telepon", ""))
        area = indonesia().by_code.get(address.get("kode", ""))
        self.kecamatan.data, self.kode.data = (
            (area.words, area.code) if area else (address.get("kecamatan", ""), "")
        )


def _wrong(field: Field, sentence: Any) -> bool:
    field.errors = [*field.errors, sentence][:1]
    return False


def _which(field: KecamatanField) -> Any:
    if field.choices:
        return lazy_gettext("Pilih kecamatan yang dimaksud di bawah ini")
    return lazy_gettext("Kecamatan ini tidak kami temukan. Periksa ejaannya, atau tulis nama kabupatennya")


class KeptAddressForm(AddressForm):
    """An address for the account: the gallery needs none."""

    usual = BooleanField(lazy_gettext("Pakai sebagai alamat utama"))

    def validate_cara(self, field: RadioField) -> None:
        if field.data == PICK_UP:
            raise ValidationError(lazy_gettext("Pilih alamat di Indonesia atau di luar negeri"))
