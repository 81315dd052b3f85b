"""The basket: works to ask about in one go, one inquiry per maker."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from itertools import groupby
from typing import Any

from flask import make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from shop.actions import asking
from shop.actions.asking import Question, Wanted
from shop.blueprints.inquiry.asking import count_question, on_show, open_for_asker, today, unique
from shop.blueprints.inquiry.door import blueprint
from shop.domain.errors import NotFound
from shop.domain.money import rupiah
from shop.extensions import csrf, db, now, the_shop
from shop.forms.basket import BasketForm, basket_form
from shop.models import Inquiry, Listing
from shop.queries import inquiries as queries
from shop.queries.buying import can_be_bought
from shop.web import basket as kept
from shop.web.access import public
from shop.web.languages import current_language, in_language
from shop.web.login import current_person
from shop.web.own_pages import pressed_here

Answer = str | Response | tuple[str, int]


@blueprint.get("/keranjang")
@public
def basket() -> str:
    wanted = kept.slugs()
    works = _works(wanted)
    form = _form(works)
    form.kunci.data = secrets.token_hex(16)
    person = current_person()
    if person is not None:
        form.nama.data, form.wa.data, form.email.data = person.name, person.phone or "", person.email or ""
    return _page("basket", works, form, gone=len(wanted) - len(works))


@blueprint.post("/karya/<slug>/keranjang")
@public
def put_in(slug: str) -> Response:
    """One work more in the basket. Its button stands on pages that carry no token."""
    pressed_here()
    found = _works([slug])
    if not found:
        raise NotFound
    response = redirect(url_for("inquiry.basket"), 303)
    marks = kept.seen() | {slug: kept.mark_of(found[0])}
    kept.keep(response, [*(one for one in kept.slugs() if one != slug), slug], marks)  # type: ignore[arg-type]
    return response


csrf.exempt(put_in)


@blueprint.post("/keranjang")
@public
def basket_step() -> Answer:
    """Take one out, check again, change, or send; the works come from the form, the cookie only remembers them."""
    wanted = [slug for slug in request.form.getlist("karya") if slug != request.form.get("hapus")]
    works = _works(wanted)
    form = _form(works)
    if "hapus" in request.form:
        response = make_response(_page("basket", works, form))
        kept.keep(response, [listing.slug or "" for listing in works])
        return response
    if request.form.get("langkah") == "beli":
        return _to_checkout(works, form)
    if request.form.get("langkah") == "ubah" or not works:
        return _page("basket", works, form)
    if not form.validate():
        return _page("basket", works, form), 422
    if len(works) < len(wanted):
        return _page("basket", works, form, gone=len(wanted) - len(works)), 409
    if request.form.get("langkah") != "kirim" or not form.form_key:
        form.kunci.data = form.form_key or secrets.token_hex(16)
        return _page("basket_check", works, form)
    return _sent(works, form)


@blueprint.get("/keranjang/terkirim")
@public
def basket_sent() -> str:
    codes = session.get("asked", [])
    found = [inquiry for code in codes if (inquiry := queries.by_code(db.session(), code)) is not None]
    if not found:
        raise NotFound
    return render_template("inquiry/basket_sent.html", inquiries=found)


def _to_checkout(works: list[Listing], form: BasketForm) -> Response:
    """On to buying those that stand ready, with the numbers that were typed."""
    ready = [work.slug or "" for work in works if can_be_bought(work)]
    numbers: dict[str, Any] = {f"jumlah-{slug}": form[f"jumlah-{slug}"].data or "1" for slug in ready}
    return redirect(url_for("inquiry.buy", karya=ready, **numbers), 303)


def _sent(works: list[Listing], form: BasketForm) -> Response:
    """One inquiry per maker, all in one commit."""
    response = redirect(url_for("inquiry.basket_sent"), 303)
    asked = [_ask(list(group), form) for _, group in groupby(works, key=lambda one: one.producer_id)]
    for inquiry in asked:
        open_for_asker(response, inquiry)
    session["asked"] = [inquiry.code for inquiry in asked]
    kept.keep(response, [])  # type: ignore[arg-type]
    db.session.commit()
    the_shop().wake("notices")
    return response


def _ask(works: list[Listing], form: BasketForm) -> Inquiry:
    """The inquiry to one maker; its key follows from the form's, so that a repeat is the same."""
    maker, contact = works[0].producer, form.contact()
    key = hashlib.sha256(f"{form.form_key}:{maker.id}".encode()).hexdigest()[:32]
    if queries.by_form_key(db.session(), key) is None:
        count_question(contact.phone)
    question = Question(
        name=contact.name,
        phone=contact.phone,
        email=contact.email,
        language=current_language(),
        destination=contact.destination,
        needed_by=contact.needed_by,
        wish=form.wish(maker.slug),
        person=current_person(),
    )
    wanted = [Wanted(one, 1 if unique(one) else form.how_many(one.slug or "")) for one in works]
    return asking.ask(db.session(), wanted, question, form_key=key, prefix=the_shop().council.code, at=now())[
        0
    ]


def _works(slugs: list[str]) -> list[Listing]:
    """The works on show among these, makers together in the order of their first work."""
    found = queries.works_to_ask_about(db.session(), slugs[: kept.MOST_WORKS])
    shown = [listing for listing in found if on_show(listing)]
    first = {listing.producer_id: place for place, listing in reversed(list(enumerate(shown)))}
    return sorted(shown, key=lambda listing: first[listing.producer_id])


def _form(works: list[Listing]) -> BasketForm:
    titles = {one.slug or "": _title(one) for one in works}
    limits: dict[str, list[Mapping[str, Any]]] = {one.producer.slug: [] for one in works}
    for one in works:
        if one.size_limits:
            limits[one.producer.slug].append(one.size_limits)
    return basket_form(titles, limits, today=today())


def _title(listing: Listing) -> str:
    live = listing.live_revision
    return in_language(live.title_id, live.title_en) if live else ""


def _page(name: str, works: list[Listing], form: BasketForm, *, gone: int = 0) -> str:
    groups = [(maker, list(group)) for maker, group in groupby(works, key=lambda one: one.producer)]
    buyable = [work for work in works if can_be_bought(work)]
    return render_template(
        f"inquiry/{name}.html",
        form=form,
        groups=groups,
        gone=gone,
        unique=unique,
        today=today(),
        buyable=buyable,
        all_buyable=len(buyable) == len(works),
        changes=_changes(works),
    )


def _changes(works: list[Listing]) -> list[str]:
    """What is different from when the work was put in: its price, its sizes, whether it is still there."""
    then, said = kept.seen(), []
    for work in works:
        before, now_seen = then.get(work.slug or ""), kept.mark_of(work)
        if before is None or before == now_seen:
            continue
        title = _title(work)
        if before[0] != now_seen[0]:
            words = {"before": _price(before[0]), "after": _price(now_seen[0])}
            said.append(
                gettext("Harga %(title)s berubah dari %(before)s menjadi %(after)s.", title=title, **words)
            )
        if before[1] != now_seen[1]:
            said.append(gettext("Ukuran %(title)s berubah. Periksa di halamannya.", title=title))
        if before[2] and not now_seen[2]:
            said.append(
                gettext("%(title)s sudah terjual. Pembuatnya dapat membuatkan yang serupa.", title=title)
            )
    return said


def _price(amount_idr: int | None) -> str:
    return rupiah(amount_idr) if amount_idr else gettext("Harga atas permintaan")
