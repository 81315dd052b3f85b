"""Giving works of the queue to a colleague, without script."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Notice, Revision
from tests.curating import Cast, work
from tests.page import Page, Visitor
from tests.web.curation.test_review_page import post


@pytest.fixture
def sari(client: FlaskClient, session: Session, who: Cast) -> Visitor:
    for title in ("Tais Satu", "Tais Dua", "Tais Tiga"):
        work(session, who, title_id=title)
    work(session, who, "in_review", holder=who.fransiskus, title_id="Dipegang")
    return Visitor(client).signed_in(session, who.sari)


def holders(page: Page) -> dict[str, str]:
    return {
        row.xpath(".//a[@class='rows__title']")[0].text_content(): row.xpath("td")[-1].text_content().strip()
        for row in page.html.xpath("//tbody/tr")
    }


def test_ticked_works_go_to_the_chosen_colleague_who_finds_them_under_their_name(
    app: Flask, session: Session, who: Cast, sari: Visitor
) -> None:
    page = sari.get("/kurasi?jenis=baru")
    assert "Pilih Dipegang" not in page.text, "what somebody holds is not given away"
    to = {"Serahkan yang dicentang kepada": "Agus"}
    page = sari.press("Serahkan", {"Pilih Tais Satu": True, "Pilih Tais Tiga": True} | to)
    assert "2 karya diserahkan kepada Agus." in page.text
    found = holders(page)
    assert (found["Tais Satu"], found["Tais Dua"], found["Tais Tiga"]) == ("Untuk Agus", "–", "Untuk Agus")
    assert list(holders(sari.get("/kurasi?untuk=belum"))) == ["Tais Dua"]
    agus = Visitor(app.test_client()).signed_in(session, who.agus)
    assert holders(agus.get("/kurasi?untuk=saya")) == {"Tais Satu": "Untuk Anda", "Tais Tiga": "Untuk Anda"}
    assert "For you" in agus.get("/en/kurasi").text
    page = sari.get("/kurasi")
    page = sari.press("Serahkan", {"Pilih Tais Satu": True, "Serahkan yang dicentang kepada": "Siapa saja"})
    assert "1 karya tidak lagi diserahkan" in page.text
    assert holders(page)["Tais Satu"] == "–"


def test_without_a_tick_or_a_curator_the_page_says_so_and_keeps_the_rest(
    session: Session, who: Cast, sari: Visitor
) -> None:
    sari.get("/kurasi?jenis=baru")
    page = sari.press("Serahkan", {"Serahkan yang dicentang kepada": "Agus"}, status=422)
    assert "Centang paling sedikit satu karya" in page.text
    page = sari.press("Serahkan", {"Pilih Tais Dua": True, "Serahkan yang dicentang kepada": ""}, status=422)
    assert "Pilih kepada siapa karya diserahkan" in page.text
    assert [box.getparent().text_content() for box in page.html.xpath("//input[@checked]")] == [
        "Pilih Tais Dua"
    ]
    assert session.scalars(select(Revision.assigned_to_id)).all() == [None] * 4


def test_pressed_twice_it_is_said_once_and_what_cannot_be_given_is_named(
    app: Flask, session: Session, who: Cast, sari: Visitor
) -> None:
    sari.get("/kurasi")
    ids = [str(number) for number in session.scalars(select(Revision.id).order_by(Revision.id))]
    to = str(who.agus.id)
    for _ in range(2):
        said = post(
            sari, "/kurasi/serahkan", {"pilih": [*ids, "999", "x"], "kepada": to}, follow_redirects=True
        )
        words = said.get_data(as_text=True)
        assert "3 karya diserahkan kepada Agus." in words
        assert "Dipegang tidak diserahkan: Karya ini tidak lagi menunggu kurasi." in words
    assert len(session.scalars(select(Notice)).all()) == 1
    said = post(
        sari, "/kurasi/serahkan", {"pilih": ids[:1], "kepada": str(who.own.id)}, follow_redirects=True
    )
    assert "Own Tilman anggota kelompoknya" in said.get_data(as_text=True)


def test_only_the_curators_room_gives_works_away(
    app: Flask, session: Session, who: Cast, sari: Visitor
) -> None:
    guest = app.test_client().post("/kurasi/serahkan", headers={"Origin": "http://localhost"})
    assert guest.status_code in (302, 400)
    chair = Visitor(app.test_client()).signed_in(session, who.chair)
    chair.get("/akun")
    assert post(chair, "/kurasi/serahkan", {"pilih": "1", "kepada": str(who.agus.id)}).status_code == 404
