"""A revision of a live work: the approved version stays up until the new one is approved. And switching the language."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from shop.actions.catalogue import refresh
from tests import factories
from tests.ground.engines import WITH_AND_WITHOUT_SCRIPT
from tests.journeys.test_curation import judge
from tests.journeys.test_the_story import enter, go_on


@WITH_AND_WITHOUT_SCRIPT
def test_the_approved_version_stays_up_until_the_new_one_is_approved(
    app: Flask,
    session: Session,
    new_page: Callable[..., Page],
    live_server: str,
    javascript: bool,
) -> None:
    maria = factories.person(session, "Maria Hoar")
    sari = factories.curator(session)
    group = factories.producer(session, "Kelompok Tenun Fitun", chair=maria)
    live = factories.published(session, group, maria, title_id="Tais Lama", slug="tais-lama")
    refresh(session, live)
    session.commit()

    maker = enter(app, session, maria, new_page(width=360, javascript=javascript), live_server)
    maker.goto(f"/studio/karya/{live.id}/nama")
    maker.get_by_label("Nama karya", exact=True).fill("Tais Baru")
    go_on(maker)
    maker.goto(f"/studio/karya/{live.id}/periksa")
    maker.get_by_role("button", name="Kirim untuk dikurasi").click()

    buyer = new_page(width=360, javascript=javascript)
    buyer.goto("/karya/tais-lama")
    expect(buyer.get_by_role("heading", level=1)).to_have_text("Tais Lama")

    curator = enter(app, session, sari, new_page(width=1280, javascript=javascript), live_server)
    curator.goto("/kurasi")
    curator.get_by_role("button", name="Ambil berikutnya").click()
    changed = curator.locator("tr.is-changed", has_text="Tais Baru")
    expect(changed).to_contain_text("Lama")
    judge(curator)
    curator.get_by_role("button", name="Setujui dan tayangkan").click()
    expect(curator.get_by_text("Antrean kosong")).to_be_visible()

    buyer.reload()
    expect(buyer.get_by_role("heading", level=1)).to_have_text("Tais Baru")


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_the_language_is_switched_where_one_stands(
    session: Session, new_page: Callable[..., Page], live_server: str, javascript: bool
) -> None:
    maria = factories.person(session, "Maria Hoar")
    group = factories.producer(session, chair=maria)
    refresh(session, factories.published(session, group, maria, slug="tais-lajur-merah"))
    session.commit()
    page = new_page(width=1280, javascript=javascript)
    page.goto("/kerajinan/tenun-ikat?pewarna=alami")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile(r"/en/kerajinan/tenun-ikat\?pewarna=alami$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Ikat weaving")
    page.get_by_role("link", name="Red Lane Cloth").first.click()
    expect(page).to_have_url(re.compile(r"/en/karya/tais-lajur-merah$"))
    page.get_by_role("link", name="Indonesia").first.click()
    expect(page).to_have_url(re.compile(r"[^n]/karya/tais-lajur-merah$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Tais Lajur Merah")
