"""A view that takes photos may receive more than others; every refusal has its code and its sentence."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask, Response, jsonify, request
from flask.testing import FlaskClient

from shop.blueprints.uploads import photo_in, takes_photos
from shop.domain.photo import MAX_BYTES
from shop.extensions import csrf, db
from shop.images.room import PictureRoom
from shop.ports import RoomBusy
from tests.images.pictures import as_bytes, cloth, gif, quarters

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def client(unshared_app: Flask) -> FlaskClient:
    """A shop with one door that takes a photo and one that does not."""

    app = unshared_app

    @app.post("/try/photo")
    @takes_photos(1)
    def takes() -> Response:
        incoming = photo_in(request.files.get("foto"))
        assert not db.session().in_transaction()
        return jsonify(width=incoming.seen.width_px, note=request.form.get("note", ""))

    @app.post("/try/words")
    def words() -> Response:
        return jsonify(got=len(request.form.get("note", "")), files=len(request.files))

    csrf.exempt(takes)
    csrf.exempt(words)
    return app.test_client()


def send(client: FlaskClient, data: bytes | None, to: str = "/try/photo", name: str = "x.jpg") -> Any:
    fields: dict[str, Any] = {"note": "halo"}
    if data is not None:
        fields["foto"] = (io.BytesIO(data), name)
    return client.post(to, data=fields, content_type="multipart/form-data")


def test_a_photo_of_full_size_comes_in(client: FlaskClient) -> None:
    photo = as_bytes(quarters(1200, 900), "JPEG")
    padded = photo + b"\0" * (MAX_BYTES - len(photo))
    assert send(client, padded).json == {"width": 1200, "note": "halo"}


@pytest.mark.parametrize(
    ("data", "name", "code", "sentence"),
    [
        (None, "", 422, "Pilih foto terlebih dahulu"),
        (b"", "", 422, "Pilih foto terlebih dahulu"),
        (b"", "kosong.jpg", 422, "Berkas ini kosong"),
        (b"hanya tulisan", "tulisan.jpg", 422, "Foto harus JPG, PNG, WebP, atau HEIC"),
        (gif(3000), "gerak.gif", 422, "Gambar bergerak tidak dapat dipakai"),
        (as_bytes(cloth(500, 400), "JPEG")[:20_000], "putus.jpg", 422, "Foto ini rusak atau terpotong"),
        (b"\xff\xd8\xff" + b"x" * MAX_BYTES, "besar.jpg", 413, "Foto paling besar 15 MB"),
    ],
    ids=["no field", "no file", "empty", "text", "animation", "cut off", "too heavy"],
)
def test_each_refusal_has_its_sentence(
    client: FlaskClient, data: bytes | None, name: str, code: int, sentence: str
) -> None:
    answer = send(client, data, name=name)
    assert answer.status_code == code
    assert sentence in answer.text


def test_far_too_much_is_refused_without_reading_it(client: FlaskClient) -> None:
    assert send(client, b"x" * (MAX_BYTES + 1024 * 1024)).status_code == 413


def test_other_doors_stay_narrow(client: FlaskClient) -> None:
    assert send(client, b"x" * 100_000, "/try/words").status_code == 200
    assert send(client, b"x" * 400_000, "/try/words").status_code == 413


def test_when_too_many_come_at_once_it_says_when_to_come_back(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_args: object, **_kwargs: object) -> None:
        raise RoomBusy

    monkeypatch.setattr(PictureRoom, "preview", busy)
    answer = send(client, as_bytes(quarters(), "JPEG"))
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "10")
