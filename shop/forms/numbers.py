"""Fields for figures as people type them: whole numbers, rupiah, kilograms, and one choice of several."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from shop.domain.money import read_rupiah
from shop.forms.fields import LineField

HEAVIEST_G = 500_000


class WholeField(LineField):
    """A whole number between two bounds; `.value` is it, or None when left empty."""

    def __init__(
        self, label: Any, validators: Any = None, *, smallest: int = 1, largest: int = 9_999, **rest: Any
    ) -> None:
        super().__init__(label, validators, longest=20, **rest)
        self.smallest, self.largest = smallest, largest

    @property
    def value(self) -> int | None:
        text = re.sub(r"[.\s]", "", self.data or "")
        return int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else None

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.data and (self.value is None or not self.smallest <= self.value <= self.largest):
            raise ValidationError(
                lazy_gettext(
                    "Isi angka bulat dari %(smallest)s sampai %(largest)s",
                    smallest=self.smallest,
                    largest=self.largest,
                )
            )


class PriceField(LineField):
    """Whole rupiah, typed as people type them; `.value` is the amount, or None when left empty."""

    def __init__(self, label: Any, validators: Any = None, **rest: Any) -> None:
        super().__init__(label, validators, longest=40, **rest)

    @property
    def value(self) -> int | None:
        try:
            return read_rupiah(self.data or "") or None
        except ValueError:
            return None

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.data and self.value is None:
            raise ValidationError(lazy_gettext("Harga harus angka, misalnya 1.250.000"))


class WeightField(LineField):
    """Kilograms with a comma, or grams where they say so; `.value` is whole grams, or None when left empty."""

    def __init__(self, label: Any, validators: Any = None, **rest: Any) -> None:
        super().__init__(label, validators, longest=20, **rest)

    @property
    def value(self) -> int | None:
        text = re.sub(r"\s", "", (self.data or "").lower())
        match = re.fullmatch(r"(\d{1,6})(?:[.,](\d{1,3}))?(kg|g|gram)?", text, re.ASCII)
        if match is None:
            return None
        whole, part, unit = match.groups()
        if unit in ("g", "gram"):
            return int(whole) if part is None else int(whole + part) if len(part) == 3 else None
        return int(whole) * 1000 + int((part or "").ljust(3, "0"))

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.data and not (self.value and self.value <= HEAVIEST_G):
            raise ValidationError(lazy_gettext("Isi berat dalam kg, misalnya 1,2"))


class OneOf(RadioField):  # type: ignore[misc]
    """One of several, or none yet; `.value` is the key, or None. Labels are marked sentences, translated here."""

    def __init__(self, label: Any, choices: Mapping[Any, str], **rest: Any) -> None:
        offered = [SelectChoice(str(key), lazy_gettext(words)) for key, words in choices.items()]
        super().__init__(label, choices=offered, **rest)
        self.type = "RadioField"  # how templates know it

    @property
    def value(self) -> str | None:
        return self.data or None

    def process_data(self, value: Any) -> None:
        self.data = str(value) if value else ""

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002
        if self.data and self.data not in [choice.value for choice in self.choices]:
            raise ValidationError(lazy_gettext("Pilih salah satu dari daftar"))
