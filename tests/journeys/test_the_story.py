"""The main job in one go: listed with phone photos, sent back with a reason, mended, approved, found by search, asked
about without an account, answered in the thread."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Inquiry, Listing, Person
from shop.tasks.schedule import run
from tests import factories
from tests.ground.engines import WITH_AND_WITHOUT_SCRIPT
from tests.ground.letters import link_in_newest
from tests.images.pictures import as_bytes, cloth
from tests.journeys.test_curation import judge


def enter(app: Flask, session: Session, who: Person, page: Page, address: str) -> Page:
    """The cookie of a standing sign-in, put into this page's browser."""
    token = factories.sign_in(session, who)
    session.commit()
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    kept = client.get_cookie("shop")
    assert kept is not None
    page.context.add_cookies([{"name": "shop", "value": kept.value, "url": address}])
    return page


def write_a_cloth(page: Page, photos: list[Path], *, script: bool) -> None:
    """All eight steps of the editor, from the first photo to sending it."""
    page.goto("/studio")
    page.get_by_role("link", name="Tambah karya", exact=True).click()
    page.get_by_label("Tenun ikat").check()
    page.get_by_role("button", name="Mulai dengan foto").click()
    page.locator("#photo").set_input_files(photos)
    if not script:
        page.get_by_role("button", name="Kirim foto", exact=True).click()
    expect(page.get_by_text("3 foto tersimpan")).to_be_visible()
    page.get_by_role("link", name="Lanjutkan ke Nama dan jenis").click()
    page.get_by_label("Nama karya", exact=True).fill("Tais Fitun")
    page.get_by_label("Jenis karya").select_option(label="Tais mane")
    go_on(page)
    for label, value in (
        ("Panjang (cm)", "190"), ("Lebar (cm)", "98"), ("Panjang paket (cm)", "35"), ("Lebar paket (cm)", "30"),
        ("Tinggi paket (cm)", "6"), ("Berat kirim (kg)", "0,9"),
    ):  # fmt: skip
        page.get_by_label(label, exact=True).fill(value)
    go_on(page)
    for label in ("Kapas", "Ikat (futus)", "Pewarna alami", "Gedogan"):
        page.get_by_label(label, exact=True).check()
    go_on(page)
    page.get_by_label("Nama motif").fill("Belah ketupat")
    page.get_by_label("Menurut siapa").fill("penenun")
    go_on(page)
    page.get_by_label("Harga (Rp)").fill("1.250.000")
    go_on(page)
    page.get_by_label("Apa barang ini").fill("Kain untuk laki-laki, dipakai pada upacara.")
    go_on(page)
    page.get_by_role("button", name="Kirim untuk dikurasi").click()
    expect(page.get_by_text("Terkirim.")).to_be_visible()


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Simpan dan lanjut").click()


@WITH_AND_WITHOUT_SCRIPT
def test_from_the_first_photo_to_the_answer(
    app: Flask,
    session: Session,
    folder: Path,
    tmp_path: Path,
    new_page: Callable[..., Page],
    live_server: str,
    javascript: bool,
) -> None:
    maria = factories.person(session, "Maria Hoar", email="maria@contoh.test")
    sari = factories.curator(session)
    factories.producer(session, "Kelompok Tenun Fitun", chair=maria, crafts=["tenun-ikat", "anyaman"])
    session.commit()
    photos = []
    for number, size in enumerate(((900, 1200), (1200, 900), (1000, 1250))):
        photos.append(tmp_path / f"foto-{number}.jpg")
        photos[-1].write_bytes(as_bytes(cloth(*size), "JPEG", quality=80))

    maker = enter(app, session, maria, new_page(width=360, javascript=javascript), live_server)
    write_a_cloth(maker, photos, script=javascript)

    curator = enter(app, session, sari, new_page(width=1280, javascript=javascript), live_server)
    curator.goto("/kurasi")
    curator.get_by_role("button", name="Ambil berikutnya").click()
    curator.get_by_role("checkbox", name="D3 Kalimat berlebihan").check()
    curator.get_by_label("Catatan untuk pembuat").fill("Sebut lama menenunnya.")
    curator.get_by_role("button", name="Minta perbaikan").click()
    expect(curator.get_by_text("Perlu perbaikan: Tais Fitun")).to_be_visible()

    listing = session.scalars(select(Listing)).one()
    maker.goto(f"/studio/karya/{listing.id}")
    expect(maker.get_by_text("Sebut lama menenunnya.")).to_be_visible()
    maker.goto(f"/studio/karya/{listing.id}/cerita")
    maker.get_by_label("Apa barang ini").fill("Kain untuk laki-laki, ditenun selama enam minggu.")
    go_on(maker)
    maker.goto(f"/studio/karya/{listing.id}/periksa")
    maker.get_by_role("button", name="Kirim untuk dikurasi").click()
    expect(maker.get_by_text("Menunggu kurasi").first).to_be_visible()

    curator.goto("/kurasi")
    curator.get_by_role("button", name="Ambil berikutnya").click()
    judge(curator)
    curator.get_by_role("button", name="Setujui dan tayangkan").click()
    expect(curator.get_by_text("Antrean kosong")).to_be_visible()
    run(app, "photos")

    guest = new_page(width=360, javascript=javascript)
    guest.goto("/karya?q=tais+fitun")
    guest.get_by_role("link", name="Tais Fitun").first.click()
    expect(guest.get_by_role("heading", level=1)).to_have_text("Tais Fitun")
    expect(guest.get_by_text("ditenun selama enam minggu").first).to_be_visible()
    work = guest.url
    guest.get_by_role("link", name="Tentang perajin ini").click()
    expect(guest.get_by_role("heading", level=1)).to_have_text("Kelompok Tenun Fitun")
    guest.goto(work + "/tanya")
    guest.get_by_label("Nama lengkap").fill("Ratna Wulandari")
    guest.get_by_label("Nomor WhatsApp").fill("0812 3456 3210")
    guest.get_by_label("Kecamatan atau kota tujuan").fill("Oebobo, Kota Kupang")
    guest.get_by_label("Email").fill("ratna@contoh.test")
    guest.get_by_role("button", name="Periksa kembali").click()
    guest.get_by_role("button", name="Kirim permintaan").click()
    code = session.scalars(select(Inquiry.code)).one()
    expect(guest.get_by_role("heading", level=1)).to_have_text(f"Permintaan terkirim, nomor {code}")

    maker.goto(f"/pesanan/{code}")
    maker.get_by_label("Balas").fill("Masih ada, Ibu Ratna.")
    maker.get_by_role("button", name="Kirim").click()
    expect(maker.get_by_text("Masih ada, Ibu Ratna.")).to_be_visible()

    reader = new_page(width=360, javascript=javascript)
    reader.goto(link_in_newest(app, folder, "ratna@contoh.test", "t"))
    expect(reader).to_have_url(re.compile(rf"/pesanan/{code}$"))
    expect(reader.get_by_text("Masih ada, Ibu Ratna.")).to_be_visible()
