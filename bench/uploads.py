"""How long a phone waits for the answer to one photo, on loopback: checked, stored, previewed; rendering comes later.

The real web server on a database of its own, one 12-megapixel JPEG of about 6 MB as a phone without our script sends
it, and one of 700 KB as the script makes it.
"""

from __future__ import annotations

import http.client
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from PIL import Image
from sqlalchemy.orm import Session

from bench.photos import twelve_megapixels
from shop import commands
from shop.app import create_app
from shop.extensions import db
from tests import factories
from tests.ground.real_shop import real_shop
from tests.ground.serving import free_port
from tests.ground.settings import config_for
from tests.page import Visitor

ROUNDS = 7
LIMIT_S = 0.25


def rows() -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = f"sqlite:///{folder / 'shop.db'}"
        app = create_app(config_for(database, folder))
        door, token, cookie = _studio(app)
        large = twelve_megapixels(folder / "large.jpg")
        small = folder / "small.jpg"
        with Image.open(large) as picture:
            picture.resize((2048, 1536)).save(small, "JPEG", quality=82)
        port = free_port()
        with real_shop(database, folder, port) as shop:
            shop.start(worker=False)
            for photo in (small, large):
                before = shop.processor_s()
                took = sorted(_post(port, door, photo, token, cookie) for _ in range(ROUNDS))
                what = f"an upload of {photo.stat().st_size / 1e6:.1f} MB is answered in"
                cpu = (shop.processor_s() - before) / ROUNDS
                yield (
                    what,
                    f"{took[0]:.3f} s, median {took[ROUNDS // 2]:.3f} s ({cpu:.2f} cpu; limit {LIMIT_S} s)",
                )


def _studio(app: Flask) -> tuple[str, str, str]:
    """A work of somebody signed in: the address for its photos, the token of the form, the cookie."""
    commands.migrate(app)
    with app.app_context():
        session = Session(db.engine)
        member = factories.member(session, factories.producer(session), factories.person(session, "Yuliana"))
        listing = factories.listing(session, member.producer, member.person)
        session.commit()
        door = f"/studio/karya/{listing.id}/foto"
        client = app.test_client()
        visitor = Visitor(client).signed_in(session, member.person)
        token = visitor.get(door).html.xpath("//input[@name='csrf_token']")[0].get("value")
        session.close()
    kept = client.get_cookie("shop")
    assert kept is not None
    return door, token, kept.value


def _post(port: int, door: str, photo: Path, token: str, cookie: str) -> float:
    """Another content each time, so that every one is taken in anew."""
    mark = "batas"
    head = f'--{mark}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
    head += f'--{mark}\r\nContent-Disposition: form-data; name="slot"\r\n\r\nutuh\r\n'
    head += f'--{mark}\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n'
    body = head.encode() + photo.read_bytes() + random.randbytes(16) + f"\r\n--{mark}--\r\n".encode()
    headers = {
        "Content-Type": f"multipart/form-data; boundary={mark}",
        "Accept": "application/json",
        "Cookie": f"shop={cookie}",
    }
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    begun = time.perf_counter()
    connection.request("POST", door, body, headers)
    answer = connection.getresponse()
    answer.read()
    took = time.perf_counter() - begun
    connection.close()
    assert answer.status == 201, answer.status
    return took
