"""People come in, look after their account, and a maker joins: in a browser, with and without script."""

from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from shop.web.passwords import hash_password
from tests import factories
from tests.ground.letters import link_in_newest
from tests.ground.looking import assert_accessible, assert_no_horizontal_scroll

PASSWORD = "kapas-dan-mengkudu"
NEW_PASSWORD = "loba-dan-tarum"
ON_SQLITE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def look(page: Page) -> None:
    assert_accessible(page)
    assert_no_horizontal_scroll(page)


def press(page: Page, words: str) -> None:
    page.get_by_role("main").get_by_role("button", name=words, exact=True).click()


def sign_in(page: Page, who: str, password: str = PASSWORD) -> None:
    page.goto("/masuk")
    page.get_by_label("Email atau nomor WhatsApp").fill(who)
    page.get_by_label("Kata sandi").fill(password)
    press(page, "Masuk")


@pytest.mark.parametrize(
    ("engine_name", "javascript"), [("sqlite", False), ("postgresql", True)], indirect=["engine_name"]
)
def test_somebody_registers_confirms_forgets_and_comes_back(
    new_page, app, folder: Path, javascript: bool
) -> None:
    page: Page = new_page(width=360, javascript=javascript)
    page.goto("/masuk")
    page.get_by_role("main").get_by_role("link", name="Daftar").click()
    press(page, "Buat akun")
    expect(page.get_by_role("alert")).to_contain_text("Isi nama lengkap")
    page.get_by_label("Nama lengkap").fill("Maria da Silva")
    page.get_by_label("Email").fill("maria@contoh.test")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_label("Nama dan kontak saya").check()
    press(page, "Buat akun")
    expect(page.get_by_role("status")).to_contain_text("Kami mengirim email ke maria@contoh.test")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    press(page, "Masuk")
    expect(page.get_by_role("heading", level=1)).to_have_text("Akun saya")
    page.goto(link_in_newest(app, folder, "maria@contoh.test", "tautan"))
    press(page, "Ya, ini alamat saya")
    expect(page.get_by_role("status")).to_contain_text("sudah dipastikan")
    page.goto("/keluar")
    press(page, "Keluar")
    page.goto("/masuk/lupa")
    page.get_by_label("Email atau nomor WhatsApp").fill("maria@contoh.test")
    press(page, "Kirim tautan")
    page.goto(link_in_newest(app, folder, "maria@contoh.test", "tautan"))
    assert page.url.endswith("/masuk/sandi-baru")
    page.get_by_label("Kata sandi baru").fill(NEW_PASSWORD)
    press(page, "Simpan kata sandi")
    sign_in(page, "maria@contoh.test", NEW_PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("Akun saya")


@ON_SQLITE
def test_a_workshop_joins_and_a_curator_with_a_second_factor_verifies_it(new_page, session: Session) -> None:
    stored = hash_password(PASSWORD)
    factories.person(session, "Yosef", email="yosef@contoh.test", password_hash=stored)
    factories.curator(session, "Sari", email="sari@contoh.test", password_hash=stored)
    session.commit()
    maker: Page = new_page(width=360, javascript=False)
    sign_in(maker, "yosef@contoh.test")
    maker.goto("/akun/gabung")
    maker.get_by_label("Nama kelompok atau bengkel", exact=True).fill("Bengkel Mane Badaen")
    maker.get_by_label("Bengkel", exact=True).check()
    maker.get_by_label("Meubel").check()
    maker.get_by_label("Kecamatan").select_option("Tasifeto Barat")
    maker.get_by_label("Desa atau kelurahan").select_option("Naekasa")
    maker.get_by_label("Nomor WhatsApp").fill("0812 3456 7890")
    maker.get_by_label("Cerita singkat").fill("Kami membuat kursi sejak 1998.")
    maker.get_by_label("Nama kelompok atau bengkel, desa").check()
    press(maker, "Kirim pendaftaran")
    curator: Page = new_page()
    sign_in(curator, "sari@contoh.test")
    curator.goto("/masuk/kode/pasang")
    secret = curator.locator("code").inner_text()
    curator.get_by_label("Enam angka").fill(pyotp.TOTP(secret).now())
    curator.get_by_label("Kata sandi Anda").fill(PASSWORD)
    press(curator, "Pasang")
    assert curator.locator("code").count() == 10
    look(curator)
    curator.goto("/kurasi/perajin")
    curator.get_by_role("link", name="Bengkel Mane Badaen").click()
    look(curator)
    press(curator, "Verifikasi")
    expect(curator.get_by_role("status")).to_contain_text("Perajin terverifikasi.")


@ON_SQLITE
def test_doors_and_errors_of_the_account_can_be_used_by_everybody(new_page, session: Session) -> None:
    """The other pages of the account are looked at where everybody follows every link."""
    me = factories.person(session, "Maria", email="maria@contoh.test", password_hash=hash_password(PASSWORD))
    me.is_administrator = me.is_curator = True
    group = factories.producer(session, "Kelompok Fitun", chair=me)
    factories.member(session, group, factories.person(session, "Yuliana"), "assistant")
    session.commit()
    page: Page = new_page(width=1280)
    for address in ("/masuk", "/daftar", "/masuk/lupa", "/tautan/xyz", "/keluar"):
        page.goto(address)
        look(page)
    for address, button in (("/masuk", "Masuk"), ("/daftar", "Buat akun"), ("/masuk/lupa", "Kirim tautan")):
        page.goto(address)
        press(page, button)
        look(page)
    sign_in(page, "maria@contoh.test")
    for address in (
        "/akun/hapus",
        "/masuk/kode/pasang",
        f"/kurasi/perajin/{group.id}",
        f"/admin/orang/{me.id}",
    ):
        page.goto(address)
        look(page)
    page.goto("/akun/gabung")
    press(page, "Kirim pendaftaran")
    look(page)
