"""Receiving a photo, in two halves, and removing one.

A view first lets go of the database (no lock is held while a file is read, decoded and stored), takes the file
in, then writes the row and commits:

    incoming = photo_in(file)                      # shop.blueprints.uploads; files only, no database
    photo = photos.receive(db.session(), incoming, by=person, producer=producer, client_id=…, at=now())
    db.session.commit()
    the_shop().wake("photos")

The same client id, or the same content for the same owner, is the same photo: a repeat gives the row that
is there. (So a file chosen for two slots of one revision is one photo; the slot step has to cope.) The photo can
be shown at once: the `photo` macro uses the preview until the renditions are there.
"""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shop.actions.events import log
from shop.domain.errors import WrongState
from shop.domain.photo import (
    MAX_BYTES,
    QUOTA_PER_PRODUCER,
    PhotoRefused,
    QuotaReached,
    Rendered,
    check_bytes,
    content,
    original_key,
    preview_key,
)
from shop.domain.roles import Actor
from shop.domain.words import N_
from shop.models import Inquiry, Person, Photo, Producer
from shop.ports import PhotoFailed, PhotoStore, PictureMaker
from shop.queries.photos import in_use

CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class Incoming:
    """A checked file: its original and its preview lie in the store, no row speaks of it yet."""

    sha256: str
    size_bytes: int
    seen: Rendered


class PhotoInUse(WrongState):
    """A photo that stands in a work, a thread or a profile stays."""

    sentence = N_("Foto ini masih dipakai. Lepaskan dahulu dari karya atau profil")


def take_in(store: PhotoStore, pictures: PictureMaker, stream: BinaryIO) -> Incoming:
    """Checks a file and puts it into the store. Touches no database; call it with no transaction open.

    Raises a PhotoRefused that says why, or RoomBusy. Nothing is kept of what is refused.
    """
    with tempfile.TemporaryDirectory(prefix="shop-upload-") as folder:
        source, small = Path(folder, "original"), Path(folder, "preview.jpg")
        check_bytes(_written(stream, source))
        try:
            seen = pictures.preview(source, small)
        except PhotoFailed as failure:  # the decoder died over it: no reason to keep it
            raise PhotoRefused from failure
        sha256 = _hash(source)  # of the file as it is kept, without the place
        store.put(original_key(sha256), source)
        store.put(preview_key(sha256), small)
        return Incoming(sha256, source.stat().st_size, seen)


def receive(
    session: Session,
    incoming: Incoming,
    *,
    by: Person | None,
    client_id: str,
    at: datetime,
    producer: Producer | None = None,
    inquiry: Inquiry | None = None,
) -> Photo:
    """The photo's row, flushed: of a producer, or of a thread. `by` is None for a guest of the thread.

    Raises QuotaReached when the producer's place is full.
    """
    owner = _owner(producer, inquiry)
    sender = f"person:{by.id}" if by else f"guest:{inquiry.id if inquiry else 0}"
    known = _known(session, owner, sender, client_id, incoming.sha256)
    if known is not None:
        return _again(known, at)
    if producer is not None and count(session, producer) >= QUOTA_PER_PRODUCER:
        raise QuotaReached(limit=QUOTA_PER_PRODUCER)
    photo = Photo(
        name=token_hex(16),
        uploaded_by=sender,
        client_id=client_id or incoming.sha256,
        sha256=incoming.sha256,
        original_key=original_key(incoming.sha256),
        size_bytes=incoming.size_bytes,
        width_px=incoming.seen.width_px,
        height_px=incoming.seen.height_px,
        placeholder=incoming.seen.placeholder,
        hints=incoming.seen.hints,
        due_at=at,
        received_at=at,
        **owner,
    )
    try:
        with session.begin_nested():
            session.add(photo)
    except IntegrityError:  # the same client id, or the same content, arrived twice at the same moment
        photo = _known(session, owner, sender, client_id, incoming.sha256)  # type: ignore[assignment]
        if photo is None:
            raise
    return photo


def of_client(session: Session, producer: Producer, *, by: Person, client_id: str) -> Photo | None:
    """What this person sent for the producer under this client id, if anything."""
    query = select(Photo).where(
        Photo.producer_id == producer.id,
        Photo.uploaded_by == f"person:{by.id}",
        Photo.client_id == client_id,
    )
    return session.scalar(query)


def count(session: Session, producer: Producer) -> int:
    """How many photos the producer keeps, used or not; what was turned or cropped counts with its original."""
    mine = select(func.count()).where(Photo.producer_id == producer.id, Photo.edit == "")
    return session.scalar(mine) or 0


def see_edited(store: PhotoStore, pictures: PictureMaker, sha256: str, edit: str) -> Rendered:
    """Makes the preview of a photo turned and cropped otherwise. Touches no database; call it with no transaction
    open. Raises a PhotoRefused or RoomBusy.
    """
    with (
        tempfile.TemporaryDirectory(prefix="shop-edit-") as folder,
        store.local(original_key(sha256)) as source,
    ):
        small = Path(folder, "preview.jpg")
        try:
            seen = pictures.preview(source, small, edit=edit)
        except PhotoFailed as failure:
            raise PhotoRefused from failure
        store.put(preview_key(content(sha256, edit)), small)
        return seen


def edited(session: Session, photo: Photo, edit: str, seen: Rendered, *, by: Person, at: datetime) -> Photo:
    """The photo turned and cropped otherwise, flushed: the row that is there, or a new one beside it."""
    same = select(Photo).filter_by(producer_id=photo.producer_id, sha256=photo.sha256, edit=edit)
    there = session.scalar(same.order_by(Photo.id).limit(1))
    if there is not None:
        return there
    row = Photo(
        name=token_hex(16),
        producer_id=photo.producer_id,
        uploaded_by=f"person:{by.id}",
        client_id=content(photo.sha256, edit) + (f":{photo.producer_id}"),
        sha256=photo.sha256,
        edit=edit,
        original_key=photo.original_key,
        size_bytes=photo.size_bytes,
        width_px=seen.width_px,
        height_px=seen.height_px,
        placeholder=seen.placeholder,
        hints=seen.hints,
        due_at=at,
        received_at=at,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:  # pressed twice at the same moment
        return session.scalars(same).one()
    return row


def drop_unused_edit(session: Session, photo: Photo) -> None:
    """Takes a turned or cropped photo away that nothing shows any more; it can be made again from its original."""
    if photo.edit and not session.scalar(select(in_use()).select_from(Photo).where(Photo.id == photo.id)):
        session.delete(photo)
        session.flush()


def remove(session: Session, photo: Photo, *, by: Person, at: datetime) -> None:
    """Takes an unused photo of a producer away; its files follow with the next sweep. Raises PhotoInUse."""
    if session.scalar(select(in_use()).select_from(Photo).where(Photo.id == photo.id)):
        raise PhotoInUse
    producer = session.get(Producer, photo.producer_id) if photo.producer_id else None
    log(
        session,
        "remove_photo",
        by=by,
        actor=Actor.PRODUCER,
        at=at,
        producer=producer,
        facts={"photo": photo.id},
    )
    session.delete(photo)
    session.flush()


def _owner(producer: Producer | None, inquiry: Inquiry | None) -> dict[str, int]:
    if (producer is None) == (inquiry is None):
        raise ValueError("a photo belongs to a producer or to an inquiry")
    return {"producer_id": producer.id} if producer else {"inquiry_id": inquiry.id}  # type: ignore[union-attr]


def _known(session: Session, owner: dict[str, int], sender: str, client_id: str, sha256: str) -> Photo | None:
    """What was received before under this client id, else with this content, for this owner."""
    mine = select(Photo).filter_by(**owner, edit="").order_by(Photo.id).limit(1)
    if client_id:
        found = session.scalar(mine.where(Photo.uploaded_by == sender, Photo.client_id == client_id))
        if found is not None:
            return found
    return session.scalar(mine.where(Photo.sha256 == sha256))


def _again(photo: Photo, at: datetime) -> Photo:
    """A parked photo that is sent again gets another chance."""
    if photo.state == "parked":
        photo.state, photo.attempts, photo.due_at, photo.problem = "received", 0, at, ""
    return photo


def _written(stream: BinaryIO, target: Path) -> int:
    """Copies the stream; its length, which stops counting just above the limit."""
    size = 0
    with target.open("wb") as out:
        while size <= MAX_BYTES and (chunk := stream.read(CHUNK)):
            size += len(chunk)
            out.write(chunk)
    return size


def _hash(file: Path) -> str:
    with file.open("rb") as whole:
        return hashlib.file_digest(whole, "sha256").hexdigest()
