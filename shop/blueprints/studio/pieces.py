"""A large photo in pieces, for the script: how much is there, and the next piece.

The last word is the ordinary door of the photo step: it is told how long the photo is and takes it in. Whoever
repeats a piece, or sends it twice at the same time, is told where to go on (409).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import jsonify, request
from flask.typing import ResponseReturnValue as Answer
from werkzeug.datastructures import FileStorage

from shop.actions import half_uploads, photos
from shop.blueprints.studio.room import blueprint
from shop.domain.errors import NotFound
from shop.domain.photo import PART_BYTES, QUOTA_PER_PRODUCER, PhotoRefused, QuotaReached
from shop.extensions import db, the_shop
from shop.web.access import producer_only
from shop.web.errors import code_of, sentence_of
from shop.web.login import the_member


class NotAllThere(Exception):
    """The pieces end before the photo does."""

    def __init__(self, offset: int) -> None:
        self.offset = offset


@contextmanager
def sent_alone() -> Iterator[FileStorage | None]:
    """The one photo of this request: in its body, or of the pieces that were sent before under its client id, which
    are taken away when the block ends well. Ends the transaction that was open. Raises NotAllThere.
    """
    client_id, length = request.form.get("client_id", ""), request.form.get("length", 0, type=int)
    if not length or request.files.get("photo"):
        yield request.files.get("photo")
        return
    producer_id, store = _producer_id(client_id), the_shop().photos
    db.session.rollback()
    with tempfile.TemporaryDirectory(prefix="shop-pieces-") as folder:
        whole = Path(folder, "whole")
        there = half_uploads.join(store, producer_id, client_id, whole)
        if there != length:
            raise NotAllThere(there)
        with whole.open("rb") as stream:
            yield FileStorage(stream, filename="photo")
    half_uploads.forget(store, producer_id, client_id)


@blueprint.get("/studio/unggahan/<client_id>")
@producer_only
def pieces(client_id: str) -> Answer:
    """How many bytes of it lie here."""
    producer_id = _producer_id(client_id)
    return jsonify(offset=half_uploads.received(the_shop().photos, producer_id, client_id))


@blueprint.patch("/studio/unggahan/<client_id>")
@producer_only
def add_piece(client_id: str) -> Answer:
    """Keep the body as the piece that begins at `Upload-Offset`."""
    producer_id = _producer_id(client_id)
    full = photos.count(db.session(), the_member().producer) >= QUOTA_PER_PRODUCER
    db.session.rollback()  # nothing is locked while a slow body comes in
    offset = request.headers.get("Upload-Offset", -1, type=int)
    try:
        if full:
            raise QuotaReached(limit=QUOTA_PER_PRODUCER)
        there = half_uploads.add(
            the_shop().photos,
            producer_id,
            client_id,
            request.stream,  # type: ignore[arg-type]
            offset=offset,
        )
    except PhotoRefused as refusal:
        return jsonify(detail=sentence_of(refusal)), code_of(refusal)
    if there is None:
        return jsonify(offset=half_uploads.received(the_shop().photos, producer_id, client_id)), 409
    return jsonify(offset=there), 200


add_piece.most_bytes = PART_BYTES  # type: ignore[attr-defined]


def _producer_id(client_id: str) -> int:
    if not half_uploads.CLIENT_ID.fullmatch(client_id):
        raise NotFound
    return the_member().producer_id
