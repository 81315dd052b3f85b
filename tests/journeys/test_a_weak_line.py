"""A weaver's line comes and goes: no photo and no word is lost, none comes twice, and she is told what happens."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import pytest
from flask import Flask
from PIL import Image, ImageFilter
from playwright.sync_api import expect
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shop.models import Listing, Member, Photo
from tests import factories
from tests.ground.browser import FLAGS, Visitors, chromium_path
from tests.ground.real_shop import real_shop
from tests.images.pictures import as_bytes, cloth
from tests.journeys.test_listing_a_work import look, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Route


pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

LINES: WeakKeyDictionary[Page, CDPSession] = WeakKeyDictionary()


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
    if page not in LINES:  # each session has a line of its own, and the worst of them holds
        LINES[page] = page.context.new_cdp_session(page)
        LINES[page].send("Network.enable")
    devtools = LINES[page]
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


def test_the_shop_dies_in_the_middle_and_nothing_is_lost_or_double(
    app: Flask,
    session: Session,
    chair: Member,
    draft: Listing,
    six: list[Path],
    browser: Browser,
    database_url: str,
    folder: Path,
    port: int,
) -> None:
    """400 kbit/s with 400 ms: she writes on while photos travel; web and worker are killed, and start again."""
    with real_shop(database_url, folder, port) as shop:
        shop.start()
        visitors = Visitors(browser, shop.address)
        page = visitors(width=360)
        sign_in(app, session, chair, page, shop.address)
        page.goto(f"/studio/karya/{draft.id}/foto")
        line(page, kbit=400, wait_ms=400)
        page.locator("#photo").set_input_files([six[0], six[3], six[1]])
        expect(page.get_by_text(re.compile(r"Mengirim \d+% \(\d,\d dari \d,\d MB\)")).first).to_be_visible()
        for name in ("berat.jpg", "foto-0.jpg", "foto-1.jpg"):
            page.get_by_text(f"Teks dan tempat {name}").click()
        page.get_by_label("Teks foto berat.jpg").fill("Detail motif")
        page.get_by_label("Tempat foto-0.jpg").select_option(label="Tepi atau rumbai")
        page.get_by_label("Foto utama foto-1.jpg").check()
        look(page)

        words = page.context.new_page()
        words.goto(f"/studio/karya/{draft.id}/motif")  # first: unbuilt styles are fifty requests
        line(words, kbit=400, wait_ms=400)
        with words.expect_response(lambda answer: answer.request.method == "POST" and answer.ok):
            words.get_by_label("Nama motif").fill("Sasuit")
        expect(words.locator("[data-saved]")).to_contain_text("Tersimpan")
        expect(page.get_by_text(re.compile("Mengirim")).first).to_be_visible()

        shop.kill()
        line(page)
        expect(page.get_by_text(re.compile(r"Dicoba lagi dalam \d+ detik")).first).to_be_visible()
        shop.start()
        session.execute(update(Photo).values(leased_until=factories.AT))  # what the dead worker held, at once
        session.commit()
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(page.get_by_text("3 foto tersimpan")).to_be_visible()
        wait_until_rendered(session, 3)
        visitors.leave()
    places = draft.revisions[-1].photos
    assert len({place.photo.sha256 for place in places}) == len(places) == 3
    by_slot = {place.slot: place for place in places}
    assert set(by_slot) == {"tepi", "detail", "balik"}
    assert by_slot["detail"].alt_id == "Detail motif"
    assert by_slot["balik"].position == 0
    assert draft.revisions[-1].motif_name == "Sasuit"


def wait_until_rendered(session: Session, many: int) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        session.expire_all()
        states = list(session.scalars(select(Photo.state).where(Photo.uploaded_by != "test")))
        session.rollback()
        if states == ["ready"] * many:
            return
        time.sleep(0.1)
    raise AssertionError(f"photos are {states}")


def test_what_the_site_answers_is_said_and_the_photo_arrives_in_the_end(
    app: Flask,
    session: Session,
    chair: Member,
    draft: Listing,
    six: list[Path],
    new_page: Visitors,
    live_server: str,
) -> None:
    page = new_page(width=360)
    sign_in(app, session, chair, page, live_server)
    page.goto(f"/studio/karya/{draft.id}/foto")
    answers = [
        (500, {}, "<h1>Internal Server Error</h1>", "Situs sedang terganggu"),
        (
            429,
            {"Retry-After": "30"},
            "<h1>Too Many Requests</h1>",
            "Sedang ramai. Dicoba lagi dalam 30 detik",
        ),
        (200, {}, "<html>selamat datang di hotspot</html>", "Jawaban situs tidak terbaca"),
        (201, {}, "[]", "Jawaban situs tidak terbaca"),
        (413, {}, "<h1>Request Entity Too Large</h1>", ""),  # somebody on the way: it goes over to pieces
    ]
    waiting = list(answers)

    def answer(route: Route) -> None:
        if route.request.method == "POST" and waiting:
            status, headers, body, _ = waiting.pop(0)
            route.fulfill(status=status, headers=headers, body=body, content_type="text/html")
        else:
            route.continue_()

    pieces: list[str] = []
    page.on("request", lambda request: pieces.append(request.url) if request.method == "PATCH" else None)
    page.route(re.compile(r"/foto$"), answer)
    page.locator("#photo").set_input_files(six[0])
    for _, _, _, words in answers:
        if words:
            expect(page.locator("[data-part=words]")).to_contain_text(words)
            page.get_by_role("button", name="Kirim sekarang").click()
    expect(page.get_by_text("1 foto tersimpan")).to_be_visible()
    assert len(arrived(session, draft)) == 1
    assert pieces

    # Signed out meanwhile: the photo stays on the phone, and goes on after signing in again.
    page.context.clear_cookies()
    page.locator("#photo").set_input_files(six[1])
    expect(page.get_by_text("Anda perlu masuk lagi")).to_be_visible()
    sign_in(app, session, chair, page, live_server)
    page.goto(f"/studio/karya/{draft.id}/nama")
    expect(page.get_by_text("1 foto masih dikirim")).to_be_visible()
    expect(page.get_by_text("1 foto masih dikirim")).to_be_hidden()
    assert len(arrived(session, draft)) == 2


def test_the_same_photo_from_two_tabs_is_one(
    app: Flask,
    session: Session,
    chair: Member,
    draft: Listing,
    six: list[Path],
    new_page: Visitors,
    live_server: str,
) -> None:
    one = new_page(width=360)
    sign_in(app, session, chair, one, live_server)
    two = one.context.new_page()
    for tab in (one, two):
        tab.goto(f"/studio/karya/{draft.id}/foto")
        line(tab, kbit=4000, wait_ms=100)
    for tab in (one, two):
        tab.locator("#photo").set_input_files(six[0])
    for tab in (one, two):
        expect(tab.get_by_text("1 foto tersimpan")).to_be_visible()
    assert len(arrived(session, draft)) == 1
    assert session.query(Photo).filter(Photo.uploaded_by != "test").count() == 1


def test_hints_come_at_once_and_stay(
    app: Flask,
    session: Session,
    chair: Member,
    draft: Listing,
    tmp_path: Path,
    new_page: Visitors,
    live_server: str,
) -> None:
    odd = {
        "gelap": Image.effect_noise((1500, 1300), 20).point(lambda v: v // 5).convert("RGB"),
        "kabur": cloth(1500, 1300).filter(ImageFilter.GaussianBlur(12)),
        "kecil": cloth(500, 600),
        "lebar": cloth(1600, 700),
    }
    for name, picture in odd.items():
        (tmp_path / f"{name}.jpg").write_bytes(as_bytes(picture, "JPEG", quality=90))
    page = new_page(width=360)
    sign_in(app, session, chair, page, live_server)
    page.goto(f"/studio/karya/{draft.id}/foto")
    line(page, cut=True)
    page.locator("#photo").set_input_files([tmp_path / f"{name}.jpg" for name in odd])
    for words in ("agak gelap", "tampak kabur", "Foto ini kecil. Tetap", "sangat lebar"):
        expect(page.get_by_text(words)).to_be_visible()
    look(page)
    page.get_by_role("button", name="Naikkan kabur.jpg").click()
    page.get_by_role("button", name="Batalkan foto ini lebar.jpg").click()
    line(page)  # nobody presses anything: they go as soon as there is a line
    expect(page.get_by_text("3 foto tersimpan")).to_be_visible()
    page.reload()
    for words in ("agak gelap", "tampak kabur", "Foto ini kecil. Tetap"):
        expect(page.get_by_text(words)).to_be_visible()
    session.expire_all()
    hints = {place.slot: place.photo.hints for place in draft.revisions[-1].photos}
    assert hints == {"utuh": ["blurred"], "detail": ["dark"], "balik": ["small"]}
    page.get_by_role("link", name="Putar dan potong Utuh").click()
    look(page)
    page.get_by_role("button", name="Putar ke kanan").click()
    page.get_by_role("button", name="Urungkan").click()
    page.locator("input[type=image]").click(position={"x": 72, "y": 62})
    expect(page.get_by_role("button", name="atas kiri")).to_have_attribute("aria-pressed", "true")
