"""Renders waiting photos, one at a time, and clears away files that no row speaks of."""

from __future__ import annotations

import hashlib
import logging
import tempfile
import threading
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path

from flask import Flask

from shop.actions import rendering
from shop.database import reading
from shop.domain.photo import BrokenPhoto, PhotoRefused, Rendered, rendition_key
from shop.extensions import Shop, db, now, the_shop
from shop.models import Photo
from shop.ports import PhotoFailed
from shop.queries import photos as queries

log = logging.getLogger("shop.tasks")
#: Files younger than this may belong to an upload whose row is not committed yet.
YOUNG = timedelta(days=1)
_one_at_a_time = threading.Lock()


def render_waiting(_app: Flask) -> bool:
    """Renders one photo, so that other tasks and the end of the worker need not wait long; whether there was one.

    A second thread of the worker leaves at once.
    """
    if not _one_at_a_time.acquire(blocking=False):
        return False
    try:
        return _render_next(the_shop())
    finally:
        _one_at_a_time.release()


def _render_next(shop: Shop) -> bool:
    """Takes the next photo, renders it outside of any transaction, writes down what came of it."""
    with reading():
        due = rendering.anything_due(db.session(), at=now())
        db.session.rollback()
    photo = rendering.lease_next(db.session(), at=now()) if due else None
    db.session.commit()
    if photo is None:
        return False
    if rendering.borrow(db.session(), photo, at=now()):
        db.session.commit()
        return True
    attempt, wanted = photo.attempts, _Wanted(photo.original_key, photo.sha256, photo.edit, photo.content)
    db.session.rollback()
    outcome = _made(shop, wanted)
    _write_down(photo, outcome, attempt)
    db.session.commit()
    return True


@dataclass(frozen=True)
class _Wanted:
    """What is to be rendered, without the row."""

    original_key: str
    sha256: str
    edit: str
    content: str


def _made(shop: Shop, wanted: _Wanted) -> Rendered | Exception:
    try:
        with (
            tempfile.TemporaryDirectory(prefix="shop-photo-") as folder,
            shop.photos.local(wanted.original_key) as source,
        ):
            _check(source, wanted.sha256)
            made = shop.pictures.render(source, Path(folder), edit=wanted.edit)
            for file in sorted(Path(folder).iterdir()):
                shop.photos.put(rendition_key(wanted.content, file.name), file)
        return made
    except (PhotoRefused, PhotoFailed, OSError) as problem:
        log.warning("photo %s was not rendered: %s", wanted.original_key, problem or type(problem).__name__)
        return problem


def _check(source: Path, sha256: str) -> None:
    """Raises BrokenPhoto when the store gives back something else than it was given."""
    with source.open("rb") as content:
        if hashlib.file_digest(content, "sha256").hexdigest() != sha256:
            raise BrokenPhoto


def _write_down(photo: Photo, outcome: Rendered | Exception, attempt: int) -> None:
    session, at = db.session(), now()
    if isinstance(outcome, Rendered):
        rendering.finish(session, photo, outcome, attempt=attempt, at=at)
    elif isinstance(outcome, PhotoRefused):
        rendering.give_up(session, photo, str(outcome), attempt=attempt)
    else:
        problem = f"{type(outcome).__name__}: {outcome}"[:300]
        rendering.try_later(session, photo, problem, attempt=attempt, at=at)


def sweep_files(_app: Flask) -> bool:
    """Deletes files older than a day that belong to no photo: half uploads, removed photos."""
    store, before = the_shop().photos, now() - YOUNG
    for piece in [file for file in store.files("parts") if file.changed_at < before]:
        store.delete(piece.key)
    old = (
        file.key
        for prefix in ("originals", "photos")
        for file in store.files(prefix)
        if file.changed_at < before
    )
    while batch := list(islice(old, 500)):
        with reading():
            orphans = queries.without_row(db.session(), batch)
            db.session.rollback()
        for key in orphans:
            if store.changed_at(key) < before:  # not sent again in this very moment
                store.delete(key)
    return False
