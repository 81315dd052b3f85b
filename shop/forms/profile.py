"""What a producer writes about itself, and when it is away."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField

from shop.forms.fields import LineField, NameField, PhoneField, TextField
from shop.forms.numbers import WholeField

LONGEST_QUOTE = 240
LONGEST_HOLIDAY = timedelta(days=180)


class ProfileForm(FlaskForm):  # type: ignore[misc]
    """The public profile. Nothing in it is required."""

    speaker = NameField(lazy_gettext("Nama yang berbicara"), longest=80)
    quote_id = LineField(lazy_gettext("Satu kalimat dari Anda"), longest=LONGEST_QUOTE)
    quote_en = LineField(lazy_gettext("Kalimat itu dalam bahasa Inggris"), longest=LONGEST_QUOTE)
    story_id = TextField(lazy_gettext("Cerita Anda"), longest=3_000)
    story_en = TextField(lazy_gettext("Cerita dalam bahasa Inggris"), longest=3_000)
    since_year = WholeField(lazy_gettext("Sejak tahun"), smallest=1900, largest=2100)
    member_count = WholeField(lazy_gettext("Jumlah anggota"), largest=500)
    techniques = LineField(lazy_gettext("Teknik yang dikuasai"), longest=200)
    training = LineField(lazy_gettext("Pelatihan yang diikuti"), longest=200)
    visiting_days = LineField(lazy_gettext("Hari menerima tamu"), longest=120)
    phone = PhoneField(lazy_gettext("Nomor WhatsApp"))
    phone_public = BooleanField(lazy_gettext("Tampilkan nomor WhatsApp di halaman publik"))

    def __init__(self, *args: Any, this_year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.since_year.largest = this_year

    @staticmethod
    def shown(fields: dict[str, Any]) -> dict[str, Any]:
        """What the inputs hold for stored fields."""
        numbers = {name: str(fields[name] or "") for name in ("since_year", "member_count")}
        return fields | numbers | {"phone": fields["phone"] or ""}

    def read(self) -> dict[str, Any]:
        """What to store."""
        words = (
            "speaker",
            "quote_id",
            "quote_en",
            "story_id",
            "story_en",
            "techniques",
            "training",
            "visiting_days",
        )
        return {name: self[name].data or "" for name in words} | {
            "since_year": self.since_year.value,
            "member_count": self.member_count.value,
            "phone": self.phone.value,
            "phone_public": bool(self.phone_public.data) and self.phone.value is not None,
        }


class HolidayForm(FlaskForm):  # type: ignore[misc]
    """Until which day nobody answers, and what buyers read meanwhile."""

    until = DateField(lazy_gettext("Libur sampai tanggal"))
    note = LineField(lazy_gettext("Pesan untuk pembeli"), longest=200)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        day = self.until.data
        if day is None:
            self.until.errors = [str(lazy_gettext("Pilih tanggal terakhir libur"))]
        elif not self.today <= day <= self.today + LONGEST_HOLIDAY:
            self.until.errors = [str(lazy_gettext("Pilih tanggal dari hari ini sampai enam bulan lagi"))]
        return not self.errors
