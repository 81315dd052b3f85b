"""Turn, crop and focal point: every press a step that can be undone, the original untouched."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy.orm import Session

from shop.actions import photos
from shop.models import Listing, Member, Person, Photo
from shop.tasks import schedule
from tests import factories
from tests.factories import AT
from tests.images.pictures import as_bytes, quarters
from tests.page import Visitor

#: The first test runs on both databases; the others ask nothing of the database that differs.
on_sqlite = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def draft(app: Flask, session: Session, chair: Member) -> Listing:
    return with_real_photo(app, session, chair, factories.listing(session, chair.producer, chair.person))


def with_real_photo(app: Flask, session: Session, chair: Member, listing: Listing) -> Listing:
    """In its first place one photo with files: red, green / blue, white."""
    session.commit()
    shop = app.extensions["shop"]
    picture = io.BytesIO(as_bytes(quarters(400, 300), "PNG"))
    incoming = photos.take_in(shop.photos, shop.pictures, picture)
    photo = photos.receive(session, incoming, by=chair.person, producer=chair.producer, client_id="a", at=AT)
    listing.revisions[0].photos[0].photo = photo
    session.commit()
    return listing


def shown(session: Session, draft: Listing) -> Photo:
    session.expire_all()
    return draft.revisions[-1].photos[0].photo


def page_of(draft: Listing, photo: Photo) -> str:
    return f"/studio/karya/{draft.id}/foto/{photo.name}"


def test_a_turn_a_crop_and_the_way_back(
    app: Flask, session: Session, visitor: Visitor, draft: Listing
) -> None:
    first = shown(session, draft)
    page = visitor.get(page_of(draft, first))
    assert "Foto ini kecil" in page.text
    page = visitor.press("Putar ke kanan")
    turned = shown(session, draft)
    assert (turned.edit, turned.width_px, turned.height_px) == ("r90x0y0w1000h1000", 300, 400)
    preview = Image.open(io.BytesIO(visitor.client.get(f"/foto/{turned.name}-pratinjau.jpg").data))
    assert preview.getpixel((50, 50))[2] > 150  # what was below on the left is now above on the left
    visitor.press("Potong sisi bawah")
    cropped = shown(session, draft)
    assert (cropped.edit, cropped.height_px) == ("r90x0y0w1000h950", 380)
    schedule.run_all(app)
    session.refresh(cropped)
    assert cropped.state == "ready"
    assert visitor.client.get(f"/foto/{cropped.name}-{cropped.widths[0]}.jpg").status_code == 200
    visitor.press("Urungkan")
    assert shown(session, draft).edit == "r90x0y0w1000h1000"
    visitor.press("Kembalikan foto asli")
    assert shown(session, draft).id == first.id
    assert session.query(Photo).filter(Photo.edit != "").count() == 0
    before = app.extensions["shop"].photos.path(first.original_key).read_bytes()
    assert Image.open(io.BytesIO(before)).size == (400, 300)


@on_sqlite
def test_a_card_is_cropped_around_the_focal_point(session: Session, visitor: Visitor, draft: Listing) -> None:
    address = page_of(draft, shown(session, draft))
    visitor.get(address)
    visitor.press("tengah kanan")
    place = draft.revisions[-1].photos[0]
    session.refresh(place)
    assert (place.focal_x, place.focal_y) == (850, 500)
    visitor.press("Jadikan 4:5 seperti kartu")
    photo = shown(session, draft)
    assert (photo.width_px, photo.height_px) == (240, 300)
    assert photo.edit.startswith("r0x340")


@on_sqlite
def test_a_tap_on_the_picture_is_a_focal_point(
    app: Flask, session: Session, visitor: Visitor, draft: Listing
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    address = page_of(draft, shown(session, draft)) + "/titik"
    for said, focal in (
        ({"titik.x": "72", "titik.y": "162"}, (250, 750)),
        ({"titik.x": "0", "titik.y": "0"}, (500, 500)),
    ):
        assert visitor.client.post(address, data=said).status_code == 303
        session.expire_all()
        place = draft.revisions[-1].photos[0]
        assert (place.focal_x, place.focal_y) == focal
    assert visitor.client.post(address, data={"titik": "x-1"}).status_code == 404


@on_sqlite
def test_a_crop_of_a_live_work_is_a_revision_beside_it(
    app: Flask, session: Session, visitor: Visitor, chair: Member
) -> None:
    live = with_real_photo(app, session, chair, factories.published(session, chair.producer, chair.person))
    first = shown(session, live)
    visitor.get(page_of(live, first))
    visitor.press("Potong sisi kiri")
    assert shown(session, live).edit == "r0x50y0w950h1000"
    assert live.revisions[0].photos[0].photo_id == first.id


@on_sqlite
def test_doors_of_adjusting(
    app: Flask, session: Session, visitor: Visitor, draft: Listing, neighbour: Person
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    address = page_of(draft, shown(session, draft))
    assert visitor.client.post(f"{address}/atur", data={"langkah": "apa"}).status_code == 404
    undo = {"langkah": "urungkan", "sebelum": "../x"}
    assert visitor.client.post(f"{address}/atur", data=undo).status_code == 404
    other = Visitor(app.test_client()).signed_in(session, neighbour)
    guest = app.test_client()
    for door, data in (("atur", {"langkah": "kiri"}), ("titik", {"titik": "1-1"})):
        assert other.client.post(f"{address}/{door}", data=data).status_code == 404
        assert "/masuk" in guest.post(f"{address}/{door}", data=data).headers["Location"]
    assert other.client.get(address).status_code == 404


@on_sqlite
def test_what_curators_have_is_left_alone(
    app: Flask, session: Session, visitor: Visitor, chair: Member
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    sent = factories.listing(session, chair.producer, chair.person, status="submitted")
    address = page_of(sent, shown(session, with_real_photo(app, session, chair, sent)))
    assert visitor.client.post(f"{address}/atur", data={"langkah": "kiri"}).status_code == 409
    assert "Putar ke kiri" not in visitor.get(address).text
