"""Manifest, service worker and the page for when there is no signal, as a browser asks for them."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.page import Page

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def test_the_manifest_opens_the_work_room_in_the_language_of_the_page(client: FlaskClient) -> None:
    told = client.get("/manifest.webmanifest")
    assert told.mimetype == "application/manifest+json"
    assert told.json["start_url"] == "/studio"
    assert client.get("/en/manifest.webmanifest").json["start_url"] == "/en/studio"
    for icon in told.json["icons"]:
        assert client.get(icon["src"]).status_code == 200
    assert b'rel="manifest" href="/manifest.webmanifest"' in client.get("/").data


def test_the_worker_is_never_kept_and_names_what_is_there(client: FlaskClient) -> None:
    worker = client.get("/sw.js")
    assert (worker.mimetype, worker.headers["Cache-Control"]) == ("text/javascript", "no-cache")
    line = worker.text.split("\n")[1]
    for address in line.removeprefix("const SHELL = [").removesuffix("];").replace('"', "").split(", "):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize(
    ("path", "words"), [("/tanpa-sinyal", "Tidak ada sinyal"), ("/en/tanpa-sinyal", "No signal")]
)
def test_the_page_for_no_signal_is_nobodys(client: FlaskClient, path: str, words: str) -> None:
    answer = client.get(path)
    assert Page(answer).heading == words
    assert "Shop-Kept" not in answer.headers
    assert "csrf" not in answer.text
