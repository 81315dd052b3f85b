"""Rendered photos. Originals are never served, whoever asks."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, redirect, send_file
from werkzeug.wrappers import Response as ResponseBase

from shop.config import X_ACCEL
from shop.domain.errors import NotFound
from shop.domain.photo import TYPES, Asked, asked, preview_key, rendition_key
from shop.extensions import db, the_shop
from shop.models import Photo
from shop.queries import photos
from shop.web.access import looks_at_works, public
from shop.web.login import current_person

blueprint = Blueprint("media", __name__)
FOREVER, UNKEPT = "public, max-age=31536000, immutable", "no-store"
#: How long a signed address is good: a day for what anybody may see, two minutes for what its people see.
SIGNED_S = {FOREVER: 24 * 3600, UNKEPT: 120}


@blueprint.get("/foto/<file>")
@public
def photo(file: str) -> ResponseBase:
    """One rendition, or the preview. Public photos may be kept forever; others only their people see, unkept."""
    wanted = asked(file)
    row = photos.named(db.session(), wanted.name) if wanted else None
    if wanted is None or row is None:
        raise NotFound
    if photos.is_public(db.session(), row.name):
        return send_rendition(row, wanted, FOREVER)
    if photos.may_see(db.session(), row, current_person(), as_curator=looks_at_works()):
        return send_rendition(row, wanted, UNKEPT)
    raise NotFound


def send_rendition(row: Photo, wanted: Asked, keep: str) -> ResponseBase:
    """The bytes, with their type and how long they may be kept: from the bucket by a signed address, from the web
    server in front where it may read the folder, else from here.
    """
    if wanted.width is not None and (wanted.width not in row.widths or row.state != "ready"):
        raise NotFound
    key = preview_key(row.content)
    if wanted.width is not None:
        key = rendition_key(row.content, f"{wanted.width}.{wanted.ending}")
    address = the_shop().photos.address(key, SIGNED_S[keep])
    if address is not None:
        return _elsewhere(address, keep)
    return _from_here(row, wanted, key, keep)


def _elsewhere(address: str, keep: str) -> ResponseBase:
    """What lies there never changes and is kept for ever; the way there only as long as its signature is good."""
    response = redirect(address, 302)
    response.headers["Cache-Control"] = keep if keep == UNKEPT else f"public, max-age={SIGNED_S[keep] // 2}"
    return response


def _from_here(row: Photo, wanted: Asked, key: str, keep: str) -> Response:
    store, way = the_shop().photos, the_shop().config.sendfile
    path = store.path(key)
    try:
        response = send_file(
            path if path is not None else store.open(key),
            mimetype=TYPES[wanted.ending],
            etag=f"{row.name}-{wanted.width or 0}{wanted.ending}",
            last_modified=row.rendered_at or row.received_at,
            conditional=True,
        )
    except FileNotFoundError as missing:
        raise NotFound from missing
    if way and path is not None and response.status_code == 200:
        response = _in_front(response, way, path, key)
    response.headers["Cache-Control"] = keep
    return response


def _in_front(response: Response, way: str, path: Path, key: str) -> Response:
    """The same headers without the bytes: the web server in front reads the file itself, ranges included."""
    response.close()
    response.response, response.direct_passthrough = [], False
    response.headers.pop("Content-Length", None)
    if way.startswith(X_ACCEL):
        response.headers["X-Accel-Redirect"] = f"{way.removeprefix(X_ACCEL).rstrip('/')}/{key}"
    else:
        response.headers["X-Sendfile"] = str(path.resolve())
    return response
