"""Whole pages that are drawn once for all they show: the same for nobody who should see another, and never old.

That they follow every change of the catalogue stands in test_fragments.py, together with the parts.
"""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import Environment, meta
from sqlalchemy.orm import Session

from shop.web.packing import zstd
from tests import factories
from tests.bazaar import Bazaar, bazaar
from tests.page import Visitor
from tests.web.test_fragments import UNCHANGING

SQLITE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
TEMPLATES = Path(__file__).parents[2] / "shop" / "templates"
CHROME = "gzip, deflate, br, zstd"


@pytest.fixture
def market(session: Session) -> Bazaar:
    return bazaar(session)


def read(client: FlaskClient, path: str, **headers: str) -> str:
    answer = client.get(path, headers={"Accept-Encoding": CHROME, **headers})
    assert (answer.status_code, answer.headers["Content-Encoding"]) == (200, "zstd")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.mimetype == "text/html"
    return zstd.decompress(answer.data).decode()


@SQLITE
def test_the_same_is_drawn_once_whoever_asks_and_by_whatever_address(
    app: Flask, market: Bazaar, made: list[str]
) -> None:
    client = app.test_client(use_cookies=False)
    first = read(client, "/kerajinan/tenun-ikat", Cookie="x=1")
    again = read(client, "/kerajinan/tenun-ikat?dari=&nonsense=1", Cookie="y=2")
    assert (again, made) == (first, ["catalogue/list.html"])
    assert read(client, "/en/kerajinan/tenun-ikat", Cookie="x=1") != first
    assert read(client, "/kerajinan/tenun-ikat?ada=siap", Cookie="x=1") != first
    assert len(made) == 3
    plain = client.get("/kerajinan/tenun-ikat", headers={"Cookie": "x=1"})
    assert (plain.text, plain.headers.get("Content-Encoding")) == (first, None)


@SQLITE
def test_the_way_to_the_other_language_keeps_what_was_chosen_and_nothing_else(
    app: Flask, market: Bazaar
) -> None:
    client = app.test_client(use_cookies=False)
    asked = "/karya?q=tais&ada=pesan&utm_source=x"
    assert 'href="/en/karya?q=tais&amp;ada=pesan" lang="en"' in read(client, asked, Cookie="x=1")
    assert 'href="/karya?q=tais&amp;ada=pesan" lang="id"' in read(client, f"/en{asked}", Cookie="x=1")


@SQLITE
def test_everybody_has_their_own_head_and_foot(app: Flask, session: Session, market: Bazaar) -> None:
    page = "/kerajinan/meubel"
    chair = market.weavers.members[0].person
    buyer, curator = (
        factories.person(session, "Pembeli"),
        factories.person(session, "Kurator", is_curator=True),
    )
    seen = {"guest": Visitor(app.test_client())}
    for name, who in (("buyer", buyer), ("maker", chair), ("curator", curator)):
        seen[name] = Visitor(app.test_client()).signed_in(session, who)
    marks = {"guest": "/masuk", "buyer": "/akun", "maker": "/studio", "curator": "/kurasi"}
    for _ in range(2):  # drawn, and then kept
        for name, visitor in seen.items():
            text = read(app.test_client(use_cookies=False), page, Cookie=f"x=1; {_cookies(visitor)}")
            there = {mark for mark in marks.values() if f'href="{mark}"' in text}
            assert there == {marks[name]} | ({"/akun"} if name != "guest" else set())


def _cookies(visitor: Visitor) -> str:
    return "; ".join(f"{one.key}={one.value}" for one in visitor.client._cookies.values())


@SQLITE
def test_what_is_said_once_is_said_to_one(
    app: Flask, session: Session, market: Bazaar, made: list[str]
) -> None:
    visitor = Visitor(app.test_client()).signed_in(session, factories.person(session, "Pembeli"))
    read(visitor.client, "/karya")
    with visitor.client.session_transaction() as kept:
        kept["_flashes"] = [("good", "Sudah disimpan.")]
    told, after = (read(visitor.client, "/karya") for _ in range(2))
    assert "Sudah disimpan." in told
    assert "Sudah disimpan." not in after
    assert len(made) == 2


#: `who` and `other` are handed over instead of the first two; a page with flashes is not kept; no list has a form.
INSTEAD = {"looking", "other_language_url", "here_craft", "get_flashed_messages", "form"}


def test_a_drawing_shows_nothing_that_it_is_not_handed() -> None:
    """It would show one person's to all others."""
    templates = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    waiting, read_so_far, asked = ["catalogue/list.html"], set[str](), set[str]()
    while waiting:
        name = waiting.pop()
        if name not in read_so_far:
            read_so_far.add(name)
            tree = templates.parse((TEMPLATES / name).read_text(encoding="utf-8"))
            asked |= meta.find_undeclared_variables(tree)
            waiting += [str(one) for one in meta.find_referenced_templates(tree)]
    set_in_it = {"asked", "counts", "other"}
    imported = {"empty_state", "flashes", "maker_card", "site_footer", "work_grid"}
    handed = {"panel", "works", "following", "makers", "further", "craft", "who"}
    assert "layouts/base.html" in read_so_far
    beside = asked - handed - set_in_it - imported - INSTEAD - UNCHANGING - {"part", "in_other_language"}
    assert not beside, f"hand it over, or it is kept for everybody: {beside}"
