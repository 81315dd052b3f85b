"""All photos a producer ever sent: which are in use, and taking away those that are not."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer
from flask_babel import gettext as _

from shop.actions import photos
from shop.blueprints.studio.room import blueprint
from shop.domain.errors import NotFound
from shop.domain.photo import QUOTA_PER_PRODUCER
from shop.extensions import db, now
from shop.queries import photos as queries
from shop.web.access import producer_only
from shop.web.login import the_member


@blueprint.get("/studio/foto")
@producer_only
def library() -> str:
    """Newest first; a page that makes no sense is the nearest one that does."""
    session, producer = db.session(), the_member().producer
    total = photos.count(session, producer)
    page = min(max(request.args.get("hal", 1, type=int), 1), max(1, -(-total // queries.LIBRARY_PAGE)))
    shown = min(page * queries.LIBRARY_PAGE, total)
    return render_template(
        "studio/library.html",
        pictures=queries.library(session, producer, page=page),
        total=total,
        quota=QUOTA_PER_PRODUCER,
        shown=shown,
        next_url=url_for("studio.library", hal=page + 1) if shown < total else None,
        previous_url=url_for("studio.library", hal=page - 1) if page > 1 else None,
    )


@blueprint.post("/studio/foto/<name>/hapus")
@producer_only
def remove_from_library(name: str) -> Answer:
    """One unused photo, gone for good."""
    session, member = db.session(), the_member()
    photo = queries.named(session, name)
    if photo is None or photo.producer_id != member.producer_id:
        raise NotFound
    try:
        photos.remove(session, photo, by=member.person, at=now())
        session.commit()
        flash(_("Foto dihapus."))
    except photos.PhotoInUse as used:
        session.rollback()
        flash(_(used.sentence), "warn")
    return redirect(url_for("studio.library", hal=request.form.get("hal") or None), 303)
