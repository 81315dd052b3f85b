"""Rendered photos. Originals are never served, whoever asks."""

from __future__ import annotations

from flask import Blueprint, Response, send_file

from shop.domain.errors import NotFound
from shop.domain.photo import TYPES, Asked, asked, preview_key, rendition_key
from shop.extensions import db, the_shop
from shop.models import Photo
from shop.queries import photos
from shop.web.access import looks_at_works, public
from shop.web.login import current_person

blueprint = Blueprint("media", __name__)
FOREVER = "public, max-age=31536000, immutable"


@blueprint.get("/foto/<file>")
@public
def photo(file: str) -> Response:
    """One rendition, or the preview. Public photos may be kept forever; others only their people see, unkept."""
    wanted = asked(file)
    row = photos.named(db.session(), wanted.name) if wanted else None
    if wanted is None or row is None:
        raise NotFound
    if photos.is_public(db.session(), row.name):
        return send_rendition(row, wanted, FOREVER)
    if photos.may_see(db.session(), row, current_person(), as_curator=looks_at_works()):
        return send_rendition(row, wanted, "no-store")
    raise NotFound


def send_rendition(row: Photo, wanted: Asked, keep: str) -> Response:
    """The bytes from the store, with their type and how long they may be kept."""
    if wanted.width is not None and (wanted.width not in row.widths or row.state != "ready"):
        raise NotFound
    key = preview_key(row.content)
    if wanted.width is not None:
        key = rendition_key(row.content, f"{wanted.width}.{wanted.ending}")
    store = the_shop().photos
    path = store.path(key)
    try:
        response = send_file(
            path if path is not None else store.open(key),
            mimetype=TYPES[wanted.ending],
            etag=f"{row.name}-{wanted.width or 0}{wanted.ending}",
            last_modified=row.rendered_at or row.received_at,
        )
    except FileNotFoundError as missing:
        raise NotFound from missing
    response.headers["Cache-Control"] = keep
    return response
