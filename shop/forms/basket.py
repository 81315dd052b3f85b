"""One form for all works in the basket: how many of each, a wish for each maker, the contact once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from flask_babel import gettext, lazy_gettext
from wtforms.form import FormMeta
from wtforms.validators import ValidationError

from shop.forms.asking import BEYOND, LONGEST_WISH, MOST_PIECES, ContactForm, beyond, read_count, read_date
from shop.forms.fields import LineField, TextField

Limits = Mapping[str, Sequence[int]]


@dataclass(frozen=True)
class Contact:
    """What the form holds besides the works, typed."""

    needed_by: date | None
    name: str
    phone: str
    destination: str
    email: str | None


def count_typed(_form: object, field: LineField) -> None:
    if read_count(field.data or "") is None:
        raise ValidationError(lazy_gettext("Isi jumlah dengan angka 1 sampai %(most)s", most=MOST_PIECES))


def _within(limits: Sequence[Limits]) -> Callable[[object, TextField], None]:
    """A size in the wish must fit one of the works that name limits."""

    def check(_form: object, field: TextField) -> None:
        found = [beyond(one, field.data or "") for one in limits]
        if found and all(found):
            raise ValidationError(gettext(BEYOND, **found[0]))

    return check


class BasketForm(ContactForm):
    """Made by `basket_form`, with a field for each work and each maker."""

    def how_many(self, slug: str) -> int:
        return read_count(self[f"jumlah-{slug}"].data or "") or 1

    def wish(self, maker: str) -> str:
        return self[f"khusus-{maker}"].data or ""

    def contact(self) -> Contact:
        """After `validate()`."""
        return Contact(
            needed_by=read_date(self.sebelum.data) if self.sebelum.data else None,
            name=self.nama.data or "",
            phone=self.wa.value or "",
            destination=self.kota.data or "",
            email=self.email.value,
        )


def basket_form(
    works: Mapping[str, str], makers: Mapping[str, Sequence[Limits]], *, today: date
) -> BasketForm:
    """The form for works (slug → title) of makers (slug → the limits of those of their works that name some)."""
    fields: dict[str, Any] = {
        f"jumlah-{slug}": LineField(
            lazy_gettext("Jumlah, %(title)s", title=title), [count_typed], default="1"
        )
        for slug, title in works.items()
    }
    fields |= {
        f"khusus-{maker}": TextField(
            lazy_gettext("Pertanyaan atau permintaan"), [_within(limits)], longest=LONGEST_WISH
        )
        for maker, limits in makers.items()
    }
    kind = FormMeta("Basket", (BasketForm,), fields)
    return cast(BasketForm, kind(today=today))
