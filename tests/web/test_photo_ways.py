"""The two other ways a photo comes to a browser: from a bucket by a signed address, from the web server in front."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from shop.config import Config, SettingError
from shop.models import Person, Producer
from shop.tasks.schedule import run
from tests import factories
from tests.ground.bucket import bucket
from tests.images.pictures import as_bytes, quarters
from tests.tasks.test_photos import upload
from tests.web.test_media import address, standing_in

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def settings(request: pytest.FixtureRequest) -> dict[str, str]:
    ways = {"bucket": "s3", "nginx": "x-accel:/_foto", "apache": "x-sendfile"}
    way = next((ways[name] for name in ways if name in request.node.name), "")
    if way == "s3":
        return {"SHOP_UPLOADS": request.getfixturevalue("s3")}
    return {"SHOP_SENDFILE": way}


@pytest.fixture
def s3() -> Iterator[str]:
    with bucket() as at:
        yield at


@pytest.fixture
def chair(session: Session) -> Person:
    return factories.person(session, "Maria")


@pytest.fixture
def group(session: Session, chair: Person) -> Producer:
    return factories.producer(session, chair=chair)


def test_a_bucket_takes_a_photo_in_and_browsers_fetch_it_there(
    app: Flask, session: Session, client: FlaskClient, group: Producer, chair: Person
) -> None:
    photo = upload(app, session, group, as_bytes(quarters(800, 600), "JPEG"))
    run(app, "photos")
    session.refresh(photo)
    assert photo.state == "ready"
    assert client.get(address(photo)).status_code == 404
    standing_in(session, photo, group, chair)
    answer = client.get(address(photo))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (302, "public, max-age=43200")
    with urllib.request.urlopen(answer.headers["Location"]) as file:
        assert file.headers["Content-Type"] == "image/avif"
        assert file.read()[4:12] == b"ftypavif"
    there = urlsplit(answer.headers["Location"])
    policy = client.get("/").headers["Content-Security-Policy"]
    assert f"img-src {there.scheme}://{there.netloc} 'self'" in policy


@pytest.mark.parametrize(
    ("header", "begins"),
    [("X-Accel-Redirect", "/_foto/photos/"), ("X-Sendfile", "/")],
    ids=["nginx", "apache"],
)
def test_the_web_server_in_front_is_told_which_file(
    app: Flask,
    session: Session,
    client: FlaskClient,
    group: Producer,
    chair: Person,
    header: str,
    begins: str,
) -> None:
    photo = upload(app, session, group, as_bytes(quarters(800, 600), "JPEG"))
    run(app, "photos")
    standing_in(session, photo, group, chair)
    answer = client.get(address(photo))
    assert (answer.status_code, answer.data, answer.mimetype) == (200, b"", "image/avif")
    assert answer.headers[header].startswith(begins)
    assert answer.headers[header].endswith(f"{photo.sha256}/360.avif")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    again = client.get(address(photo), headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, header in again.headers) == (304, False)
    assert client.get(address(photo).replace("360", "777")).status_code == 404


@pytest.mark.parametrize("way", ["nginx", "x-accel:foto"])
def test_an_odd_way_is_named(engine_name: str, way: str) -> None:
    with pytest.raises(SettingError, match="SHOP_SENDFILE"):
        Config.from_env({"SHOP_SECRET_KEY": "x", "SHOP_ENV": "development", "SHOP_SENDFILE": way})
