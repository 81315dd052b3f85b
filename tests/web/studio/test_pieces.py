"""A large photo in pieces: taken up where it stopped, the same photo when repeated, nobody else's."""

from __future__ import annotations

import io
import os
import time
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from shop.domain.photo import MAX_BYTES, MOST_HALF_BYTES, PART_BYTES
from shop.models import Listing, Member, Person, Photo
from shop.tasks import schedule
from tests import factories
from tests.images.pictures import as_bytes, cloth
from tests.page import Visitor

#: The first test runs on both databases; the others ask nothing of the database that differs.
on_sqlite = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
KEY = "5f0c2c1e-0000-4000-8000-3a5b7c9d1e2f"
PICTURE = as_bytes(cloth(400, 500), "JPEG", quality=90)


class Script:
    """What js/sending.js asks of the shop."""

    def __init__(self, visitor: Visitor, listing: Listing) -> None:
        self.client, self.door = visitor.client, f"/studio/karya/{listing.id}/foto"
        page = visitor.get(self.door)
        self.token = page.html.xpath("//input[@name='csrf_token']")[0].get("value")
        self.json = {"Accept": "application/json", "X-CSRFToken": self.token}

    def there(self, key: str = KEY) -> Any:
        return self.client.get(f"/studio/unggahan/{key}", headers=self.json)

    def piece(self, data: bytes, offset: int, key: str = KEY) -> Any:
        return self.client.patch(
            f"/studio/unggahan/{key}",
            data=data,
            headers=self.json | {"Upload-Offset": str(offset)},
            content_type="application/offset+octet-stream",
        )

    def finish(self, length: int, **wish: str) -> Any:
        fields = {"csrf_token": self.token, "client_id": KEY, "length": str(length)} | wish
        return self.client.post(self.door, data=fields, headers={"Accept": "application/json"})


@pytest.fixture
def draft(session: Session, chair: Member) -> Listing:
    listing = factories.listing(session, chair.producer, chair.person)
    listing.revisions[0].photos.clear()
    session.commit()
    return listing


@pytest.fixture
def script(visitor: Visitor, draft: Listing) -> Script:
    return Script(visitor, draft)


def test_pieces_become_one_photo_with_what_was_chosen_for_it(
    app: Flask, session: Session, script: Script, draft: Listing
) -> None:
    half = len(PICTURE) // 2
    assert script.there().json == {"offset": 0}
    assert script.piece(PICTURE[:half], 0).json == {"offset": half}
    assert script.there().json == {"offset": half}
    early = script.finish(len(PICTURE))
    assert (early.status_code, early.json) == (409, {"offset": half})
    repeated = script.piece(PICTURE[:half], 0)
    assert (repeated.status_code, repeated.json) == (409, {"offset": half})
    assert script.piece(PICTURE[half:], half).json == {"offset": len(PICTURE)}
    done = script.finish(len(PICTURE), wished="balik", alt_id="Sisi balik kain", main="1")
    assert (done.status_code, done.json) == (201, {"count": 1})
    [place] = draft.revisions[0].photos
    assert (place.slot, place.alt_id, place.photo.client_id) == ("balik", "Sisi balik kain", KEY)
    assert script.there().json == {"offset": 0}
    assert list(app.extensions["shop"].photos.files("parts")) == []

    again = script.finish(len(PICTURE), wished="detail", alt_id="Motif")
    session.expire_all()
    [place] = draft.revisions[0].photos
    assert (again.status_code, place.slot, place.alt_id) == (201, "detail", "Motif")
    assert session.query(Photo).filter_by(client_id=KEY).count() == 1


@on_sqlite
def test_a_wished_slot_that_was_filled_meanwhile_is_left_alone(
    session: Session, script: Script, draft: Listing
) -> None:
    for number, key in enumerate(("kunci-pertama", "kunci-kedua")):
        fields = {"csrf_token": script.token, "client_id": key, "wished": "utuh"}
        picture = io.BytesIO(as_bytes(cloth(200 + number, 250), "JPEG"))
        script.client.post(script.door, data=fields | {"photo": (picture, "a.jpg")}, headers=script.json)
    session.expire_all()
    assert [place.slot for place in draft.revisions[0].photos] == ["utuh", "detail"]


@on_sqlite
def test_what_is_refused_is_refused_in_words(
    app: Flask, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert script.piece(b"", 0).status_code == 422
    assert script.piece(b"x" * (PART_BYTES + 1), 0).status_code == 413
    assert script.piece(b"x", 5).status_code == 409
    assert script.piece(b"x", 0, key="../../etc").status_code == 404
    assert script.there(key="x").status_code == 404
    text = b"ini bukan foto" * 100
    script.piece(text, 0)
    refused = script.finish(len(text))
    assert (refused.status_code, "JPG" in refused.json["detail"]) == (422, True)
    assert script.there().json == {"offset": 0}
    monkeypatch.setattr("shop.actions.half_uploads.MAX_BYTES", 10)
    heavy = script.piece(b"x" * 11, 0)
    assert (heavy.status_code, heavy.json) == (413, {"detail": "Foto paling besar 15 MB"})
    monkeypatch.setattr("shop.actions.half_uploads.MOST_HALF_BYTES", -1)
    assert "terkirim sebagian" in script.piece(b"x", 0).json["detail"]
    monkeypatch.setattr("shop.blueprints.studio.pieces.QUOTA_PER_PRODUCER", 0)
    assert "sudah penuh" in script.piece(b"x", 0).json["detail"]
    assert MAX_BYTES < MOST_HALF_BYTES


@on_sqlite
def test_half_uploads_are_swept_after_a_day(app: Flask, script: Script) -> None:
    store = app.extensions["shop"].photos
    script.piece(b"lama", 0, key="kunci-yang-lama")
    script.piece(b"baru", 0)
    [old] = [file for file in store.files("parts") if "kunci-yang-lama" in file.key]
    past = time.time() - 2 * 24 * 3600
    os.utime(store.path(old.key), (past, past))
    schedule.run(app, "photo-files")
    assert [file.key for file in store.files("parts") if "kunci-yang-lama" in file.key] == []
    assert script.there().json == {"offset": 4}


@on_sqlite
def test_pieces_are_their_producers_own(
    app: Flask, session: Session, script: Script, neighbour: Person
) -> None:
    script.piece(b"milik kmanek", 0)
    other = Visitor(app.test_client()).signed_in(session, neighbour)
    assert other.client.get(f"/studio/unggahan/{KEY}").json == {"offset": 0}
    guest = app.test_client().get(f"/studio/unggahan/{KEY}")
    assert "/masuk" in guest.headers["Location"]
    without_token = script.client.patch(f"/studio/unggahan/{KEY}", data=b"x", headers={"Upload-Offset": "12"})
    assert without_token.status_code == 400


@on_sqlite
def test_a_portrait_comes_in_pieces_too(session: Session, script: Script, chair: Member) -> None:
    script.piece(PICTURE, 0)
    script.door = "/studio/profil/foto"
    assert script.finish(len(PICTURE)).status_code == 201
    assert script.finish(len(PICTURE)).status_code == 201
    session.expire_all()
    portrait = session.get(Photo, chair.producer.photo_id)
    assert portrait is not None
    assert portrait.client_id == KEY
