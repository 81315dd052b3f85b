"""The photos of a work: into which slot, which is the main one, and in which words they are described."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from shop.actions.catalogue import refresh
from shop.actions.member_steps import log_edit, log_step
from shop.actions.revisions import hold_own, is_live, open_revision, to_edit
from shop.domain.craft import SLOTS, Craft
from shop.domain.errors import NotFound
from shop.domain.listing import MOST_PHOTOS
from shop.domain.photo import TooManyPhotos
from shop.models import Listing, Member, Photo, Revision, RevisionPhoto

SPARE = "lain"


def attach(
    session: Session, listing: Listing, photo: Photo, *, by: Member, at: datetime, slot: str | None = None
) -> RevisionPhoto:
    """Put a received photo into a slot; without one, into the next that is empty. A taken slot gets the new photo.

    A photo that is there already is moved, or left where it is. Raises TooManyPhotos, NotFound for photos of others.
    """
    hold_own(session, listing, by)
    if photo.producer_id != listing.producer_id:
        raise NotFound
    revision = to_edit(session, listing, by=by.person, at=at)
    place = _place_of(revision, photo.name)
    if place is not None:
        if slot is not None:
            _put(revision, place, slot)
    else:
        place = _add(revision, photo, slot or _empty_slot(revision))
    _arrange(revision)
    _saved(session, revision, by=by, at=at)
    return place


def attach_where_free(
    session: Session, listing: Listing, photo: Photo, *, wished: str, by: Member, at: datetime
) -> RevisionPhoto:
    """Into the wished slot if no other photo stands there by now, else into the next that is empty. A photo that
    is there already stays where it is.
    """
    hold_own(session, listing, by)
    revision = to_edit(session, listing, by=by.person, at=at)
    if _place_of(revision, photo.name) is not None:
        return attach(session, listing, photo, by=by, at=at)
    free = wished if _in_slot(revision, wished) is None else _empty_slot(revision)
    return attach(session, listing, photo, slot=free, by=by, at=at)


def move(session: Session, listing: Listing, name: str, *, slot: str, by: Member, at: datetime) -> None:
    """Into another slot; what stood there takes its place."""
    revision, place = _find(session, listing, name, by=by, at=at)
    _put(revision, place, slot)
    _arrange(revision)
    _saved(session, revision, by=by, at=at)


def make_main(session: Session, listing: Listing, name: str, *, by: Member, at: datetime) -> None:
    """The photo on cards and first on the page."""
    revision, place = _find(session, listing, name, by=by, at=at)
    place.position = -1
    _arrange(revision)
    _saved(session, revision, by=by, at=at)


def focus(
    session: Session, listing: Listing, name: str, *, across: int, down: int, by: Member, at: datetime
) -> None:
    """What stays in sight where the photo is cropped to a card; in per mille from the left and from the top."""
    revision, place = _find(session, listing, name, by=by, at=at)
    place.focal_x, place.focal_y = max(0, min(1000, across)), max(0, min(1000, down))
    _saved(session, revision, by=by, at=at)


def exchange(
    session: Session, listing: Listing, name: str, photo: Photo, *, by: Member, at: datetime
) -> RevisionPhoto:
    """Another photo in the same place with the same words. Raises NotFound for photos of others."""
    revision, place = _find(session, listing, name, by=by, at=at)
    if photo.producer_id != listing.producer_id:
        raise NotFound
    there = _place_of(revision, photo.name)
    if there is not None and there is not place:  # it stands in another slot already
        return there
    place.photo, place.focal_x, place.focal_y = photo, 500, 500
    _saved(session, revision, by=by, at=at)
    return place


def remove(session: Session, listing: Listing, name: str, *, by: Member, at: datetime) -> None:
    """Out of this revision; the photo itself stays with its producer, and in the live version."""
    revision, place = _find(session, listing, name, by=by, at=at)
    revision.photos.remove(place)
    _arrange(revision)
    _saved(session, revision, by=by, at=at)


def describe(
    session: Session,
    listing: Listing,
    name: str,
    *,
    alt_id: str,
    alt_en: str | None,
    by: Member,
    at: datetime,
) -> None:
    """Words for those who cannot see the photo: written at once, in the live version too. None leaves the English."""
    hold_own(session, listing, by)
    revisions = [open_revision(listing), listing.live_revision if is_live(listing) else None]
    places = [place for r in revisions if r is not None and (place := _place_of(r, name)) is not None]
    if not places:
        raise NotFound
    said = [(alt_id, place.alt_en if alt_en is None else alt_en) for place in places]
    if [(place.alt_id, place.alt_en) for place in places] == said:
        return
    for place, (words_id, words_en) in zip(places, said, strict=True):
        place.alt_id, place.alt_en = words_id, words_en
    listing.changed_at = at
    session.flush()
    log_step(session, "describe_photo", by=by, at=at, listing=listing)
    refresh(session, listing)


def _find(
    session: Session, listing: Listing, name: str, *, by: Member, at: datetime
) -> tuple[Revision, RevisionPhoto]:
    hold_own(session, listing, by)
    revision = to_edit(session, listing, by=by.person, at=at)
    place = _place_of(revision, name)
    if place is None:
        raise NotFound
    return revision, place


def _place_of(revision: Revision, name: str) -> RevisionPhoto | None:
    return next((place for place in revision.photos if place.photo.name == name), None)


def _add(revision: Revision, photo: Photo, slot: str) -> RevisionPhoto:
    taken = _in_slot(revision, slot)
    if taken is None and len(revision.photos) >= MOST_PHOTOS:
        raise TooManyPhotos(limit=MOST_PHOTOS)
    position = len(revision.photos)
    if taken is not None:
        position = taken.position
        revision.photos.remove(taken)
    place = RevisionPhoto(photo=photo, slot=_known(revision, slot), position=position)
    revision.photos.append(place)
    return place


def _put(revision: Revision, place: RevisionPhoto, slot: str) -> None:
    taken = _in_slot(revision, slot)
    if taken is not None and taken is not place:
        taken.slot = place.slot
    place.slot = _known(revision, slot)


def _in_slot(revision: Revision, slot: str) -> RevisionPhoto | None:
    """The photo of a slot that holds one; the spare slot holds many."""
    return None if slot == SPARE else next((p for p in revision.photos if p.slot == slot), None)


def _known(revision: Revision, slot: str) -> str:
    if slot not in {known.key for known in SLOTS[Craft(str(revision.craft))]}:
        raise NotFound
    return slot


def _empty_slot(revision: Revision) -> str:
    filled = {place.slot for place in revision.photos}
    return next((s.key for s in SLOTS[Craft(str(revision.craft))] if s.key not in filled), SPARE)


def _arrange(revision: Revision) -> None:
    """The main photo first, the others in the order of their slots."""
    order = [slot.key for slot in SLOTS[Craft(str(revision.craft))]]
    by_position = sorted(revision.photos, key=lambda place: place.position)
    others = sorted(by_position[1:], key=lambda place: order.index(place.slot))
    for position, place in enumerate([*by_position[:1], *others]):
        place.position = position


def _saved(session: Session, revision: Revision, *, by: Member, at: datetime) -> None:
    """Photos come in beside the writing: the revision's own version is left alone, so no form is overtaken."""
    revision.listing.changed_at = at
    session.flush()
    log_edit(session, by=by, at=at, revision=revision)
