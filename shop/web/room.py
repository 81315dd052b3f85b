"""What the navigation of a work room counts."""

from __future__ import annotations

from flask import Flask

from shop.extensions import db, now
from shop.queries import curation_room


def room_counts(room: str) -> dict[str, int]:
    """Endpoint of a door → how much waits there; nothing for rooms without counts."""
    return curation_room.waiting(db.session(), at=now()) if room == "curation" else {}


def register(app: Flask) -> None:
    app.jinja_env.globals.update(room_counts=room_counts)
