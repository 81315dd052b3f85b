"""What machines that watch the shop are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from shop.models import Photo
from tests import factories


def test_the_process_answers(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_it_is_ready(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok", "lacking": []})


def test_neither_sets_a_cookie(client: FlaskClient) -> None:
    assert "Set-Cookie" not in client.get("/healthz").headers
    assert "Set-Cookie" not in client.get("/readyz").headers


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_without_its_database_it_is_alive_but_not_ready(client: FlaskClient, folder: Path) -> None:
    (folder / "shop.db").unlink()
    (folder / "shop.db").mkdir()
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["lacking"]) == (503, ["database"])


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_without_its_photo_store_or_queue_it_is_not_ready(app: Flask, client: FlaskClient) -> None:
    class Gone:
        origin = ""  # known without reaching it

        def __getattr__(self, _name: str):
            raise OSError("unreachable")

    app.extensions["shop"] = replace(app.extensions["shop"], photos=Gone(), wake=Gone())
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["lacking"]) == (503, ["storage", "queue"])


class TestMetrics:
    @pytest.fixture
    def settings(self) -> dict[str, str]:
        return {"SHOP_METRICS_TOKEN": "for-the-watchers"}

    def test_they_tell_what_waits_and_how_long(
        self, app: Flask, client: FlaskClient, session: Session
    ) -> None:
        photo = factories.photo(session, state="received")
        app.extensions["shop"] = replace(
            app.extensions["shop"], clock=lambda: photo.received_at + timedelta(minutes=2)
        )
        session.commit()
        answer = client.get("/metrics", headers={"Authorization": "Bearer for-the-watchers"})
        assert answer.mimetype == "text/plain"
        assert 'shop_waiting{what="photos"} 1\n' in answer.text
        assert 'shop_oldest_seconds{what="photos"} 120\n' in answer.text
        assert 'shop_waiting{what="reviews"} 0\n' in answer.text
        assert session.query(Photo).count() == 1

    @pytest.mark.parametrize(
        "word", ["", "for-the-watchers", "Bearer wrong", "Basic for-the-watchers", "Bearer é"]
    )
    def test_without_the_token_they_are_not_there(self, client: FlaskClient, word: str) -> None:
        assert client.get("/metrics", headers={"Authorization": word}).status_code == 404


def test_without_a_token_set_nobody_gets_metrics(client: FlaskClient) -> None:
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
