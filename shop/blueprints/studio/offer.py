"""The price step: terms that apply at once, a price that may have to wait, and the price helper."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer
from flask_babel import gettext as _

from shop.actions.offers import Offer, offer_of, save_offer, seen_offer
from shop.blueprints.studio.answers import (
    as_it_is_now,
    not_readable,
    overtaken,
    saved,
    there_now,
    wants_json,
)
from shop.blueprints.studio.desk import Desk, desk_for
from shop.domain.errors import ChangedMeanwhile, WrongState
from shop.extensions import db, now
from shop.forms.offers import OfferForm
from shop.forms.works import price_text
from shop.web.errors import sentence_of
from shop.web.login import the_member


def show_price(desk: Desk) -> str:
    return _page(desk, _form(desk))


def save_price(desk: Desk) -> Answer:
    """Save the terms; or, by the buttons of the helper, reckon a price and take it over without saving."""
    form = _form(desk)
    if "reckon" in request.form:
        form.validate()
        return _page(desk, form)
    if request.form.get("take", "").isdecimal():
        form.price.data = price_text(int(request.form["take"][:10]))
        return _page(desk, form)
    if not form.validate():
        return not_readable(form, _page(desk, form))
    offer = Offer(**form.read())
    seen = request.form.get("seen", "")
    try:
        waits = save_offer(db.session(), desk.listing, offer, seen=seen, by=the_member(), at=now())
    except (ChangedMeanwhile, WrongState) as error:
        return overtaken(error, _page(as_it_is_now(desk), form, error))
    db.session.commit()
    return _answer(desk, waits)


def _answer(desk: Desk, waits: bool) -> Answer:
    fresh = desk_for(desk.listing.id, desk.step)
    if waits and not wants_json():
        flash(
            _("Harga baru menunggu kurasi karena jauh dari harga yang disetujui. Harga lama tetap tampil."),
            "warn",
        )
    if fresh.live and not wants_json() and not waits:
        flash(_("Perubahan langsung berlaku."))
        return redirect(url_for("studio.edit", listing_id=fresh.listing.id), 303)
    return saved(fresh, seen_offer(fresh.listing))


def _form(desk: Desk) -> OfferForm:
    return OfferForm(data=OfferForm.shown(offer_of(desk.listing)))


def _page(desk: Desk, form: OfferForm, error: ChangedMeanwhile | WrongState | None = None) -> str:
    return render_template(
        "studio/steps/price.html",
        desk=desk,
        form=form,
        seen=seen_offer(desk.listing),
        suggested=form.suggested_idr,
        sentence=sentence_of(error) if error else None,
        there=there_now(form, OfferForm.shown(offer_of(desk.listing))) if error else [],
    )
