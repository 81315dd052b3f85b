"""Quotes in a thread: the maker writes and checks one; the buyer accepts, asks for a change, or asks again."""

from __future__ import annotations

import secrets
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from shop.actions import quotes
from shop.actions.quote_rows import Delivery, Offer, Offered
from shop.blueprints.inquiry.asking import today
from shop.blueprints.inquiry.door import blueprint
from shop.domain.deal import DealStatus, deal_steps_from
from shop.domain.errors import NotFound, WrongState
from shop.domain.quote import QuoteReplaced, is_expired
from shop.domain.roles import Actor
from shop.extensions import db, now, the_shop
from shop.forms.quoting import AcceptForm, CounterForm, QuoteForm, ShippingForm
from shop.models import Inquiry, Quote
from shop.queries import saved
from shop.queries.deals import standing_quote
from shop.web.access import public
from shop.web.threads import Access, access_to

USUAL_DEPOSIT_PERCENT = 50
SPARE_LINES = 2
Answer = str | Response | tuple[str, int]


@blueprint.get("/pesanan/<code>/penawaran")
@public
def quote(code: str) -> str:
    access = _may(code, "quote", Actor.PRODUCER, "penawaran")
    return _write(access, _prefilled(access.inquiry))


@blueprint.post("/pesanan/<code>/penawaran")
@public
def send_quote(code: str) -> Answer:
    access = _may(code, "quote", Actor.PRODUCER, "penawaran")
    form = _form(access.inquiry)
    if not form.validate():
        return _write(access, form), 422
    offer = _offer(access.inquiry, form)
    step = request.form.get("langkah")
    if step == "ubah":
        return _write(access, form)
    if step != "kirim":
        return render_template(
            "deal/check_quote.html",
            access=access,
            inquiry=access.inquiry,
            offer=offer,
            total=offer.sum(),
            typed=_typed(),
        )
    quotes.send_quote(db.session(), access.inquiry, offer, by=access.person, form_key=form.form_key, at=now())
    return _done(access)


@blueprint.get("/pesanan/<code>/setujui")
@public
def accept(code: str) -> Answer:
    access = _may(code, "accept", Actor.BUYER, "setujui")
    standing = _standing(access)
    form = AcceptForm()
    form.show(access.inquiry.address or _usual_address(access))
    form.nomor.data = str(standing.number)
    return _confirm(access, standing, form)


@blueprint.post("/pesanan/<code>/setujui")
@public
def accept_now(code: str) -> Answer:
    access, form = access_to(code), AcceptForm()
    if access.side is not Actor.BUYER:
        raise NotFound
    access.must_be_checked("setujui")
    standing = _standing(access)
    if form.nomor.data != str(standing.number):
        raise QuoteReplaced
    if not form.validate():
        return _confirm(access, standing, form), 422
    delivery = Delivery(pick_up=form.pick_up, address=form.address)
    quotes.accept(db.session(), access.inquiry, standing, delivery=delivery, by=access.person, at=now())
    return _done(access)


@blueprint.get("/pesanan/<code>/minta-diubah")
@public
def counter(code: str) -> str:
    access = _may(code, "counter", Actor.BUYER, "minta-diubah")
    return render_template("deal/counter.html", access=access, inquiry=access.inquiry, form=CounterForm())


@blueprint.post("/pesanan/<code>/minta-diubah")
@public
def counter_now(code: str) -> Answer:
    access, form = _may(code, "counter", Actor.BUYER, "minta-diubah"), CounterForm()
    if not form.validate():
        return render_template("deal/counter.html", access=access, inquiry=access.inquiry, form=form), 422
    quotes.counter(db.session(), access.inquiry, by=access.person, words=form.permintaan.data or "", at=now())
    return _done(access)


@blueprint.post("/pesanan/<code>/minta-lagi")
@public
def ask_again(code: str) -> Response:
    access = _may(code, "ask_again", Actor.BUYER, "minta-lagi")
    quotes.ask_again(db.session(), access.inquiry, by=access.person, at=now())
    return _done(access)


def _may(code: str, step: str, side: Actor, word: str) -> Access:
    """Whoever may take the step now. Raises NotFound, WrongState or DigitsWanted."""
    access = access_to(code)
    if access.side is not side:
        raise NotFound
    if step not in deal_steps_from(access.inquiry.status, by=side):
        raise WrongState(status=access.inquiry.status, step=step)
    access.must_be_checked(word)
    return access


def _usual_address(access: Access) -> dict[str, str]:
    """What the buyer most likely wants: their usual address, else their own name and number."""
    buyer = access.person
    kept = saved.usual_address(db.session(), buyer) if buyer is not None else {}
    return kept or {"penerima": access.inquiry.buyer_name, "telepon": access.inquiry.buyer_phone}


def _done(access: Access) -> Response:
    code = access.inquiry.code
    db.session.commit()
    the_shop().wake("notices")
    return redirect(url_for("inquiry.thread", code=code), 303)


def _standing(access: Access) -> Quote:
    standing = standing_quote(db.session(), access.inquiry)
    if standing is None:
        raise NotFound
    return standing


def _prefilled(inquiry: Inquiry) -> QuoteForm:
    """The works that were asked about, with their prices, and two empty lines."""
    form = _form(inquiry, formdata=None)
    form.kunci.data = secrets.token_hex(16)
    if inquiry.only_shipping:
        return form
    for item in inquiry.items:
        form.baris.append_entry(
            {
                "karya": str(item.listing_id),
                "judul": item.title,
                "ukuran": item.wish if len(item.wish) <= 60 else "",
                "jumlah": str(item.quantity),
                "harga": str(item.price_idr or ""),
            }
        )
    for _ in range(SPARE_LINES):
        form.baris.append_entry({})
    made = [item.listing.lead_time_days for item in inquiry.items if item.listing.lead_time_days]
    form.dp.data, form.lama.data = str(USUAL_DEPOSIT_PERCENT), str(max(made, default=0))
    return form


def _form(inquiry: Inquiry, **values: Any) -> QuoteForm:
    if inquiry.only_shipping:
        return ShippingForm(today=today(), **values)
    limits = {item.listing_id: item.listing.size_limits for item in inquiry.items if item.listing.size_limits}
    return QuoteForm(today=today(), limits=limits, **values)


def _offer(inquiry: Inquiry, form: QuoteForm) -> Offer:
    return Offer(
        lines=_standing_lines(inquiry) if inquiry.only_shipping else _written_lines(inquiry, form),
        shipping_idr=form.ongkir.value or 0,
        packing_idr=0 if inquiry.only_shipping else form.kemasan.value or 0,
        deposit_percent=form.deposit_percent,
        lead_time_days=form.lead_time_days,
        valid_until=form.valid_until(the_shop().council.zone),
        shipping_by=form.kurir.data or "",
        note=form.catatan.data or "",
    )


def _written_lines(inquiry: Inquiry, form: QuoteForm) -> list[Offered]:
    works = [item.listing_id for item in inquiry.items]
    lines = [line.read(works) for line in form.filled]
    return [
        Offered(line.title, line.quantity, line.unit_idr, line.listing_id, line.size, line.material)
        for line in lines
    ]


def _standing_lines(inquiry: Inquiry) -> list[Offered]:
    """Works that stand ready, at the prices the buyer saw."""
    return [
        Offered(item.title, item.quantity, item.price_idr or 0, item.listing_id) for item in inquiry.items
    ]


def _typed() -> dict[str, str]:
    """Everything as it was typed, for the hidden fields of the check page."""
    return {name: value for name, value in request.form.items() if name not in ("csrf_token", "langkah")}


def _write(access: Access, form: QuoteForm) -> str:
    return render_template("deal/write_quote.html", access=access, inquiry=access.inquiry, form=form)


def _confirm(access: Access, standing: Quote, form: AcceptForm) -> str:
    if is_expired(standing.valid_until, at=now()) or access.inquiry.status != DealStatus.QUOTED:
        raise WrongState(status=access.inquiry.status, step="accept")
    return render_template(
        "deal/accept.html", access=access, inquiry=access.inquiry, quote=standing, form=form
    )
