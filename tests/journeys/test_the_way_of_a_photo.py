"""A photo from a phone to a stranger's screen: seen at once by who sent it, sharp and light once it is rendered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from shop.actions import photos
from shop.actions.catalogue import refresh
from shop.models import Listing, Member, RevisionPhoto
from shop.tasks import schedule
from tests import factories
from tests.ground.engines import ON_SQLITE, WITH_AND_WITHOUT_SCRIPT
from tests.images.pictures import as_bytes, cloth, exif
from tests.journeys.test_listing_a_work import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.ground.browser import Visitors


@pytest.fixture
def chair(session: Session) -> Member:
    group = factories.producer(session)
    member = factories.member(session, group, factories.person(session, "Yuliana Hoar"))
    session.commit()
    return member


@pytest.fixture
def work(session: Session, chair: Member) -> Listing:
    """A live work whose photos are still to be sent."""
    listing = factories.published(session, chair.producer, chair.person)
    listing.revisions[0].photos.clear()
    session.commit()
    return listing


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """Taken on its side, with the place in it; upright it is 1200 by 1500."""
    path = tmp_path / "kain.jpg"
    path.write_bytes(as_bytes(cloth(1500, 1200), "JPEG", quality=85, exif=exif(6).tobytes()))
    return path


def photo_answers(page: Page) -> list[tuple[str, int, str]]:
    """Filled while pages load: address, status and how long it may be kept, of each photo."""
    answers: list[tuple[str, int, str]] = []
    page.on(
        "response",
        lambda answer: (
            answers.append((answer.url, answer.status, answer.headers.get("cache-control", "")))
            if "/foto/" in answer.url
            else None
        ),
    )
    return answers


@WITH_AND_WITHOUT_SCRIPT
def test_who_sends_a_photo_sees_it_at_once(
    app: Flask,
    session: Session,
    chair: Member,
    photo: Path,
    new_page: Visitors,
    live_server: str,
    javascript: bool,
) -> None:
    draft = factories.listing(session, chair.producer, chair.person)
    draft.revisions[0].photos.clear()
    session.commit()
    page = new_page(width=360, javascript=javascript)
    sign_in(app, session, chair, page, live_server)
    page.goto(f"/studio/karya/{draft.id}/foto")
    answers = photo_answers(page)
    page.locator("#photo").set_input_files(photo)
    if not javascript:
        page.get_by_role("button", name="Kirim foto").click()
    expect(page.get_by_text("1 foto tersimpan")).to_be_visible()
    page.reload(wait_until="networkidle")
    assert any(url.endswith("-pratinjau.jpg") and status == 200 for url, status, _ in answers)
    assert {kept for _, _, kept in answers} == {"no-store"}


@ON_SQLITE
def test_a_stranger_gets_it_upright_light_and_for_good(
    app: Flask,
    session: Session,
    chair: Member,
    work: Listing,
    photo: Path,
    new_page: Visitors,
    live_server: str,
) -> None:
    _send(app, session, chair, work, photo)
    schedule.run_all(app)
    page = new_page(width=360)
    answers = photo_answers(page)
    page.goto(f"/karya/{work.slug}")
    shown = page.locator("main .photo img").first
    expect(shown).to_be_visible()
    shown.evaluate("image => image.decode()")
    assert shown.evaluate("image => image.currentSrc").endswith(".avif")
    assert shown.evaluate("image => image.naturalHeight > image.naturalWidth")
    page.wait_for_load_state("networkidle")
    assert answers
    assert {(status, kept) for _, status, kept in answers} == {(200, "public, max-age=31536000, immutable")}


def _send(app: Flask, session: Session, chair: Member, work: Listing, photo: Path) -> None:
    """As the studio does it; then the work is live with it."""
    shop = app.extensions["shop"]
    with photo.open("rb") as stream:
        incoming = photos.take_in(shop.photos, shop.pictures, stream)
    row = photos.receive(
        session, incoming, by=chair.person, producer=chair.producer, client_id="", at=factories.AT
    )
    assert work.live_revision is not None
    work.live_revision.photos.append(RevisionPhoto(photo=row, slot="utuh", position=0, alt_id="Kain utuh"))
    refresh(session, work)
    session.commit()
