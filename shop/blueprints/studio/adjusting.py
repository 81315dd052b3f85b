"""One photo by hand: turned, cropped, and held where a card crops it. Numbers change, the original never does."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer

from shop.actions import listing_photos, photos
from shop.blueprints.studio.desk import Desk, desk_for
from shop.blueprints.studio.room import blueprint
from shop.domain.editor import EditorStep
from shop.domain.errors import NotFound, TooOften
from shop.domain.photo import Size
from shop.domain.photo_edit import Edit
from shop.extensions import db, now, the_shop
from shop.models import Photo, RevisionPhoto
from shop.ports import RoomBusy
from shop.web.access import producer_only
from shop.web.login import the_member
from shop.web.numbers import row_of

CARD = 4 / 5
#: How wide the picture stands on the page, in pixels: what a tap on it is counted in.
PICTURE_WIDTH = 288
SHAPES = {"kartu": CARD, "persegi": 1.0}
SIDES = {"kiri": "left", "kanan": "right", "atas": "top", "bawah": "bottom"}


@blueprint.get("/studio/karya/<int:listing_id>/foto/<name>")
@producer_only
def adjust_photo(listing_id: int, name: str) -> Answer:
    """The photo, what can be done to it, and how a card shows it."""
    desk = desk_for(listing_id, EditorStep.PHOTOS)
    place = _place(desk, name)
    before = request.args.get("sebelum")
    return render_template(
        "studio/adjust_photo.html",
        desk=desk,
        place=place,
        before=before if before is not None and _readable(before) else None,
        width=PICTURE_WIDTH,
        height=round(PICTURE_WIDTH * place.photo.height_px / place.photo.width_px),
    )


@blueprint.post("/studio/karya/<int:listing_id>/foto/<name>/atur")
@producer_only
def change_photo(listing_id: int, name: str) -> Answer:
    """One press of a button: a turn, less of a side, a shape, or back."""
    desk = desk_for(listing_id, EditorStep.PHOTOS)
    place = _place(desk, name)
    photo, before = place.photo, place.photo.edit
    wanted = _wanted(place, request.form).code
    if wanted == before:
        return _back(listing_id, name)
    shop, sha256 = the_shop(), photo.sha256
    db.session.rollback()
    try:
        seen = photos.see_edited(shop.photos, shop.pictures, sha256, wanted)
    except RoomBusy as busy:
        raise TooOften(seconds=10) from busy
    session, member = db.session(), the_member()
    listing = desk_for(listing_id, EditorStep.PHOTOS).listing
    other = photos.edited(session, photo, wanted, seen, by=member.person, at=now())
    listing_photos.exchange(session, listing, name, other, by=member, at=now())
    photos.drop_unused_edit(session, photo)
    shown = other.name
    session.commit()
    shop.wake("photos")
    return _back(listing_id, shown, before)


@blueprint.post("/studio/karya/<int:listing_id>/foto/<name>/titik")
@producer_only
def focus_photo(listing_id: int, name: str) -> Answer:
    """What stays in sight on a card: by one of nine buttons, or by a tap on the picture."""
    desk = desk_for(listing_id, EditorStep.PHOTOS)
    place = _place(desk, name)
    across, down = _point(place.photo)
    listing_photos.focus(
        db.session(), desk.listing, name, across=across, down=down, by=the_member(), at=now()
    )
    db.session.commit()
    return _back(listing_id, name)


def _place(desk: Desk, name: str) -> RevisionPhoto:
    place = next((place for place in desk.revision.photos if place.photo.name == name), None)
    if place is None:
        raise NotFound
    return place


def _wanted(place: RevisionPhoto, said: dict[str, str]) -> Edit:
    """What the photo is to be like after this press. Raises NotFound for a press no button of ours makes."""
    photo, step = place.photo, said.get("langkah", "")
    now_is = Edit.read(photo.edit)
    if step in ("putar-kiri", "putar-kanan"):
        return now_is.turned(clockwise=step == "putar-kanan")
    if step in SIDES:
        return now_is.trimmed(SIDES[step])  # type: ignore[arg-type]
    if step in SHAPES:
        size = Size(photo.width_px, photo.height_px)
        return now_is.shaped(SHAPES[step], size, (place.focal_x, place.focal_y))
    if step == "urungkan" and _readable(said.get("sebelum", "")):
        return Edit.read(said.get("sebelum", ""))
    if step == "asli":
        return Edit()
    raise NotFound


def _readable(code: str) -> bool:
    try:
        Edit.read(code)
    except ValueError:
        return False
    return True


def _point(photo: Photo) -> tuple[int, int]:
    """Per mille from the left and the top. A picture pressed by the keyboard tells no place: the middle then."""
    if "titik.x" in request.form:
        x, y = request.form.get("titik.x", 0, type=int), request.form.get("titik.y", 0, type=int)
        height = max(1, round(PICTURE_WIDTH * photo.height_px / photo.width_px))
        return (round(1000 * x / PICTURE_WIDTH), round(1000 * y / height)) if x or y else (500, 500)
    across, _, down = request.form.get("titik", "").partition("-")
    place = row_of(across), row_of(down)
    if place[0] is None or place[1] is None:
        raise NotFound
    return place[0], place[1]


def _back(listing_id: int, name: str, before: str | None = None) -> Answer:
    way = {} if before is None else {"sebelum": before}
    return redirect(url_for("studio.adjust_photo", listing_id=listing_id, name=name, **way), 303)  # type: ignore[arg-type]
