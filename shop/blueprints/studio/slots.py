"""The photo step: photos come in alone or several at once, into slots; refused ones are named, the others stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from shop.actions import listing_photos, photos
from shop.blueprints.studio.answers import wants_json
from shop.blueprints.studio.desk import Desk, desk_for
from shop.blueprints.studio.room import blueprint
from shop.blueprints.uploads import photo_in, takes_photos
from shop.domain.craft import SLOTS, Craft, Slot
from shop.domain.editor import EditorStep
from shop.domain.errors import ShopError, TooOften, WrongState
from shop.domain.listing import MOST_PHOTOS
from shop.domain.photo import NoPhotoChosen, PhotoRefused
from shop.extensions import db, now, the_shop
from shop.forms.works import AltForm
from shop.models import RevisionPhoto
from shop.web.access import producer_only
from shop.web.errors import code_of, sentence_of
from shop.web.form_errors import listed_errors
from shop.web.login import the_member

Problem = tuple[str, str]  # where to point, what to say


@dataclass(frozen=True)
class Place:
    """A slot as the page draws it: asked-for photo, and the one that stands there."""

    slot: Slot
    photo: RevisionPhoto | None

    @property
    def id(self) -> str:
        return f"slot-{self.slot.key}" + (f"-{self.photo.photo.name[:8]}" if self.photo else "")


def places(desk: Desk) -> list[Place]:
    """Every named slot once, the spare one for each photo in it and once more while there is room."""
    found: list[Place] = []
    for slot in SLOTS[Craft(desk.craft)]:
        here = [place for place in desk.revision.photos if place.slot == slot.key]
        found += [Place(slot, place) for place in here]
        room = slot.key == listing_photos.SPARE and len(desk.revision.photos) < MOST_PHOTOS
        if not here or room:
            found.append(Place(slot, None))
    return found


def show_photos(desk: Desk, problems: Sequence[Problem] = (), alt: tuple[str, AltForm] | None = None) -> str:
    """The page of the step. `alt` is a form of photo words that could not be read, with its photo's name."""
    forms = {place.photo.name: AltForm(None, obj=place) for place in desk.revision.photos}
    if alt is not None:
        forms[alt[0]] = alt[1]
    return render_template(
        "studio/steps/photos.html",
        desk=desk,
        places=places(desk),
        most=MOST_PHOTOS,
        problems=list(problems),
        alt_forms=forms,
    )


@blueprint.post("/studio/karya/<int:listing_id>/foto")
@producer_only
@takes_photos(MOST_PHOTOS)
def upload_photos(listing_id: int) -> Answer:
    """Take in one or several photos: each for itself, so that one refused file costs no other."""
    desk_for(listing_id, EditorStep.PHOTOS)
    slot = request.form.get("slot") or None
    files = [file for file in request.files.getlist("photo") if file.filename]
    outcomes = [_take_in(listing_id, file, slot) for file in files[:MOST_PHOTOS]]
    refused = [error for error in outcomes if error is not None]
    if not files:
        refused = [NoPhotoChosen()]
    names = [file.filename or "" for file in files] or [""]
    problems = [
        ("photo", _refusal(name, error))
        for name, error in zip(names, outcomes or refused, strict=False)
        if error is not None
    ]
    return _answer(listing_id, refused, problems)


def _take_in(listing_id: int, file: FileStorage, slot: str | None) -> ShopError | None:
    """One photo from the request into the work, committed; or why not."""
    try:
        incoming = photo_in(file)
        member, session = the_member(), db.session()
        desk = desk_for(listing_id, EditorStep.PHOTOS)
        photo = photos.receive(
            session,
            incoming,
            by=member.person,
            producer=member.producer,
            client_id=request.form.get("client_id", "")[:64],
            at=now(),
        )
        listing_photos.attach(session, desk.listing, photo, slot=slot, by=member, at=now())
        session.commit()
    except (PhotoRefused, TooOften, WrongState) as error:
        db.session.rollback()
        return error
    the_shop().wake("photos")
    return None


def _refusal(name: str, error: ShopError) -> str:
    return f"{name}: {sentence_of(error)}" if name else sentence_of(error)


def _answer(listing_id: int, refused: list[ShopError], problems: list[Problem]) -> Answer:
    if wants_json():
        if refused:
            return jsonify(detail=sentence_of(refused[0])), code_of(refused[0])
        desk = desk_for(listing_id, EditorStep.PHOTOS)
        return jsonify(count=len(desk.revision.photos)), 201
    if refused:
        return show_photos(desk_for(listing_id, EditorStep.PHOTOS), problems), code_of(refused[0])
    return _back(listing_id)


def _back(listing_id: int) -> Answer:
    return redirect(url_for("studio.step", listing_id=listing_id, word="foto"), 303)


@blueprint.post("/studio/karya/<int:listing_id>/foto/<name>/hapus")
@producer_only
def remove_photo(listing_id: int, name: str) -> Answer:
    """Out of the work; a live version keeps it."""
    desk = desk_for(listing_id, EditorStep.PHOTOS)
    listing_photos.remove(db.session(), desk.listing, name, by=the_member(), at=now())
    db.session.commit()
    flash(_("Foto dilepas dari karya ini."))
    return _back(listing_id)


@blueprint.post("/studio/karya/<int:listing_id>/foto/<name>/utama")
@producer_only
def make_main_photo(listing_id: int, name: str) -> Answer:
    desk = desk_for(listing_id, EditorStep.PHOTOS)
    listing_photos.make_main(db.session(), desk.listing, name, by=the_member(), at=now())
    db.session.commit()
    return _back(listing_id)


@blueprint.post("/studio/karya/<int:listing_id>/foto/<name>/pindah")
@producer_only
def move_photo(listing_id: int, name: str) -> Answer:
    """Into another slot; what stands there changes places with it."""
    desk = desk_for(listing_id, EditorStep.PHOTOS)
    slot = request.form.get("slot", "")
    listing_photos.move(db.session(), desk.listing, name, slot=slot, by=the_member(), at=now())
    db.session.commit()
    return _back(listing_id)


@blueprint.post("/studio/karya/<int:listing_id>/foto/<name>/teks")
@producer_only
def describe_photo(listing_id: int, name: str) -> Answer:
    """Words for those who cannot see the photo; they apply at once."""
    desk = desk_for(listing_id, EditorStep.PHOTOS)
    form = AltForm()
    if not form.validate():
        errors = [("photo", sentence) for _, sentence in listed_errors(form)]
        return show_photos(desk, errors, alt=(name, form)), 422
    listing_photos.describe(
        db.session(),
        desk.listing,
        name,
        alt_id=form.alt_id.data or "",
        alt_en=form.alt_en.data or "",
        by=the_member(),
        at=now(),
    )
    db.session.commit()
    flash(_("Teks foto tersimpan."))
    return _back(listing_id)
