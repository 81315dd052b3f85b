"""The table of rates: what sending costs where."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from shop.actions import shipping as actions
from shop.actions.shipping import Zone
from shop.areas import indonesia
from shop.blueprints.curation.room import blueprint
from shop.domain.errors import ChangedMeanwhile, NotFound, WrongInput
from shop.domain.shipping import USUAL_DIVISOR
from shop.extensions import db, now
from shop.forms.shipping import ZoneForm, place_lines
from shop.models import ShippingZone
from shop.queries import shipping as queries
from shop.web.access import curator_only
from shop.web.errors import sentence_of
from shop.web.filters import decimal
from shop.web.login import the_person
from shop.web.numbers import row_of

Answer = str | Response | tuple[str, int]
SPARE_STEPS = 3
LEAST_STEPS = 5


@blueprint.get("/kurasi/ongkir")
@curator_only
def rates() -> str:
    zones = [
        (zone, "; ".join(indonesia().words_of(place.code) for place in zone.places))
        for zone in queries.zones(db.session())
    ]
    return render_template("curation/rates.html", zones=zones)


@blueprint.get("/kurasi/ongkir/baru")
@curator_only
def new_zone() -> str:
    form = ZoneForm(formdata=None)
    form.pembagi.data = str(USUAL_DIVISOR)
    return _page(form, None)


@blueprint.post("/kurasi/ongkir/baru")
@curator_only
def add_zone() -> Answer:
    form = ZoneForm()
    if not form.validate():
        return _page(form, None), 422
    try:
        actions.add_zone(db.session(), _written(form), by=the_person(), at=now())
    except WrongInput as wrong:
        return _wrong(form, None, wrong)
    return _saved()


@blueprint.get("/kurasi/ongkir/<int:zone_id>")
@curator_only
def zone(zone_id: int) -> str:
    found = _zone(zone_id)
    form = ZoneForm(formdata=None)
    form.nama.data, form.kurir.data, form.hari.data = found.name, found.courier, found.days
    form.pembagi.data, form.versi.data = str(found.divisor), str(found.version)
    form.tempat.data = place_lines([place.code for place in found.places])
    for rate in found.rates:
        form.tarif.append_entry({"berat": decimal(rate.up_to_g / 1000, 3), "harga": str(rate.price_idr)})
    return _page(form, found)


@blueprint.post("/kurasi/ongkir/<int:zone_id>")
@curator_only
def change_zone(zone_id: int) -> Answer:
    found, form = _zone(zone_id), ZoneForm()
    if not form.validate():
        return _page(form, found), 422
    version = row_of(form.versi.data or "") or 0
    try:
        actions.change_zone(db.session(), found, _written(form), version=version, by=the_person(), at=now())
    except WrongInput as wrong:
        return _wrong(form, zone_id, wrong)
    except ChangedMeanwhile as refused:
        db.session.rollback()
        return _page(form, _zone(zone_id), refused=sentence_of(refused)), 409
    return _saved()


@blueprint.post("/kurasi/ongkir/<int:zone_id>/hapus")
@curator_only
def remove_zone(zone_id: int) -> Response:
    actions.remove_zone(db.session(), _zone(zone_id), by=the_person(), at=now())
    return _saved(gettext("Tujuan dihapus. Ongkir ke sana ditanyakan kepada perajin."))


def _saved(sentence: str = "") -> Response:
    flash(sentence or gettext("Tarif tersimpan. Berlaku untuk pesanan berikutnya."), "good")
    db.session.commit()
    return redirect(url_for("curation.rates"), 303)


def _wrong(form: ZoneForm, zone_id: int | None, wrong: WrongInput) -> tuple[str, int]:
    """What another zone has already, said at its field, the place by its name."""
    code = str(wrong.facts.get("code", ""))
    db.session.rollback()
    sentence = sentence_of(wrong).replace(code, indonesia().words_of(code), 1) if code else sentence_of(wrong)
    form[wrong.field].errors = [sentence]
    return _page(form, _zone(zone_id) if zone_id else None), 422


def _written(form: ZoneForm) -> Zone:
    return Zone(
        name=form.nama.data or "",
        courier=form.kurir.data or "",
        divisor=int(form.pembagi.value or USUAL_DIVISOR),
        days=form.hari.data or "",
        places=form.places,
        steps=form.steps,
    )


def _zone(zone_id: int) -> ShippingZone:
    found = db.session.get(ShippingZone, zone_id)
    if found is None:
        raise NotFound
    return found


def _page(form: ZoneForm, found: ShippingZone | None, *, refused: str = "") -> str:
    if request.method == "GET":
        while len(form.tarif) < max(LEAST_STEPS, len(found.rates) + SPARE_STEPS if found else 0):
            form.tarif.append_entry({})
    return render_template("curation/rate.html", form=form, zone=found, refused=refused)
