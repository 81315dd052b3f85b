"""A shop with real photos, small enough for a test: what pages weigh can only be told with pictures in them."""

from __future__ import annotations

import io
import itertools
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session

from shop.actions import catalogue, photos
from shop.models import Photo, Producer
from shop.tasks import schedule
from tests import factories
from tests.factories import AT

PICTURES = Path(__file__).parents[2] / "shop" / "demo" / "photos"
CRAFTS = {"tenun-ikat": "tenun", "meubel": "meubel", "gerabah": "gerabah", "anyaman": "anyaman"}
WORKS = 28


def dress(app: Flask, session: Session) -> None:
    """One group with 28 live works of four crafts, whose photos are the demo's own, rendered."""
    chair = factories.person(session, "Rosalinda Luruk")
    group = factories.producer(session, chair=chair, slug="kelompok-tenun-kmanek")
    session.commit()
    taken = {craft: _photos(app, session, group, start) for craft, start in CRAFTS.items()}
    turns = itertools.cycle(CRAFTS)
    works = []
    for number in range(WORKS):
        craft = next(turns)
        work = factories.published(session, group, chair, craft=craft, slug=f"karya-{number}")
        pictures = itertools.cycle(taken[craft])
        for place in work.revisions[0].photos:
            place.photo = next(pictures)
        works.append(work)
    session.flush()
    for work in works:
        catalogue.refresh(session, work)
    session.commit()
    schedule.run_all(app)
    session.expire_all()


def _photos(app: Flask, session: Session, group: Producer, start: str) -> list[Photo]:
    shop, by = app.extensions["shop"], group.members[0].person
    files = sorted(PICTURES.glob(f"{start}*.jpg"))[:3]  # as many as a work has places
    assert files, f"no demo photo begins with {start}"
    sent = []
    for file in files:
        incoming = photos.take_in(shop.photos, shop.pictures, io.BytesIO(file.read_bytes()))
        sent.append(photos.receive(session, incoming, by=by, producer=group, client_id="", at=AT))
        session.commit()
    return sent
