"""One work, and its photos one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import render_template, url_for

from shop.actions.changes import RATE
from shop.blueprints.catalogue.door import blueprint, districts
from shop.blueprints.catalogue.saving import is_saved
from shop.blueprints.catalogue.specification import availability, specification, wishes
from shop.domain.craft import SLOTS, Craft
from shop.domain.errors import NotFound
from shop.domain.money import about_usd
from shop.extensions import db, now
from shop.queries.buying import can_be_bought
from shop.queries.exchange_rates import standing
from shop.queries.work_page import WorkPage, gone, work_page
from shop.search.text import slug as as_slug
from shop.web.access import public
from shop.web.filters import local
from shop.web.keeping import keep
from shop.web.languages import current_language
from shop.web.linked_data import product, work_steps


@blueprint.get("/karya/<slug>")
@public
def work(slug: str) -> str | tuple[str, int]:
    shown = work_page(db.session(), slug)
    if shown is None:
        return not_shown(slug)
    keep(f"maker:{shown.producer.id}", RATE)
    district = districts().get(shown.entry.district_code, "")
    return render_template(
        "catalogue/work.html",
        work=shown,
        here_craft=shown.entry.craft,
        district=district,
        district_slug=as_slug(district),
        slots=slot_labels(shown),
        rows=specification(shown),
        availability=availability(shown),
        wishes=wishes(shown),
        on_holiday=on_holiday(shown.producer),
        buy_url=url_for("inquiry.buy", karya=slug) if can_be_bought(shown.listing) else "",
        is_saved=is_saved(shown.listing),
        in_usd=_in_usd(shown.entry.price_idr),
        linked=[product(shown), work_steps(shown)],
    )


@dataclass(frozen=True)
class InUsd:
    """An estimate beside the price, with the day of its rate."""

    words: str
    day: datetime


def _in_usd(price_idr: int | None) -> InUsd | None:
    """For readers of English, while an administrator's rate is fresh."""
    if price_idr is None or current_language() != "en":
        return None
    rate = standing(db.session(), at=now())
    return InUsd(about_usd(price_idr, rate.idr_per_usd), rate.at) if rate else None


@blueprint.get("/karya/<slug>/foto/<int:number>")
@public
def photo(slug: str, number: int) -> str | tuple[str, int]:
    """The photo alone, as large as it is; for people whose browser opens no gallery."""
    shown = work_page(db.session(), slug)
    if shown is None:
        return not_shown(slug)
    keep(f"maker:{shown.producer.id}")
    if not 1 <= number <= len(shown.shots):
        raise NotFound
    return render_template("catalogue/photo.html", work=shown, number=number, slots=slot_labels(shown))


def not_shown(slug: str) -> tuple[str, int]:
    """410 for a work that was shown once, with the way to its maker; 404 for everything else."""
    left = gone(db.session(), slug)
    if left is None:
        raise NotFound
    return render_template("catalogue/gone.html", gone=left, code=410, sentence=""), 410


def slot_labels(shown: WorkPage) -> dict[str, str]:
    return {slot.key: slot.label for slot in SLOTS[Craft(shown.entry.craft)]}


def on_holiday(producer: object) -> bool:
    until = getattr(producer, "holiday_until", None)
    return until is not None and until >= local(now()).date()
