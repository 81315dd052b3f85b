"""Who is served which photo, and how long browsers may keep it."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy.orm import Session

from shop.actions import photos
from shop.models import Listing, Person, Photo, Producer
from shop.tasks.schedule import run
from tests import factories
from tests.factories import AT
from tests.images.pictures import as_bytes, quarters
from tests.page import Visitor


@pytest.fixture
def chair(session: Session) -> Person:
    return factories.person(session, "Maria")


@pytest.fixture
def group(session: Session, chair: Person) -> Producer:
    return factories.producer(session, chair=chair)


@pytest.fixture
def upload(app: Flask, session: Session, group: Producer, chair: Person) -> Callable[[], Photo]:
    """A photo as the real actions leave it, with its files, committed; not rendered yet."""

    def send() -> Photo:
        shop = app.extensions["shop"]
        incoming = photos.take_in(
            shop.photos, shop.pictures, io.BytesIO(as_bytes(quarters(800, 600), "JPEG"))
        )
        photo = photos.receive(session, incoming, by=chair, producer=group, client_id="c", at=AT)
        session.commit()
        return photo

    return send


@pytest.fixture
def photo(app: Flask, session: Session, upload: Callable[[], Photo]) -> Photo:
    """The same, rendered."""
    photo = upload()
    run(app, "photos")
    session.refresh(photo)
    assert photo.state == "ready"
    return photo


def standing_in(session: Session, photo: Photo, group: Producer, chair: Person, **how: str) -> Listing:
    """A work whose main photo it is, live unless a status says otherwise."""
    make = factories.listing if how else factories.published
    work = make(session, group, chair, **how)
    work.revisions[0].photos[0].photo = photo
    session.commit()
    return work


def address(photo: Photo, width: int | None = 360, ending: str = "avif") -> str:
    return f"/foto/{photo.name}-{width or 'pratinjau'}.{ending}"


def test_a_photo_of_a_live_work_is_served_to_anybody_and_kept_forever(
    session: Session, client: FlaskClient, photo: Photo, group: Producer, chair: Person
) -> None:
    standing_in(session, photo, group, chair)
    for width in photo.widths:
        for ending, kind in (("avif", "AVIF"), ("jpg", "JPEG")):
            answer = client.get(address(photo, width, ending))
            assert answer.status_code == 200
            assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
            assert answer.content_type == f"image/{'avif' if ending == 'avif' else 'jpeg'}"
            assert "Set-Cookie" not in answer.headers
            assert "Cookie" not in answer.headers.get("Vary", "")
            assert Image.open(io.BytesIO(answer.data), formats=[kind]).width == width


def test_before_it_is_rendered_its_preview_is_there_and_nothing_else(
    session: Session, client: FlaskClient, upload: Callable[[], Photo], group: Producer, chair: Person
) -> None:
    photo = upload()
    standing_in(session, photo, group, chair)
    preview = client.get(address(photo, None, "jpg"))
    assert Image.open(io.BytesIO(preview.data), formats=["JPEG"]).size == (480, 360)
    assert client.get(address(photo)).status_code == 404


def test_it_is_asked_again_by_its_mark_only(
    session: Session, client: FlaskClient, photo: Photo, group: Producer, chair: Person
) -> None:
    standing_in(session, photo, group, chair)
    first = client.get(address(photo))
    again = client.get(address(photo), headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("status", ["draft", "submitted", "changes_requested", "rejected", "appealed"])
def test_a_photo_that_is_not_live_is_seen_by_its_people_and_never_kept(
    session: Session, app: Flask, photo: Photo, group: Producer, chair: Person, status: str
) -> None:
    standing_in(session, photo, group, chair, status=status)
    curator = factories.curator(session)
    for who in (chair, curator):
        visitor = Visitor(app.test_client()).signed_in(session, who)
        for where in (address(photo), address(photo, None, "jpg")):
            answer = visitor.client.get(where)
            assert answer.status_code == 200
            assert answer.headers["Cache-Control"] == "no-store"


def test_for_everybody_else_it_is_not_there(
    session: Session, app: Flask, photo: Photo, group: Producer, chair: Person
) -> None:
    standing_in(session, photo, group, chair, status="draft")
    neighbour = factories.person(session, "Tetangga")
    factories.producer(session, "Bengkel Jati", chair=neighbour)
    buyer = factories.person(session, "Pembeli")
    former = factories.person(session, "Dulu")
    factories.member(session, group, former, role="member").left_at = AT
    visitors = [Visitor(app.test_client()).signed_in(session, who) for who in (neighbour, buyer, former)]
    for client in [app.test_client(), *(visitor.client for visitor in visitors)]:
        assert client.get(address(photo)).status_code == 404
        assert client.get(address(photo, None, "jpg")).status_code == 404


def test_hiding_the_work_or_suspending_the_maker_takes_the_photo_away(
    session: Session, client: FlaskClient, photo: Photo, group: Producer, chair: Person
) -> None:
    work = standing_in(session, photo, group, chair)
    for status in ("hidden_by_producer", "hidden_by_curator", "archived"):
        work.status = status
        session.commit()
        assert client.get(address(photo)).status_code == 404, status
    work.status, group.status = "published", "suspended"
    session.commit()
    assert client.get(address(photo)).status_code == 404
    group.status = "verified"
    session.commit()
    assert client.get(address(photo)).status_code == 200


def test_a_photo_of_an_open_revision_is_not_public_beside_the_live_one(
    session: Session, client: FlaskClient, photo: Photo, group: Producer, chair: Person
) -> None:
    work = standing_in(session, photo, group, chair)
    proposed = factories.listing(session, group, chair, status="submitted")
    other = proposed.revisions[0].photos[0].photo
    revision = proposed.revisions[0]
    revision.listing, revision.number = work, 2
    session.commit()
    assert client.get(address(photo)).status_code == 200
    assert client.get(address(other, 360)).status_code == 404


def test_a_portrait_is_public_while_its_maker_is(
    session: Session, client: FlaskClient, photo: Photo, group: Producer
) -> None:
    assert client.get(address(photo)).status_code == 404
    group.photo_id = photo.id
    session.commit()
    assert client.get(address(photo)).status_code == 200


def test_photos_of_threads_have_no_public_address(
    session: Session, app: Flask, photo: Photo, group: Producer, chair: Person
) -> None:
    photo.producer_id = None
    session.commit()
    visitor = Visitor(app.test_client()).signed_in(session, factories.curator(session))
    assert visitor.client.get(address(photo)).status_code == 404


@pytest.mark.parametrize(
    "file",
    [
        "{name}", "{name}.jpg", "{name}-361.jpg", "{name}-360.png", "{name}-360.avif.jpg", "{name}-.jpg",
        "{name}-pratinjau.avif", "original-{name}", "..%2F..%2Foriginals", "{name}-360.avif%00",
    ],
)  # fmt: skip
def test_nothing_else_is_behind_the_address(
    session: Session, client: FlaskClient, photo: Photo, group: Producer, chair: Person, file: str
) -> None:
    standing_in(session, photo, group, chair)
    assert client.get("/foto/" + file.format(name=photo.name)).status_code == 404


def test_a_lost_file_is_a_missing_page_and_no_crash(
    app: Flask, session: Session, client: FlaskClient, photo: Photo, group: Producer, chair: Person
) -> None:
    standing_in(session, photo, group, chair)
    store = app.extensions["shop"].photos
    for file in list(store.files("photos")):
        store.delete(file.key)
    assert client.get(address(photo)).status_code == 404
