"""A weaver's line comes and goes: no photo and no word is lost, none comes twice, and she is told what happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from shop.models import Listing, Member, Photo
from tests import factories
from tests.ground.browser import FLAGS, chromium_path
from tests.images.pictures import as_bytes, cloth
from tests.journeys.test_listing_a_work import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page


pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@pytest.fixture
def chair(session: Session) -> Member:
    group = factories.producer(session)
    member = factories.member(session, group, factories.person(session, "Yuliana Hoar"))
    session.commit()
    return member


@pytest.fixture
def draft(session: Session, chair: Member) -> Listing:
    """A draft without photos."""
    listing = factories.listing(session, chair.producer, chair.person)
    listing.revisions[0].photos.clear()
    session.commit()
    return listing


@pytest.fixture
def six(tmp_path: Path) -> list[Path]:
    """Five photos of half a megabyte and one that stays above one however it is coded, so that it goes in pieces."""
    files = []
    for number in range(5):
        path = tmp_path / f"foto-{number}.jpg"
        path.write_bytes(as_bytes(cloth(1200 + number, 1500), "JPEG", quality=60))
        files.append(path)
    path = tmp_path / "berat.jpg"
    noise = Image.effect_noise((1400, 1750), 90).convert("RGB")
    path.write_bytes(as_bytes(noise, "JPEG", quality=92))
    return [*files[:3], path, *files[3:]]


@contextmanager
def phone(browser: Browser, folder: Path, address: str) -> Iterator[BrowserContext]:
    """A browser that keeps what it kept when it is closed, as a phone does."""
    context = browser.browser_type.launch_persistent_context(
        folder,
        executable_path=chromium_path(),
        args=FLAGS,
        base_url=address,
        viewport={"width": 360, "height": 740},
        locale="id-ID",
    )
    context.set_default_timeout(30_000)
    try:
        yield context
    finally:
        context.close()


def line(page: Page, *, kbit: int = 0, wait_ms: int = 0, cut: bool = False) -> None:
    """The line of this page by Chromium's own emulation; 0 kbit is as fast as the machine."""
    speed = kbit * 1000 // 8 if kbit else -1
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    conditions = {"offline": cut, "latency": wait_ms, "downloadThroughput": speed, "uploadThroughput": speed}
    devtools.send("Network.emulateNetworkConditions", conditions)


def arrived(session: Session, listing: Listing) -> list[str]:
    """The contents that stand in the work now."""
    session.expire_all()
    return [place.photo.sha256 for place in listing.revisions[-1].photos]


def test_six_photos_and_the_words_survive_a_cut_line_and_a_closed_browser(
    app: Flask,
    session: Session,
    chair: Member,
    draft: Listing,
    six: list[Path],
    browser: Browser,
    live_server: str,
    tmp_path: Path,
) -> None:
    photos, story = f"/studio/karya/{draft.id}/foto", f"/studio/karya/{draft.id}/cerita"
    with phone(browser, tmp_path / "phone", live_server) as context:
        page = context.new_page()
        sign_in(app, session, chair, page, live_server)
        words = context.new_page()
        words.goto(story)
        page.goto(photos)
        line(page, kbit=4000, wait_ms=50)
        page.locator("#photo").set_input_files(six)
        expect(page.locator("[data-arrived]")).to_have_text("2 dari 6 tersimpan")
        line(page, cut=True)
        line(words, cut=True)
        expect(page.get_by_text("aman di ponsel ini")).to_be_visible()
        words.get_by_label("Dari siapa").or_(words.locator("[name=story]")).first.fill("Dari nenek saya.")
        expect(words.get_by_text("Tidak ada sinyal.")).to_be_visible()
        expect(words.locator("[data-saved]")).to_have_text("Menunggu sinyal")
    assert 2 <= len(arrived(session, draft)) < 6

    with phone(browser, tmp_path / "phone", live_server) as context:
        page = context.new_page()
        sign_in(app, session, chair, page, live_server)
        page.goto(photos)
        expect(page.get_by_text("6 foto tersimpan")).to_be_visible()
        page.goto(story)
        expect(page.locator("[name=story]")).to_have_value("Dari nenek saya.")
        expect(page.locator("[data-saved]")).to_contain_text("Tersimpan")
        page.reload()
        expect(page.locator("[name=story]")).to_have_value("Dari nenek saya.")
    here = arrived(session, draft)
    assert (len(here), len(set(here))) == (6, 6)
    assert (
        session.query(Photo)
        .filter_by(producer_id=chair.producer_id, uploaded_by=f"person:{chair.person_id}")
        .count()
        == 6
    )
    assert draft.revisions[-1].story == "Dari nenek saya."
    assert list(app.extensions["shop"].photos.files("parts")) == []
