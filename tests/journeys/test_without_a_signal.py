"""The work room where there is no signal: pages last seen, never a price, never somebody else's, always the newest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from shop.blueprints import phone
from shop.models import Listing, Member
from tests import factories
from tests.ground.browser import Visitors
from tests.ground.serving import served
from tests.journeys.test_listing_a_work import look, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

READY = "navigator.serviceWorker.ready.then(() => true)"
KEPT = """caches.open('pages').then(pages => pages.keys())
  .then(all => all.map(one => new URL(one.url).pathname).filter(path => path !== '/whose-pages').sort())"""
SHELLS = "caches.keys().then(names => names.filter(name => name.startsWith('shell-')))"


@pytest.fixture
def chair(session: Session) -> Member:
    member = factories.member(session, factories.producer(session), factories.person(session, "Yuliana"))
    session.commit()
    return member


@pytest.fixture
def draft(session: Session, chair: Member) -> Listing:
    listing = factories.listing(session, chair.producer, chair.person)
    session.commit()
    return listing


def test_pages_last_seen_stand_there_without_a_line_and_are_one_persons(
    app: Flask,
    session: Session,
    chair: Member,
    draft: Listing,
    browser: Browser,
    port: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    steps = f"/studio/karya/{draft.id}"
    visitors = Visitors(browser, f"http://127.0.0.1:{port}")
    with served(app, port) as address:
        page = visitors(width=360)
        sign_in(app, session, chair, page, address)
        page.goto("/studio")
        assert page.evaluate(READY)
        for path in (f"{steps}/motif", f"{steps}/harga", "/studio/karya", "/karya", f"/en{steps}/motif"):
            page.goto(path)
        page.goto(f"{steps}/motif")
        _until(page, KEPT, sorted([f"/en{steps}/motif", f"{steps}/motif"]))

    # The line is gone: what was seen is there, prices and the storefront are not.
    page.goto(f"{steps}/motif")
    expect(page.get_by_label("Nama motif")).to_have_value("Belah ketupat")
    page.get_by_label("Nama motif").fill("Sasuit")
    expect(page.locator("[data-saved]")).to_have_text("Menunggu sinyal")
    for path in (f"{steps}/harga", "/studio/karya", "/karya", "/"):
        page.goto(path)
        expect(page.get_by_role("heading", name="Tidak ada sinyal")).to_be_visible()
    look(page)
    expect(page.get_by_role("link", name="Motif")).to_be_visible()
    page.goto(f"/en{steps}/harga")
    expect(page.get_by_role("heading", name="No signal")).to_be_visible()

    # It is back: the words go, another build replaces the worker, and signing out takes the pages along.
    monkeypatch.setattr(phone, "PARTS", phone.PARTS[:-1])
    before = page.evaluate(SHELLS)
    with served(app, port) as address:
        page.goto(f"{steps}/motif")
        expect(page.locator("[data-saved]")).to_contain_text("Tersimpan")
        page.wait_for_function(
            f"before => {SHELLS}.then(now => now.length === 1 && now[0] !== before)", arg=before[0]
        )
        page.get_by_role("button", name="Keluar").click()
        _until(page, KEPT, [])
        session.expire_all()
        assert draft.revisions[-1].motif_name == "Sasuit"

        # Another person on the same phone, without anybody signing out.
        sign_in(app, session, chair, page, address)
        page.goto(f"{steps}/motif")
        _until(page, KEPT, [f"{steps}/motif"])
        other = factories.member(session, factories.producer(session), factories.person(session, "Bernadete"))
        sign_in(app, session, other, page, address)
        page.goto("/studio")
        _until(page, KEPT, ["/studio"])
    page.goto(f"{steps}/motif")
    expect(page.get_by_role("heading", name="Tidak ada sinyal")).to_be_visible()
    visitors.leave()


def _until(page: Page, asked: str, answer: list[str]) -> None:
    page.wait_for_function(
        f"answer => {asked}.then(now => JSON.stringify(now) === JSON.stringify(answer))", arg=answer
    )
