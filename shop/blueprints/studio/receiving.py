"""Photos come in: several from the plain form, or one at a time from the script, whole or after its pieces.

The script says with each photo what was chosen for it meanwhile: slot, main photo, words. Said again under the
same client id, without the photo, it changes only these.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import jsonify, request
from flask.typing import ResponseReturnValue as Answer
from werkzeug.datastructures import FileStorage

from shop.actions import listing_photos, photos
from shop.blueprints.studio.answers import wants_json
from shop.blueprints.studio.desk import desk_for
from shop.blueprints.studio.pieces import NotAllThere, sent_alone
from shop.blueprints.studio.room import blueprint
from shop.blueprints.studio.slots import Problem, back_to_photos, show_photos
from shop.blueprints.uploads import photo_in, takes_photos
from shop.domain.editor import EditorStep
from shop.domain.errors import ShopError, TooOften, WrongState
from shop.domain.listing import MOST_PHOTOS
from shop.domain.photo import NoPhotoChosen, PhotoRefused
from shop.extensions import db, now, the_shop
from shop.models import Photo
from shop.web.access import producer_only
from shop.web.errors import code_of, sentence_of
from shop.web.login import the_member

LONGEST_ALT = 200


@dataclass(frozen=True)
class Wish:
    """What the form says besides the photo. `slot` is meant, `wished` only if nothing else stands there."""

    client_id: str
    slot: str | None
    wished: str | None
    alt: str
    main: bool

    @classmethod
    def of_request(cls) -> Wish:
        said = request.form
        return cls(
            client_id=said.get("client_id", "")[:64],
            slot=said.get("slot") or None,
            wished=said.get("wished") or None,
            alt=said.get("alt_id", "").strip()[:LONGEST_ALT],
            main=said.get("main") == "1",
        )


@blueprint.post("/studio/karya/<int:listing_id>/foto")
@producer_only
@takes_photos(MOST_PHOTOS)
def upload_photos(listing_id: int) -> Answer:
    """Take in one or several photos: each for itself, so that one refused file costs no other."""
    desk_for(listing_id, EditorStep.PHOTOS)
    wish = Wish.of_request()
    files = [file for file in request.files.getlist("photo") if file.filename]
    if not files and wish.client_id:
        return _known_or_in_pieces(listing_id, wish)
    outcomes = [_take_in(listing_id, file, wish) for file in files[:MOST_PHOTOS]]
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


def _known_or_in_pieces(listing_id: int, wish: Wish) -> Answer:
    """For the script: a photo that is here already, or whose pieces are; 409 with how much of it is here."""
    member = the_member()
    known = photos.of_client(db.session(), member.producer, by=member.person, client_id=wish.client_id)
    if known is not None:
        try:
            _place(listing_id, known, wish, again=True)
            db.session.commit()
        except (PhotoRefused, WrongState) as error:
            db.session.rollback()
            return _answer(listing_id, [error], [])
        return _answer(listing_id, [], [])
    try:
        with sent_alone() as file:
            refusal = _take_in(listing_id, file, wish) if file else NoPhotoChosen()
    except NotAllThere as half:
        return jsonify(offset=half.offset), 409
    return _answer(listing_id, [refusal] if refusal else [], [])


def _take_in(listing_id: int, file: FileStorage, wish: Wish) -> ShopError | None:
    """One photo into the work, committed; or why not."""
    try:
        incoming = photo_in(file)
        member, session = the_member(), db.session()
        photo = photos.receive(
            session,
            incoming,
            by=member.person,
            producer=member.producer,
            client_id=wish.client_id,
            at=now(),
        )
        _place(listing_id, photo, wish, again=False)
        session.commit()
    except (PhotoRefused, TooOften, WrongState) as error:
        db.session.rollback()
        return error
    the_shop().wake("photos")
    return None


def _place(listing_id: int, photo: Photo, wish: Wish, *, again: bool) -> None:
    """Into the work as wished; said again under the same client id, the wish is meant."""
    session, member = db.session(), the_member()
    listing = desk_for(listing_id, EditorStep.PHOTOS).listing
    if wish.wished and not again:
        listing_photos.attach_where_free(session, listing, photo, wished=wish.wished, by=member, at=now())
    else:
        slot = wish.slot or wish.wished
        listing_photos.attach(session, listing, photo, slot=slot, by=member, at=now())
    if wish.alt:
        listing_photos.describe(
            session, listing, photo.name, alt_id=wish.alt, alt_en=None, by=member, at=now()
        )
    if wish.main:
        listing_photos.make_main(session, listing, photo.name, by=member, at=now())


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
    return back_to_photos(listing_id)
