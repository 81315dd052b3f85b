"""What the navigation of a work room counts."""

from __future__ import annotations

from flask import Flask

from shop.extensions import db, now
from shop.queries import curation_room
from shop.web.login import current_person


def room_counts(room: str) -> dict[str, int]:
    """Endpoint of a door → how much waits there; nothing for rooms without counts."""
    if room != "curation":
        return {}
    return curation_room.waiting(db.session(), at=now(), curator=current_person())


def register(app: Flask) -> None:
    app.jinja_env.globals.update(room_counts=room_counts)
