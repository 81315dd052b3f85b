"""What the navigation of a page knows of who looks at it: where they are, and what waits for them."""

from __future__ import annotations

from typing import NamedTuple

from flask import Flask, request

from shop.extensions import db, now
from shop.queries import curation_room
from shop.web import basket
from shop.web.login import current_member, current_person

MAKERS = "perajin"


class Looking(NamedTuple):
    """What the head and the foot of a buyer's page show: `here` is a craft or `perajin`, `room` the endpoint of the
    person's work room; nothing where there is none.
    """

    here: str
    words: str
    basket: int
    known: bool
    room: str


def looking(here: str = "") -> Looking:
    """Of this request."""
    craft = (request.view_args or {}).get("craft", "")
    makers = MAKERS if request.endpoint in ("catalogue.makers", "catalogue.maker") else ""
    known = current_person() is not None
    return Looking(
        here or craft or makers, request.args.get("q", ""), basket.count(), known, _room() if known else ""
    )


def _room() -> str:
    person = current_person()
    if person is None:
        return ""
    if person.is_curator:
        return "curation.queue"
    if person.is_administrator:
        return "admin.people"
    return "studio.home" if current_member() is not None else ""


def room_counts(room: str) -> dict[str, int]:
    """Endpoint of a door → how much waits there; nothing for rooms without counts."""
    if room != "curation":
        return {}
    return curation_room.waiting(db.session(), at=now(), curator=current_person())


def register(app: Flask) -> None:
    app.jinja_env.globals.update(looking=looking, room_counts=room_counts)
