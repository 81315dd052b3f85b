"""Ten photos of fifteen megabytes at the same time, from ten phones: the web process stays small."""

from __future__ import annotations

import http.client
import random
from concurrent.futures import ThreadPoolExecutor
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

        with ThreadPoolExecutor(10) as phones:
            answers = list(phones.map(send, range(10)))
        most = shop.most_memory_mb()
    assert set(answers) <= {201, 429}, answers
    assert answers.count(201) >= 5, answers
    session.expire_all()
    assert session.query(Photo).filter_by(uploaded_by=f"person:{chair.person_id}").count() == answers.count(
        201
    )
    assert most < 400, f"{most:.0f} MB"


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
