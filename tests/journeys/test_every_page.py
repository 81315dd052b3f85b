"""Everybody follows every link: no dead one, nothing axe finds, nothing that sticks out at 320 px."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Error, Page
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from shop.demo.command import seed
from shop.extensions import db
from shop.models import Person
from tests import factories
from tests.ground.browser import Visitors
from tests.ground.looking import assert_accessible, assert_no_horizontal_scroll
from tests.ground.serving import free_port, served
from tests.ground.settings import config_for

PEOPLE = {
    # who → their e-mail, and the rooms they begin in
    "guest": (None, ("/", "/en/")),
    "buyer": ("pembeli@contoh.test", ("/akun", "/en/akun")),
    "producer": ("perajin@contoh.test", ("/studio", "/en/studio")),
    "curator": ("kurator@contoh.test", ("/kurasi", "/en/kurasi")),
    "administrator": ("admin@contoh.test", ("/admin", "/en/admin")),
}
# What is the same for everybody is looked at once: as a guest, as a buyer, and with a second factor as a curator.
SEEN_ELSEWHERE = {
    "guest": (),
    "buyer": ("catalogue.", "pages."),
    "producer": ("catalogue.", "pages.", "account."),
    "curator": ("catalogue.", "pages."),
    "administrator": ("catalogue.", "pages.", "account."),
}


@dataclass
class Shop:
    app: Flask
    address: str


@pytest.fixture(scope="module")
def demo_shop(sqlite_databases, ground: Path) -> Iterator[Shop]:
    """The demo data with plain pictures, since drawing the real ones takes a minute; all read, none change it."""
    from shop.app import create_app

    folder = ground / "every-page"
    folder.mkdir()
    port = free_port()
    app = create_app(config_for(sqlite_databases.fresh(folder), folder, f"http://127.0.0.1:{port}"))
    with pytest.MonkeyPatch.context() as patch, app.app_context():
        patch.setattr("shop.demo.command.picture", plain_picture)
        shop = app.extensions["shop"]
        seed(db.session(), shop, at=shop.clock())
        db.session.commit()
    with served(app, port) as address:
        yield Shop(app, address)


@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_is_there_reads_well_and_fits(who: str, demo_shop: Shop, browser: Browser) -> None:
    email, rooms = PEOPLE[who]
    visitors = Visitors(browser, demo_shop.address)
    page = visitors(width=360)
    _sign_in(page, demo_shop, email)
    wrong = _walk(page, demo_shop, rooms, passing=SEEN_ELSEWHERE[who])
    visitors.leave()
    assert not wrong, "\n".join(wrong)
    assert not visitors.complaints, "\n".join(visitors.complaints)


def _walk(page: Page, shop: Shop, rooms: tuple[str, ...], *, passing: tuple[str, ...]) -> list[str]:
    """Follow links from the doors of these rooms; one page of each kind. What is wrong with them comes back."""
    wrong: list[str] = []
    seen: set[str] = set()
    waiting = list(rooms)
    while waiting:
        path = waiting.pop(0)
        language, view = _kind(shop.app, path)
        if f"{language} {view}" in seen or view.startswith(passing):
            continue
        seen.add(f"{language} {view}")
        wrong += _look(page, path)
        waiting += _links(page, shop.address)
    assert len(seen) > len(rooms), "the first page links to nothing"
    return wrong


def _look(page: Page, path: str) -> list[str]:
    try:
        answer = page.goto(path)
    except Error as error:
        return [] if "Download is starting" in str(error) else [f"{path}: {error}"]
    if answer is None or answer.status != 200:
        return [f"{path}: {answer and answer.status}"]
    wrong = []
    for look in (assert_accessible, assert_no_horizontal_scroll):
        try:
            look(page)
        except AssertionError as error:
            wrong.append(str(error))
    return wrong


def _links(page: Page, address: str) -> list[str]:
    """Paths of this shop that the page links to, without downloads."""
    found = page.eval_on_selector_all(
        "a[href]:not([download])", "links => links.map(link => link.href.split('#')[0])"
    )
    return [link.removeprefix(address) or "/" for link in found if link.startswith(f"{address}/")]


def _kind(app: Flask, path: str) -> tuple[str, str]:
    """The language and the view of a path."""
    bare = urlsplit(path).path
    language = "en" if bare == "/en" or bare.startswith("/en/") else "id"
    bare = bare.removeprefix("/en") if language == "en" else bare
    try:
        endpoint, _ = app.url_map.bind("localhost").match(bare or "/")
    except RequestRedirect as redirect:
        endpoint = redirect.new_url
    except HTTPException as error:
        endpoint = f"{error.code} {bare}"
    return language, str(endpoint)


def _sign_in(page: Page, shop: Shop, email: str | None) -> None:
    if email is None:
        return
    with shop.app.app_context(), Session(db.engine) as session:
        person = session.scalars(select(Person).where(Person.email == email)).one()
        token = factories.sign_in(session, person)
        session.commit()
    signer = shop.app.session_interface.get_signing_serializer(shop.app)
    cookie = signer.dumps({"_user_id": token, "_fresh": True})
    page.context.add_cookies([{"name": "shop", "value": cookie, "url": shop.address}])


def plain_picture(name: object) -> bytes:
    """One colour for each name, so that no two are the same photo."""
    out = io.BytesIO()
    Image.new("RGB", (80, 100), f"#{hashlib.sha256(repr(name).encode()).hexdigest()[:6]}").save(out, "PNG")
    return out.getvalue()
