"""Buying what stands ready: one page to fill in, one to check, then an order for each maker, held for a day."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, request, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from shop.actions import buying
from shop.actions.buying import Piece
from shop.actions.quote_rows import Delivery
from shop.actions.ready_orders import Buyer
from shop.actions.saved import EnoughAddresses, keep_address
from shop.blueprints.inquiry.asking import count_question, open_for_asker, today, unique
from shop.blueprints.inquiry.door import blueprint
from shop.domain.deal import DealStatus
from shop.domain.errors import NotFound, WrongState
from shop.extensions import db, now, the_shop
from shop.forms.buying import BuyForm, buy_form, seen_idr
from shop.models import Inquiry, Listing
from shop.queries import inquiries as queries
from shop.queries import saved
from shop.queries.buying import Parcel, can_be_bought, parcels
from shop.web import basket as kept
from shop.web.access import public
from shop.web.errors import sentence_of
from shop.web.languages import current_language, in_language
from shop.web.login import current_person
from shop.web.numbers import row_asked
from shop.web.phones import phone_words

Answer = str | Response | tuple[str, int]


@blueprint.get("/beli")
@public
def buy() -> str:
    """The works the address names, else those of the basket that can be bought."""
    wanted = request.args.getlist("karya") or kept.slugs()
    works = [work for work in _works(wanted) if can_be_bought(work)]
    form = _form(works, formdata=None)
    form.kunci.data = secrets.token_hex(16)
    for work in works:
        form[f"jumlah-{work.slug}"].data = request.args.get(f"jumlah-{work.slug}", "1")[:4]
    person = current_person()
    if person is not None:
        form.nama.data, form.wa.data, form.email.data = (
            person.name,
            phone_words(person.phone),
            person.email or "",
        )
        form.show(saved.usual_address(db.session(), person))
    return _fill_in(works, form, gone=len(wanted) - len(works) if request.args else 0)


@blueprint.post("/beli")
@public
def buy_step() -> Answer:
    """Fill in a kept address, check, change, or order; the works come from the form."""
    works = _works(request.form.getlist("karya"))
    form = _form(works)
    step = request.form.get("langkah", "")
    if "alamat" in request.form:
        return _with_address(works, form)
    if step == "kirim" and works and form.validate() and form.form_key:
        return _ordered(works, form)
    return _check(works, form, change=step == "ubah")


@blueprint.get("/beli/selesai")
@public
def bought() -> str:
    """The orders of one checkout, each with its own payment."""
    codes = session.get("bought", [])
    found = [inquiry for code in codes if (inquiry := queries.by_code(db.session(), code)) is not None]
    if not found:
        raise NotFound
    return render_template("inquiry/bought.html", inquiries=found, to_pay=DealStatus.DEPOSIT_DUE.value)


def _check(works: list[Listing], form: BuyForm, *, change: bool) -> Answer:
    left = [work for work in works if can_be_bought(work)]
    if change or not left:
        return _fill_in(left, form, gone=len(works) - len(left))
    good = form.validate()
    if not _enough(left, form) or not good:
        return _fill_in(left, form, gone=len(works) - len(left)), 422
    form.kunci.data = form.form_key or secrets.token_hex(16)
    return _page("buy_check", left, form, parcels=_parcels(left, form), changed=[])


def _enough(works: Sequence[Listing], form: BuyForm) -> bool:
    """Whether there are as many pieces as are wanted; where not, the field says how many there are."""
    short = [work for work in works if form.how_many(work.slug or "") > work.stock]
    for work in short:
        form[f"jumlah-{work.slug}"].errors = [gettext("Tersedia %(left)s buah", left=work.stock)]
    return not short


def _ordered(works: list[Listing], form: BuyForm) -> Answer:
    person = current_person()
    buyer = Buyer(form.nama.data or "", form.phone, form.email.value, current_language(), person)
    delivery = Delivery(pick_up=form.pick_up, address=form.address)
    wanted = [_seen(parcel) for parcel in _parcels(works, form)]
    try:
        count_question(form.phone or form.email.value or "")
        deals = buying.buy(
            db.session(),
            wanted,
            buyer,
            delivery,
            form_key=form.form_key,
            prefix=the_shop().council.code,
            at=now(),
        )
    except WrongState as refused:
        db.session.rollback()
        return _changed(works, form, sentence_of(refused)), 409
    if person is not None and form.simpan.data and form.address:
        _keep(form.address)
    return _done(works, deals)


def _keep(address: dict[str, str]) -> None:
    person = current_person()
    try:
        keep_address(db.session(), person, address, at=now())  # type: ignore[arg-type]
    except EnoughAddresses:
        return  # the order counts; the list of addresses is full, and its page says so


def _seen(parcel: Parcel) -> buying.Parcel:
    """The parcel at the prices of the page the buyer pressed on."""
    pieces = tuple(
        Piece(line.listing.id, line.quantity, seen_idr(request.form.get(f"harga-{line.listing.slug}")) or 0)
        for line in parcel.lines
    )
    shipping = seen_idr(request.form.get(f"ongkir-{parcel.producer.slug}"))
    return buying.Parcel(parcel.producer.id, pieces, shipping)


def _changed(works: list[Listing], form: BuyForm, sentence: str) -> str:
    """The page to check again, with what holds now; what is sold has left it."""
    works = _works([work.slug or "" for work in works])
    left = [work for work in works if can_be_bought(work)]
    for work in left:
        field = form[f"jumlah-{work.slug}"]
        field.data = str(min(form.how_many(work.slug or ""), work.stock))
    if not left:
        return _fill_in([], form, gone=0, refused=sentence)
    return _page("buy_check", left, form, parcels=_parcels(left, form), changed=[sentence])


def _done(works: Sequence[Listing], deals: Sequence[Inquiry]) -> Response:
    one = deals[0] if len(deals) == 1 else None
    response = redirect(_onward(one), 303)
    for inquiry in deals:
        open_for_asker(response, inquiry)
    session["bought"] = [inquiry.code for inquiry in deals]
    gone = {work.slug for work in works}
    kept.keep(response, [slug for slug in kept.slugs() if slug not in gone])  # type: ignore[arg-type]
    db.session.commit()
    the_shop().wake("notices")
    return response


def _onward(one: Inquiry | None) -> str:
    if one is None:
        return url_for("inquiry.bought")
    if one.status == DealStatus.ASKED:
        return url_for("inquiry.sent", code=one.code)
    return url_for("inquiry.thread", code=one.code, _anchor="bayar")


def _with_address(works: list[Listing], form: BuyForm) -> str:
    """One of the person's addresses, put into the fields; everything else stays as typed."""
    person, number = current_person(), row_asked(request.form, "alamat")
    found = saved.address(db.session(), person, number) if person and number else None
    if found is None:
        raise NotFound
    form.show(found.address)
    return _fill_in(works, form, gone=0)


def _parcels(works: Sequence[Listing], form: BuyForm) -> list[Parcel]:
    how_many = {work.slug or "": 1 if unique(work) else form.how_many(work.slug or "") for work in works}
    code = form.address.get("kode", "")
    return parcels(db.session(), works, how_many, code=code, pick_up=form.pick_up)


def _works(slugs: Sequence[str]) -> list[Listing]:
    """Works that were once approved, makers together in the order of their first work."""
    found = queries.works_to_ask_about(db.session(), list(slugs)[: kept.MOST_WORKS])
    first = {work.producer_id: place for place, work in reversed(list(enumerate(found)))}
    return sorted(found, key=lambda work: first[work.producer_id])


def _form(works: Sequence[Listing], **values: Any) -> BuyForm:
    titles = {work.slug or "": _title(work) for work in works}
    return buy_form(titles, **values)


def _title(work: Listing) -> str:
    live = work.live_revision
    return in_language(live.title_id, live.title_en) if live else ""


def _fill_in(works: list[Listing], form: BuyForm, *, gone: int, refused: str = "") -> str:
    person = current_person()
    return _page(
        "buy",
        works,
        form,
        gone=gone,
        refused=refused,
        addresses=saved.addresses(db.session(), person) if person else [],
        goods_idr=sum(
            (work.price_idr or 0) * (1 if unique(work) else form.how_many(work.slug or "")) for work in works
        ),
    )


def _page(name: str, works: list[Listing], form: BuyForm, **more: Any) -> str:
    return render_template(
        f"inquiry/{name}.html", form=form, works=works, unique=unique, title_of=_title, today=today(), **more
    )
