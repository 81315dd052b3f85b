"""Buying what stands ready: how many of each, who buys, where it goes, and yes to keeping that for the order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from flask_babel import lazy_gettext
from wtforms import BooleanField, HiddenField
from wtforms.form import FormMeta

from shop.forms.address import PICK_UP, AddressForm
from shop.forms.asking import needed, read_count, read_key
from shop.forms.basket import count_typed
from shop.forms.fields import EmailField, LineField, NameField, PhoneField

ABOVE_THE_ADDRESS = ("jumlah-", "nama", "wa", "email")


class BuyForm(AddressForm):
    """Made by `buy_form`, with a field for each work. The buyer stands in for a recipient who is not named."""

    nama = NameField(lazy_gettext("Nama lengkap"), [needed(lazy_gettext("Isi nama lengkap Anda"))])
    wa = PhoneField(lazy_gettext("Nomor WhatsApp"))
    email = EmailField(lazy_gettext("Email"))
    setuju = BooleanField(
        lazy_gettext("Nama, kontak, dan alamat saya disimpan untuk pesanan ini dan pemberitahuannya."),
        [needed(lazy_gettext("Beri persetujuan agar pesanan dapat kami catat"))],
    )
    simpan = BooleanField(lazy_gettext("Simpan alamat ini di akun saya"))
    kunci = HiddenField()

    def __iter__(self) -> Iterator[Any]:
        """In the order of the page: the works and the buyer stand above the address."""
        return iter(
            sorted(super().__iter__(), key=lambda field: not field.name.startswith(ABOVE_THE_ADDRESS))
        )

    def sentences(self) -> Mapping[str, Any]:
        asked = dict(super().sentences())
        asked.pop("penerima", None)
        asked.pop("telepon", None)
        if self.cara.data != PICK_UP and not self.wa.data and not self.telepon.data:
            asked["wa"] = lazy_gettext("Isi nomor WhatsApp, kurir memerlukannya")
        elif not self.wa.data and not self.email.data:
            asked["wa"] = lazy_gettext("Isi nomor WhatsApp atau email, supaya kami dapat mengabari Anda")
        return asked

    @property
    def address(self) -> dict[str, str]:
        filled = super().address
        if not filled:
            return {}
        filled.setdefault("penerima", self.nama.data or "")
        if self.wa.value:
            filled.setdefault("telepon", self.wa.value)
        return filled

    @property
    def phone(self) -> str:
        """The buyer's number, else the recipient's; empty for who picks up and left an e-mail alone."""
        return self.wa.value or (self.telepon.value if not self.pick_up else None) or ""

    @property
    def form_key(self) -> str:
        return read_key(self.kunci.data)

    def how_many(self, slug: str) -> int:
        return read_count(self[f"jumlah-{slug}"].data or "") or 1


def buy_form(works: Mapping[str, str], **values: Any) -> BuyForm:
    """The form for works (slug → title)."""
    fields = {
        f"jumlah-{slug}": LineField(
            lazy_gettext("Jumlah, %(title)s", title=title), [count_typed], default="1"
        )
        for slug, title in works.items()
    }
    return cast(BuyForm, FormMeta("Buy", (BuyForm,), fields)(**values))


def seen_idr(text: str | None) -> int | None:
    """A price that the page of before showed, in a hidden field: whole rupiah, or None."""
    return int(text) if text and re.fullmatch(r"\d{1,12}", text, re.ASCII) else None
