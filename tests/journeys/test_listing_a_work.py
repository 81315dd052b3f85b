"""A producer lists a work from a phone: with three photos, with script and without."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from shop.models import Listing, Member
from tests import factories
from tests.ground.engines import ON_SQLITE, WITH_AND_WITHOUT_SCRIPT
from tests.ground.looking import assert_accessible, assert_no_horizontal_scroll
from tests.images.pictures import as_bytes, cloth

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from tests.ground.browser import Visitors


@pytest.fixture
def chair(session: Session) -> Member:
    """The chair of a verified group that weaves and plaits."""
    group = factories.producer(session, crafts=["tenun-ikat", "anyaman"])
    member = factories.member(session, group, factories.person(session, "Yuliana Hoar"))
    session.commit()
    return member


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """Three phone photos, the last too large for one breath of a weak line."""
    files = []
    for number, size in enumerate(((900, 1200), (1200, 900), (1600, 2000))):
        path = tmp_path / f"foto-{number}.jpg"
        path.write_bytes(as_bytes(cloth(*size), "JPEG", quality=80))
        files.append(path)
    return files


def sign_in(app: Flask, session: Session, member: Member, page: Page, address: str) -> None:
    """The cookie of a standing sign-in, put into this page's browser."""
    token = factories.sign_in(session, member.person)
    session.commit()
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    kept = client.get_cookie("shop")
    assert kept is not None
    page.context.add_cookies([{"name": "shop", "value": kept.value, "url": address}])


def look(page: Page, *, script: bool = True) -> None:
    """What must hold on every page on the way; axe needs script to look.

    It looks at the whole page at once: the room's navigation, which stays at the foot of a phone, would else lie
    over whatever the fold happens to cut.
    """
    if not script:
        return
    before = page.viewport_size
    assert before is not None
    page.set_viewport_size({"width": before["width"], "height": 6_000})
    assert_accessible(page)
    page.set_viewport_size(before)
    assert_no_horizontal_scroll(page)


@WITH_AND_WITHOUT_SCRIPT
def test_a_weaver_lists_a_cloth_on_her_phone(
    app: Flask,
    session: Session,
    chair: Member,
    photos: list[Path],
    new_page: Visitors,
    live_server: str,
    javascript: bool,
) -> None:
    page = new_page(width=360, javascript=javascript)
    sign_in(app, session, chair, page, live_server)

    page.goto("/studio")
    look(page, script=javascript)
    page.get_by_role("link", name="Tambah karya", exact=True).click()
    page.get_by_label("Tenun ikat").check()
    page.get_by_role("button", name="Mulai dengan foto").click()

    _send_photos(page, photos, script=javascript)
    expect(page.get_by_text("Tersimpan, foto utama")).to_be_visible()
    expect(page.get_by_text("3 foto tersimpan")).to_be_visible()
    look(page, script=javascript)
    page.get_by_role("link", name="Lanjutkan ke Nama dan jenis").click()

    page.get_by_label("Nama karya", exact=True).fill("Tais Fitun")
    page.get_by_label("Jenis karya").select_option(label="Tais mane")
    look(page, script=javascript)
    _go_on(page)

    for label, value in (
        ("Panjang (cm)", "190"), ("Lebar (cm)", "98"), ("Panjang paket (cm)", "35"), ("Lebar paket (cm)", "30"),
        ("Tinggi paket (cm)", "6"), ("Berat kirim (kg)", "satu"),
    ):  # fmt: skip
        page.get_by_label(label, exact=True).fill(value)
    _go_on(page)
    expect(page.get_by_role("alert")).to_contain_text("Isi berat dalam kg, misalnya 1,2")
    expect(page.get_by_label("Panjang (cm)", exact=True)).to_have_value("190")
    look(page, script=javascript)
    page.get_by_label("Berat kirim (kg)").fill("0,9")
    _go_on(page)

    for label in ("Kapas", "Ikat (futus)", "Pewarna alami", "Gedogan"):
        page.get_by_label(label, exact=True).check()
    look(page, script=javascript)
    _go_on(page)

    page.get_by_label("Nama motif").fill("Belah ketupat")
    page.get_by_label("Menurut siapa").fill("penenun")
    look(page, script=javascript)
    _go_on(page)

    page.get_by_label("Bahan (Rp)").fill("200.000")
    page.get_by_label("Hari kerja").fill("12")
    page.get_by_label("Upah sehari (Rp)").fill("75.000")
    page.get_by_role("button", name="Hitung").click()
    expect(page.get_by_text("Usulan: Rp 1.210.000")).to_be_visible()
    page.get_by_role("button", name="Pakai harga ini").click()
    expect(page.get_by_label("Harga (Rp)")).to_have_value("1.210.000")
    look(page, script=javascript)
    _go_on(page)

    page.get_by_label("Apa barang ini").fill("Kain untuk laki-laki, dipakai pada upacara.")
    look(page, script=javascript)
    _go_on(page)

    expect(page.get_by_role("heading", name="Tais Fitun")).to_be_visible()
    look(page, script=javascript)
    page.get_by_role("button", name="Kirim untuk dikurasi").click()
    expect(page.get_by_text("Terkirim.")).to_be_visible()
    expect(page.get_by_text("Menunggu kurasi", exact=True)).to_be_visible()
    look(page, script=javascript)
    page.goto("/studio/karya")
    look(page, script=javascript)
    page.goto("/studio/profil")
    look(page, script=javascript)

    listing = session.query(Listing).one()
    revision = listing.revisions[0]
    assert (listing.status, revision.title_id, revision.weight_g, revision.price_idr) == (
        "submitted", "Tais Fitun", 900, 1_210_000,
    )  # fmt: skip
    assert {place.slot for place in revision.photos} == {"utuh", "detail", "balik"}


def _send_photos(page: Page, photos: list[Path], *, script: bool) -> None:
    page.locator("#photo").set_input_files(photos)
    if not script:
        page.get_by_role("button", name="Kirim foto", exact=True).click()


def _go_on(page: Page) -> None:
    page.get_by_role("button", name="Simpan dan lanjut").click()


@ON_SQLITE
def test_what_is_typed_saves_itself_and_says_when(
    app: Flask, session: Session, chair: Member, new_page: Visitors, live_server: str
) -> None:
    listing = factories.listing(session, chair.producer, chair.person)
    session.commit()
    page = new_page(width=360)
    sign_in(app, session, chair, page, live_server)
    page.goto(f"/studio/karya/{listing.id}/motif")
    with page.expect_response(lambda answer: answer.request.method == "POST") as saved:
        page.get_by_label("Nama motif").fill("Sasuit")
    assert saved.value.status == 200
    expect(page.locator("[data-saved]")).to_contain_text("Tersimpan")
    page.get_by_label("Nama motif").fill("Sasuit besar")
    _go_on(page)
    expect(page.get_by_role("heading", name="Harga", exact=True)).to_be_visible()
    session.expire_all()
    assert listing.revisions[0].motif_name == "Sasuit besar"


@ON_SQLITE
def test_a_dropped_line_loses_no_photo(
    app: Flask, session: Session, chair: Member, photos: list[Path], new_page: Visitors, live_server: str
) -> None:
    listing = factories.listing(session, chair.producer, chair.person)
    listing.revisions[0].photos.clear()
    session.commit()
    page = new_page(width=360)
    sign_in(app, session, chair, page, live_server)
    page.goto(f"/studio/karya/{listing.id}/foto")
    dropped = []

    def drop_the_first(route: object) -> None:
        if route.request.method == "POST" and len(dropped) < 2:  # type: ignore[attr-defined]
            dropped.append(1)
            route.abort("internetdisconnected")  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    page.route("**/foto", drop_the_first)
    page.locator("#photo").set_input_files(photos)
    expect(page.get_by_text("Menunggu sinyal").first).to_be_visible()
    expect(page.get_by_text("3 foto tersimpan")).to_be_visible()
    session.expire_all()
    assert len(listing.revisions[0].photos) == 3
    new_page.complaints[:] = [said for said in new_page.complaints if "ERR_INTERNET_DISCONNECTED" not in said]


@ON_SQLITE
def test_photos_chosen_before_the_script_is_there_are_sent(
    app: Flask, session: Session, chair: Member, photos: list[Path], new_page: Visitors, live_server: str
) -> None:
    listing = factories.listing(session, chair.producer, chair.person)
    listing.revisions[0].photos.clear()
    session.commit()
    page = new_page(width=360)
    sign_in(app, session, chair, page, live_server)
    on_the_way: list[Route] = []
    page.route("**/upload*.js*", lambda route: on_the_way.append(route))
    with page.expect_request("**/upload*.js*"):
        page.goto(f"/studio/karya/{listing.id}/foto", wait_until="commit")
    page.locator("#photo").set_input_files(photos[:2])
    on_the_way.pop().continue_()
    expect(page.get_by_text("2 foto tersimpan")).to_be_visible()


@ON_SQLITE
def test_photos_left_unsent_go_on_when_the_page_is_opened_again(
    app: Flask, session: Session, chair: Member, photos: list[Path], new_page: Visitors, live_server: str
) -> None:
    listing = factories.listing(session, chair.producer, chair.person)
    listing.revisions[0].photos.clear()
    session.commit()
    page = new_page(width=360)
    sign_in(app, session, chair, page, live_server)
    page.goto(f"/studio/karya/{listing.id}/foto")
    page.route("**/foto", lambda route: route.abort("internetdisconnected"))
    page.locator("#photo").set_input_files(photos[:2])
    expect(page.get_by_text("aman di ponsel ini")).to_be_visible()
    page.close()
    again = page.context.new_page()
    again.goto(f"/studio/karya/{listing.id}/foto")
    expect(again.get_by_text("2 foto tersimpan")).to_be_visible()
    again.reload()
    expect(again.get_by_text("2 foto tersimpan")).to_be_visible()
    session.expire_all()
    assert len(listing.revisions[0].photos) == 2
    new_page.complaints[:] = [said for said in new_page.complaints if "ERR_INTERNET_DISCONNECTED" not in said]


@ON_SQLITE
def test_a_refused_photo_says_why_beside_it(
    app: Flask, session: Session, chair: Member, tmp_path: Path, new_page: Visitors, live_server: str
) -> None:
    listing = factories.listing(session, chair.producer, chair.person)
    session.commit()
    page = new_page(width=360)
    sign_in(app, session, chair, page, live_server)
    page.goto(f"/studio/karya/{listing.id}/foto")
    (tmp_path / "catatan.jpg").write_bytes(io.BytesIO(b"ini bukan foto").getvalue())
    page.locator("#photo").set_input_files(tmp_path / "catatan.jpg")
    expect(page.get_by_text("Foto harus JPG, PNG, WebP, atau HEIC")).to_be_visible()
    expect(page.get_by_text("Gagal terkirim")).to_be_visible()
    look(page)
