"""What templates need besides their values: money, dates and sizes in words, the council, addresses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from flask import Flask, url_for
from jinja2 import pass_context
from jinja2.runtime import Context
from werkzeug.local import LocalProxy

from shop.domain.address import written
from shop.domain.amount_words import rupiah_in_words
from shop.domain.craft import CRAFT_LABELS, Craft
from shop.domain.money import Many, rupiah, thousands
from shop.extensions import the_shop
from shop.web.languages import ENGLISH, current_language, spoken_language
from shop.web.phones import phone_words, whatsapp_link


def local(moment: datetime) -> datetime:
    """The moment on the council's clocks."""
    return moment.astimezone(the_shop().council.zone)


def date_words(day: date | datetime) -> str:
    """`24 November 2026`, in the council's zone."""
    return format_date(_day(day), "d MMMM yyyy", locale=spoken_language())


def short_date(day: date | datetime) -> str:
    """`24 Nov 2026`."""
    return format_date(_day(day), "d MMM yyyy", locale=spoken_language())


def time_words(moment: datetime) -> str:
    """`13.30 WITA`, the zone always named."""
    clock = local(moment)
    mark = ":" if spoken_language() == "en" else "."
    return f"{clock:%H}{mark}{clock:%M} {the_shop().council.time_zone_name}"


def moment_words(moment: datetime) -> str:
    """`24 November 2026, 13.30 WITA`."""
    return f"{date_words(moment)}, {time_words(moment)}"


def decimal(number: float, digits: int = 1) -> str:
    """`1,2` (English `1.2`), without trailing zeros."""
    text = f"{number:.{digits}f}".rstrip("0").rstrip(".")
    return text if spoken_language() == "en" else text.replace(".", ",")


def weight(grams: int) -> str:
    """`820 g` below a kilogram, else `1,2 kg`."""
    return f"{grams} g" if grams < 1000 else f"{decimal(grams / 1000)} kg"


def craft_label(craft: str) -> str:
    """The craft's name, not yet translated."""
    return CRAFT_LABELS[Craft(craft)]


def address_words(address: Mapping[str, str]) -> str:
    """The address in one line, in the order of a label, the number as people here write it."""
    parts = [
        phone_words(words) if name == "telepon" else " ".join(words.split())
        for name, words in written(address)
    ]
    return ", ".join(parts)


def rupiah_words(amount_idr: int) -> str:
    """The amount in words of the page's language."""
    return rupiah_in_words(amount_idr, spoken_language())


def external_url(endpoint: str, *, to_language: str | None = None, **values: object) -> str:
    """A full address on this shop's own host; the host header of a request is never trusted."""
    path = url_for(endpoint, **values)  # type: ignore[arg-type]
    if path.startswith(ENGLISH + "/") or path == ENGLISH:
        path = path.removeprefix(ENGLISH) or "/"
    prefix = ENGLISH if (to_language or current_language()) == "en" else ""
    return the_shop().config.base_url + prefix + path


def link_token(seed: str) -> str:
    """The token of a link whose seed stands in a notice's facts."""
    return the_shop().links.token(seed)


def _day(day: date | datetime) -> date:
    return local(day).date() if isinstance(day, datetime) else day


def _with_points(ngettext: Callable[..., str]) -> Callable[..., str]:
    """The same, with points in large numbers."""

    @pass_context
    def counted(context: Context, singular: str, plural: str, number: int, **values: object) -> str:
        return ngettext(context, singular, plural, Many(number), **values)

    return counted


def register(app: Flask) -> None:
    words: Any = app.jinja_env.globals
    words["ngettext"] = _with_points(words["ngettext"])
    app.jinja_env.filters.update(rupiah=rupiah, thousands=thousands, weight=weight, decimal=decimal)
    app.jinja_env.globals.update(
        rupiah=rupiah,
        rupiah_words=rupiah_words,
        date_words=date_words,
        short_date=short_date,
        time_words=time_words,
        moment_words=moment_words,
        craft_label=craft_label,
        external_url=external_url,
        link_token=link_token,
        address_words=address_words,
        phone_words=phone_words,
        whatsapp_link=whatsapp_link,
        council=LocalProxy(lambda: the_shop().council),
        demo_marked=LocalProxy(lambda: the_shop().config.development),
    )
