"""Where a buyer's parcels go: several addresses, one of them the usual one."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug import Response

from shop.actions import saved as actions
from shop.blueprints.account.door import blueprint
from shop.domain.errors import NotFound
from shop.extensions import db, now
from shop.forms.address import KeptAddressForm
from shop.models import SavedAddress
from shop.queries import saved as queries
from shop.web.access import signed_in
from shop.web.errors import sentence_of
from shop.web.login import the_person
from shop.web.phones import phone_words

Answer = str | Response | tuple[str, int]


@blueprint.get("/akun/alamat")
@signed_in
def addresses() -> str:
    return render_template("account/addresses.html", addresses=queries.addresses(db.session(), the_person()))


@blueprint.get("/akun/alamat/baru")
@signed_in
def new_address() -> str:
    form, person = KeptAddressForm(formdata=None), the_person()
    form.penerima.data, form.telepon.data = person.name, phone_words(person.phone)
    return _page(form, None)


@blueprint.post("/akun/alamat/baru")
@signed_in
def add_address() -> Answer:
    form = KeptAddressForm()
    if not form.validate():
        return _page(form, None), 422
    try:
        actions.keep_address(db.session(), the_person(), form.address, usual=bool(form.usual.data), at=now())
    except actions.EnoughAddresses as full:
        db.session.rollback()
        return _page(form, None, refused=sentence_of(full)), 409
    return _saved()


@blueprint.get("/akun/alamat/<int:address_id>")
@signed_in
def address(address_id: int) -> str:
    kept, form = _own(address_id), KeptAddressForm(formdata=None)
    form.show(kept.address)
    form.usual.data = kept.usual
    return _page(form, kept)


@blueprint.post("/akun/alamat/<int:address_id>")
@signed_in
def change_address(address_id: int) -> Answer:
    kept, form = _own(address_id), KeptAddressForm()
    if not form.validate():
        return _page(form, kept), 422
    actions.change_address(db.session(), kept, form.address)
    if form.usual.data:
        actions.make_usual(db.session(), kept)
    return _saved()


@blueprint.post("/akun/alamat/<int:address_id>/utama")
@signed_in
def usual_address(address_id: int) -> Response:
    actions.make_usual(db.session(), _own(address_id))
    return _saved()


@blueprint.post("/akun/alamat/<int:address_id>/hapus")
@signed_in
def forget_address(address_id: int) -> Response:
    actions.forget_address(db.session(), _own(address_id))
    return _saved(_("Alamat dihapus. Pesanan yang sudah ada tidak berubah."))


def _own(address_id: int) -> SavedAddress:
    kept = queries.address(db.session(), the_person(), address_id)
    if kept is None:
        raise NotFound
    return kept


def _saved(sentence: str = "") -> Response:
    flash(sentence or _("Alamat tersimpan."), "good")
    db.session.commit()
    return redirect(url_for("account.addresses"), 303)


def _page(form: KeptAddressForm, kept: SavedAddress | None, *, refused: str = "") -> str:
    return render_template("account/address.html", form=form, kept=kept, refused=refused)
