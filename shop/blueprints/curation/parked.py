"""Photos that could not be rendered: seen by curators, tried again on their word."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from shop.actions import rendering
from shop.blueprints.curation.room import blueprint
from shop.domain.errors import NotFound, WrongState
from shop.domain.words import N_
from shop.extensions import db, now, the_shop
from shop.queries import photos as queries
from shop.web.access import curator_only
from shop.web.login import the_person

TRIED_AGAIN = N_("Foto diolah ulang. Muat ulang halaman ini sebentar lagi.")
NO_LONGER = N_("Foto ini sudah tidak menunggu di sini.")


@blueprint.get("/kurasi/foto")
@curator_only
def parked_photos() -> str:
    return render_template("curation/parked_photos.html", parked=queries.parked(db.session()))


@blueprint.post("/kurasi/foto/<name>")
@curator_only
def try_photo_again(name: str) -> Response:
    photo = queries.named(db.session(), name)
    if photo is None:
        raise NotFound
    try:
        rendering.try_again(db.session(), photo, by=the_person(), at=now())
        db.session.commit()
        the_shop().wake("photos")
        flash(gettext(TRIED_AGAIN))
    except WrongState:
        db.session.rollback()
        flash(gettext(NO_LONGER), "warn")
    return redirect(url_for("curation.parked_photos"))
