"""The photo step: photos come in alone or several at once, into slots; refused ones are named, the others stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer
from flask_babel import gettext as _

from shop.actions import listing_photos
from shop.blueprints.studio.desk import Desk, desk_for
from shop.blueprints.studio.room import blueprint
from shop.domain.craft import SLOTS, Craft, Slot
from shop.domain.editor import EditorStep
from shop.domain.listing import MOST_PHOTOS
from shop.extensions import db, now
from shop.forms.works import AltForm
from shop.models import RevisionPhoto
from shop.web.access import producer_only
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


def _open_slots(desk: Desk) -> list[dict[str, object]]:
    """For the script: every slot in order, and whether nothing stands there."""
    taken = {place.slot for place in desk.revision.photos} - {listing_photos.SPARE}
    return [
        {"key": slot.key, "label": _(slot.label), "free": slot.key not in taken}
        for slot in SLOTS[Craft(desk.craft)]
    ]


def show_photos(desk: Desk, problems: Sequence[Problem] = (), alt: tuple[str, AltForm] | None = None) -> str:
    """The page of the step. `alt` is a form of photo words that could not be read, with its photo's name."""
    forms = {place.photo.name: AltForm(None, obj=place) for place in desk.revision.photos}
    if alt is not None:
        forms[alt[0]] = alt[1]
    return render_template(
        "studio/steps/photos.html",
        desk=desk,
        places=places(desk),
        open_slots=_open_slots(desk),
        most=MOST_PHOTOS,
        problems=list(problems),
        alt_forms=forms,
    )


def back_to_photos(listing_id: int) -> Answer:
    return redirect(url_for("studio.step", listing_id=listing_id, word="foto"), 303)


@blueprint.post("/studio/karya/<int:listing_id>/foto/<name>/hapus")
@producer_only
def remove_photo(listing_id: int, name: str) -> Answer:
    """Out of the work; a live version keeps it."""
    desk = desk_for(listing_id, EditorStep.PHOTOS)
    listing_photos.remove(db.session(), desk.listing, name, by=the_member(), at=now())
    db.session.commit()
    flash(_("Foto dilepas dari karya ini."))
    return back_to_photos(listing_id)


@blueprint.post("/studio/karya/<int:listing_id>/foto/<name>/utama")
@producer_only
def make_main_photo(listing_id: int, name: str) -> Answer:
    desk = desk_for(listing_id, EditorStep.PHOTOS)
    listing_photos.make_main(db.session(), desk.listing, name, by=the_member(), at=now())
    db.session.commit()
    return back_to_photos(listing_id)


@blueprint.post("/studio/karya/<int:listing_id>/foto/<name>/pindah")
@producer_only
def move_photo(listing_id: int, name: str) -> Answer:
    """Into another slot; what stands there changes places with it."""
    desk = desk_for(listing_id, EditorStep.PHOTOS)
    slot = request.form.get("slot", "")
    listing_photos.move(db.session(), desk.listing, name, slot=slot, by=the_member(), at=now())
    db.session.commit()
    return back_to_photos(listing_id)


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
    return back_to_photos(listing_id)
