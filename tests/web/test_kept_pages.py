"""Pages that are kept for everybody: made once, never private, never old."""

import gzip
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import brotli
import pytest
from flask import Flask
from flask import session as flask_session
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from shop.actions import catalogue
from shop.actions.changes import KEPT_ROWS, forget_old_changes, photo_changed
from shop.app import create_app
from shop.config import Config
from shop.extensions import db
from shop.models import CatalogueChange, Listing
from tests import factories
from tests.bazaar import Bazaar, bazaar, publish
from tests.house.test_routes import address, doors
from tests.page import Visitor

WORK_PAGES = ("/karya/selendang-nila", "/karya/selendang-nila/foto/1", "/en/karya/selendang-nila")
SAME_FOR_ALL = ("/manifest.webmanifest", "/saran/kecamatan")
KEPT = (*WORK_PAGES, "/", "/en/", "/karya", "/kerajinan/tenun-ikat", "/karya?q=tais", "/perajin",
        "/perajin/kelompok-tenun-kmanek", "/tentang", "/bantuan", "/syarat")  # fmt: skip
SQLITE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def market(session: Session) -> Bazaar:
    return bazaar(session)


def ask(app: Flask, path: str, **headers: str) -> TestResponse:
    """A visitor who comes for the first time and brings no cookie."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return app.test_client(use_cookies=False).get(path, headers=told)


@SQLITE
def test_a_page_is_made_once_and_sent_as_often_as_wanted(app: Flask, market: Bazaar, made: list[str]) -> None:
    for path in KEPT:
        made.clear()
        first, second = ask(app, path), ask(app, path)
        assert (first.status_code, len(made)) == (200, 1), path
        assert first.data == second.data
        for answer in (first, second):
            assert answer.headers["Cache-Control"] == "public, no-cache"
            assert answer.headers["Vary"] == "Accept-Encoding, Cookie"
            assert "default-src" in answer.headers["Content-Security-Policy"]
            assert not {"Set-Cookie", "X-Request-ID"} & {name for name, _ in answer.headers}


@SQLITE
def test_it_comes_packed_and_is_not_sent_again_to_who_has_it(app: Flask, market: Bazaar) -> None:
    plain = ask(app, "/karya")
    assert "Content-Encoding" not in plain.headers
    for encoding, unpack in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        packed = ask(app, "/karya", Accept_Encoding=encoding)
        assert packed.headers["Content-Encoding"] == encoding
        assert unpack(packed.data) == plain.data
        again = ask(app, "/karya", Accept_Encoding=encoding, If_None_Match=f"W/{packed.headers['ETag']}")
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", packed.headers["ETag"])
        assert packed.headers["ETag"] != plain.headers["ETag"]
    head = app.test_client().head("/karya", headers={"Accept-Encoding": "br"})
    assert (head.status_code, head.data) == (200, b"")
    assert ask(app, "/karya", If_None_Match='"other"').status_code == 200


def reprice(session: Session, work: Listing, market: Bazaar) -> None:
    work.price_idr = 401_000
    session.flush()
    catalogue.refresh(session, work)


def sell(session: Session, work: Listing, market: Bazaar) -> None:
    work.stock = 0
    session.flush()
    catalogue.refresh(session, work)


def approve(session: Session, work: Listing, market: Bazaar) -> None:
    publish(
        session, market.weavers, market.weavers.members[0].person, title_id="Tais Baru Lolos", minutes=900
    )


def go_on_holiday(session: Session, work: Listing, market: Bazaar) -> None:
    market.weavers.holiday_until = factories.AT.date() + timedelta(days=9_000)
    session.flush()
    catalogue.refresh_producer(session, market.weavers)


def take_down(session: Session, work: Listing, market: Bazaar) -> None:
    work.status = "hidden_by_curator"
    session.flush()
    catalogue.refresh(session, work)


HOME, ALL, CRAFT, WORK = "/", "/karya", "/kerajinan/tenun-ikat", "/karya/selendang-nila"
MAKER, FOUND = "/perajin/kelompok-tenun-kmanek", "/karya?q=selendang"
Step = Callable[[Session, Listing, Bazaar], None]
CHANGES: list[tuple[Step, tuple[str, ...]]] = [
    (reprice, (HOME, ALL, CRAFT, WORK, MAKER, FOUND)),
    (sell, (ALL, CRAFT, WORK, MAKER, FOUND)),
    (approve, (HOME, ALL, CRAFT, MAKER)),
    (go_on_holiday, (WORK, MAKER)),
    (take_down, (ALL, CRAFT, WORK, MAKER, FOUND)),
]


def test_after_a_change_nobody_reads_the_old_page_on_any_server(
    app: Flask, config: Config, session: Session, market: Bazaar
) -> None:
    """Two servers on one database; each looks before every answer here, and four times a second by default."""
    other = create_app(config)
    work = market.works["Selendang Nila"]
    for change, pages in CHANGES:
        before = {(server, path): ask(server, path) for server in (app, other) for path in pages}
        assert all(answer.status_code == 200 for answer in before.values()), change.__name__
        change(session, work, market)
        session.commit()
        for (server, path), old in before.items():
            new = ask(server, path)
            assert (new.status_code, new.data) != (200, old.data), f"{change.__name__}: {path} is old"
    with other.app_context():
        db.engine.dispose()
    assert Config.look_every_ms <= 1_000


@SQLITE
def test_a_change_leaves_other_makers_pages_alone(
    app: Flask, session: Session, market: Bazaar, made: list[str]
) -> None:
    untouched = ("/karya/lemari-dua-pintu", "/kerajinan/meubel", "/perajin/bengkel-tiga-saudara", "/tentang")
    for path in untouched:
        ask(app, path)
    reprice(session, market.works["Selendang Nila"], market)
    session.commit()
    made.clear()
    for path in untouched:
        ask(app, path)
    assert made == []


@SQLITE
def test_what_is_rolled_back_makes_nothing_old(
    app: Flask, session: Session, market: Bazaar, made: list[str]
) -> None:
    ask(app, WORK)
    reprice(session, market.works["Selendang Nila"], market)
    session.rollback()
    made.clear()
    ask(app, WORK)
    assert made == []


@SQLITE
def test_a_photo_that_is_ready_is_shown(app: Flask, session: Session, market: Bazaar) -> None:
    photo = market.works["Selendang Nila"].revisions[0].photos[0].photo
    photo.widths = [360]
    session.commit()
    before = ask(app, WORK).data
    photo.widths = [360, 720]
    photo_changed(session, photo)
    session.commit()
    assert ask(app, WORK).data != before


@SQLITE
def test_a_server_that_slept_too_long_trusts_nothing_it_kept(
    app: Flask, session: Session, market: Bazaar, made: list[str]
) -> None:
    ask(app, WORK)
    session.add_all(CatalogueChange(tag="all") for _ in range(KEPT_ROWS + 5))
    session.commit()
    forget_old_changes(session)
    session.commit()
    assert session.query(CatalogueChange).count() == KEPT_ROWS
    made.clear()
    ask(app, WORK)
    ask(app, WORK)
    assert len(made) == 1
    session.query(CatalogueChange).delete()  # a backup was restored: numbers begin anew
    session.commit()
    ask(app, WORK)
    ask(app, WORK)
    assert len(made) == 2


@SQLITE
def test_only_pages_for_everybody_are_kept_and_no_door_answers_a_person_with_one(
    app: Flask, session: Session, market: Bazaar, made: list[str]
) -> None:
    """Every door, asked by a stranger, by a guest with a basket, by a curator and by a maker."""
    curator = factories.curator(session, "Tamu Rahasia", is_administrator=True)
    factories.member(session, market.weavers, curator)
    session.commit()
    paths = {rule.rule: address(app, rule) for rule, _ in doors(app) if "GET" in (rule.methods or ())}
    access = {rule.rule: said for rule, said in doors(app)}
    paths |= {path: path for path in KEPT}
    visitor = Visitor(app.test_client()).signed_in(session, curator)
    for rule, path in paths.items():
        stranger = ask(app, path)
        if stranger.headers["Cache-Control"] == "public, no-cache":
            assert access.get(rule, "public") == "public", rule
            assert stranger.status_code == 200
            assert "Set-Cookie" not in stranger.headers
        signed_in = visitor.client.get(path)
        everybodys = access.get(rule, "public") == "machine" or rule in SAME_FOR_ALL
        if not everybodys:
            assert "public" not in signed_in.headers["Cache-Control"], rule
        guest = ask(app, path, Cookie="keranjang=something")
        if not everybodys:
            assert "public" not in guest.headers["Cache-Control"], rule
        assert b"Tamu Rahasia" not in ask(app, path).data, rule


@SQLITE
def test_a_page_that_sets_a_cookie_after_all_is_not_kept(unshared_app: Flask, market: Bazaar) -> None:
    def remember() -> None:
        flask_session["seen"] = 1

    unshared_app.before_request(remember)
    for _ in range(2):
        answer = ask(unshared_app, "/karya")
        assert "Set-Cookie" in answer.headers
        assert answer.headers["Cache-Control"] == "private, no-cache"
    assert len(unshared_app.extensions["kept_pages"]) == 0


@SQLITE
def test_somebody_signed_in_sees_their_own_page_and_leaves_none_behind(
    app: Flask, client: FlaskClient, session: Session, market: Bazaar
) -> None:
    who = factories.person(session, "Budi")
    session.commit()
    visitor = Visitor(client).signed_in(session, who)
    assert "/akun" in visitor.client.get(WORK).text
    assert "/masuk" in ask(app, WORK).text
    assert "/akun" in visitor.client.get(WORK).text


@SQLITE
def test_keeping_stays_within_its_bounds_and_can_be_turned_off(
    config: Config, market: Bazaar, session: Session
) -> None:
    small, off = create_app(config), create_app(replace(config, kept_pages_mb=0))
    kept = small.extensions["kept_pages"]
    kept._most_bytes = 20_000
    for number in range(9):
        ask(small, f"/tentang?n={number}")
        assert ask(small, "/tentang").status_code == 200
    assert 2 <= len(kept) < 8
    assert ask(off, "/tentang").headers["Cache-Control"] == "private, no-cache"
    for each in (small, off):
        with each.app_context():
            db.engine.dispose()
