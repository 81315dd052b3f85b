"""Ten photos of fifteen megabytes at the same time, from ten phones, beside sixty lines that hardly move: the web process
stays small and pages are answered.
"""

from __future__ import annotations

import http.client
import random
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from shop.domain.photo import MAX_BYTES
from shop.models import Member, Photo
from tests import factories
from tests.ground.real_shop import real_shop
from tests.images.pictures import as_bytes, cloth
from tests.page import Visitor

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def chair(session: Session) -> Member:
    member = factories.member(session, factories.producer(session), factories.person(session, "Yuliana"))
    session.commit()
    return member


def test_ten_photos_of_fifteen_megabytes_at_once(
    app: Flask,
    session: Session,
    client: FlaskClient,
    chair: Member,
    database_url: str,
    folder: Path,
    port: int,
) -> None:
    works = [factories.listing(session, chair.producer, chair.person) for _ in range(10)]
    doors = [f"/studio/karya/{work.id}/foto" for work in works]
    session.commit()
    visitor = Visitor(client).signed_in(session, chair.person)
    token = visitor.get(doors[0]).html.xpath("//input[@name='csrf_token']")[0].get("value")
    kept = client.get_cookie("shop")
    assert kept is not None
    with real_shop(database_url, folder, port) as shop:
        shop.start(worker=False)

        def send(number: int) -> int:
            photo = as_bytes(cloth(640 + number, 480), "JPEG")
            heavy = photo + random.Random(number).randbytes(MAX_BYTES - len(photo))
            return _post(port, doors[number], heavy, token, kept.value)

        with slow_lines(port, 60), ThreadPoolExecutor(10) as phones:
            answers = list(phones.map(send, range(10)))
            assert asked(port, "/karya") == 200
        most = shop.most_memory_mb()
    assert set(answers) <= {201, 429}, answers
    assert answers.count(201) >= 5, answers
    session.expire_all()
    assert session.query(Photo).filter_by(uploaded_by=f"person:{chair.person_id}").count() == answers.count(
        201
    )
    assert most < 400, f"{most:.0f} MB"


@contextmanager
def slow_lines(port: int, many: int) -> Iterator[None]:
    """A third send headers that do not end, a third half a form, a third ask for pages and read nothing."""
    begun = (
        b"GET /karya HTTP/1.1\r\nHost: localhost\r\n",
        b"POST /masuk HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\nemail=",
        b"GET /karya HTTP/1.1\r\nHost: localhost\r\nCookie: x=1\r\n\r\n" * 3,
    )
    with ExitStack() as lines:
        for number in range(many):
            line = lines.enter_context(socket.create_connection(("127.0.0.1", port)))
            line.sendall(begun[number % 3])
        yield


def asked(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    return connection.getresponse().status


def _post(port: int, door: str, photo: bytes, token: str, cookie: str) -> int:
    mark = "batas"
    head = f'--{mark}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
    head += f'--{mark}\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n'
    body = head.encode() + photo + f"\r\n--{mark}--\r\n".encode()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request(
        "POST",
        door,
        body,
        {
            "Content-Type": f"multipart/form-data; boundary={mark}",
            "Accept": "application/json",
            "Cookie": f"shop={cookie}",
        },
    )
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status
