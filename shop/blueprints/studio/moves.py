"""What a button does to a work: submit, take back, hide, show, put away, bring back, appeal, drop changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue as Answer
from flask_babel import gettext as _

from shop.actions import listings, submitting
from shop.blueprints.studio.desk import WORDS, Desk, desk_for
from shop.blueprints.studio.preview import show_check
from shop.blueprints.studio.room import blueprint
from shop.blueprints.studio.works import work_page
from shop.domain.editor import EditorStep
from shop.domain.errors import Incomplete
from shop.domain.listing import Status
from shop.domain.words import N_
from shop.extensions import db, now
from shop.forms.works import AppealForm
from shop.web.access import producer_only
from shop.web.login import the_member


def _move(listing_id: int, action: Callable[..., Any], sentence: str) -> Answer:
    desk = desk_for(listing_id)
    action(db.session(), desk.listing, by=the_member(), at=now())
    db.session.commit()
    flash(_(sentence))
    return redirect(url_for("studio.edit", listing_id=listing_id), 303)


@blueprint.post("/studio/karya/<int:listing_id>/kirim")
@producer_only
def submit(listing_id: int) -> Answer:
    """Before the curators; or back to the check page with what still lacks."""
    desk = desk_for(listing_id, EditorStep.CHECK)
    try:
        revision = submitting.submit(db.session(), desk.listing, by=the_member(), at=now())
    except Incomplete as error:
        db.session.rollback()
        lacking = [
            (f"perlu-{WORDS[EditorStep(step)]}", _first_sentence(desk_for(listing_id), step))
            for step in error.problems
        ]
        return show_check(desk_for(listing_id, EditorStep.CHECK), lacking), 422
    at_once = revision.status == Status.PUBLISHED
    db.session.commit()
    flash(_("Karya ditayangkan.") if at_once else _("Terkirim. Kurator melihat karya menurut urutan masuk."))
    return redirect(url_for("studio.edit", listing_id=listing_id), 303)


def _first_sentence(desk: Desk, step: str) -> str:
    item = desk.lacking(step)[0]
    return str(_(item.sentence, what=_(item.what)) if item.what else _(item.sentence))


@blueprint.post("/studio/karya/<int:listing_id>/tarik")
@producer_only
def withdraw(listing_id: int) -> Answer:
    return _move(listing_id, submitting.withdraw, N_("Karya ditarik kembali dan dapat diubah."))


@blueprint.post("/studio/karya/<int:listing_id>/sembunyikan")
@producer_only
def hide(listing_id: int) -> Answer:
    return _move(listing_id, listings.hide, N_("Karya disembunyikan dari pembeli."))


@blueprint.post("/studio/karya/<int:listing_id>/tampilkan")
@producer_only
def unhide(listing_id: int) -> Answer:
    return _move(listing_id, listings.unhide, N_("Karya tampil lagi."))


@blueprint.post("/studio/karya/<int:listing_id>/arsipkan")
@producer_only
def archive(listing_id: int) -> Answer:
    return _move(listing_id, listings.archive, N_("Karya diarsipkan."))


@blueprint.post("/studio/karya/<int:listing_id>/pulihkan")
@producer_only
def restore_as_draft(listing_id: int) -> Answer:
    return _move(listing_id, listings.restore_as_draft, N_("Karya dipulihkan sebagai draf."))


@blueprint.post("/studio/karya/<int:listing_id>/buang")
@producer_only
def discard(listing_id: int) -> Answer:
    return _move(listing_id, listings.discard, N_("Perubahan dibuang. Versi yang tayang tetap."))


@blueprint.post("/studio/karya/<int:listing_id>/banding")
@producer_only
def appeal(listing_id: int) -> Answer:
    """The producer's one answer to a rejection."""
    form = AppealForm()
    if not form.validate():
        return work_page(listing_id, form), 422
    desk = desk_for(listing_id)
    submitting.appeal(db.session(), desk.listing, by=the_member(), text=form.text.data, at=now())
    db.session.commit()
    flash(_("Banding terkirim. Orang lain yang memutuskan, bukan kurator yang menolak."))
    return redirect(url_for("studio.edit", listing_id=listing_id), 303)
