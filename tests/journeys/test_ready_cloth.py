"""Ready cloth bought by a guest: from its page over the checkout to QRIS, matched by hand, shipped and received."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Order, Payment
from tests import bazaar as market
from tests import factories
from tests.actions.test_buying import rates
from tests.ground.looking import assert_accessible, assert_no_horizontal_scroll
from tests.images.pictures import as_bytes, quarters
from tests.journeys.test_the_story import enter

WAY_TO_PAY = ("Bayar dengan QRIS", "Foto bukti bayar", "Saya sudah bayar, kirim bukti")


@pytest.mark.parametrize(
    ("engine_name", "javascript"), [("sqlite", True), ("postgresql", False)], indirect=["engine_name"]
)
def test_a_guest_buys_ready_cloth_and_has_it_in_hand(
    app: Flask,
    session: Session,
    tmp_path: Path,
    new_page: Callable[..., Page],
    live_server: str,
    javascript: bool,
) -> None:
    shelf = market.bazaar(session)
    rates(session)
    sari = factories.curator(session, matches_payments=True)
    chair = factories.person(session, "Maria")
    factories.member(session, shelf.weavers, chair)
    session.commit()
    slip = tmp_path / "bukti.jpg"
    slip.write_bytes(as_bytes(quarters(200, 300), "JPEG"))
    pay, slip_label, send = WAY_TO_PAY

    guest = new_page(width=360, javascript=javascript)
    guest.goto("/karya/tais-lajur-merah")
    guest.get_by_role("link", name="Beli sekarang").first.click()
    expect(guest.get_by_role("heading", level=1)).to_have_text("Beli sekarang")
    look(guest, script=javascript)
    guest.get_by_label("Nama lengkap").fill("Ratna Wulandari")
    guest.get_by_label("Nomor WhatsApp", exact=True).fill("0812 3456 3210")
    guest.get_by_label("Jalan, nomor, RT/RW").fill("Jl. Merdeka 12, RT 2/RW 3")
    fill_kecamatan(guest, script=javascript)
    guest.get_by_text("Tambah patokan").click()
    guest.get_by_label("Patokan").fill("Seberang gereja")
    guest.get_by_label("Nama, kontak, dan alamat saya").check()
    guest.get_by_role("button", name="Periksa pesanan").last.click()
    expect(guest.get_by_role("heading", level=1)).to_have_text("Periksa pesanan")
    expect(guest.get_by_text("Oebobo, Kota Kupang, Nusa Tenggara Timur")).to_be_visible()
    look(guest, script=javascript)
    guest.get_by_role("button", name="Pesan, lalu bayar").click()
    expect(guest.get_by_role("heading", level=1)).to_have_text("Bayar agar karyanya dapat dikirim")
    order = session.scalars(select(Order)).one()
    code = order.inquiry.code

    rival = new_page(width=360, javascript=javascript)
    rival.goto("/beli?karya=tais-lajur-merah")
    expect(rival.get_by_text("Tidak ada karya yang siap dibeli")).to_be_visible()

    guest.get_by_role("button", name=pay).click()
    guest.get_by_label(slip_label).set_input_files(slip)
    guest.get_by_role("button", name=send).click()
    expect(guest.get_by_text("Bukti sedang diperiksa").first).to_be_visible()

    desk = enter(app, session, sari, new_page(width=1280, javascript=javascript), live_server)
    desk.goto("/kurasi/pembayaran")
    payment = session.scalars(select(Payment)).one()
    desk.get_by_label(f"Jumlah yang masuk untuk {code}").first.fill(str(payment.total_idr))
    desk.get_by_role("button", name="Catat").first.click()
    expect(desk.get_by_text("Pembayaran tercatat.")).to_be_visible()

    maker = enter(app, session, chair, new_page(width=360, javascript=javascript), live_server)
    maker.goto(f"/pesanan/{code}/langkah/kirim")
    maker.get_by_label("Kurir").fill("JNE")
    maker.get_by_label("Nomor resi").fill("TKN123")
    maker.get_by_role("button", name="Simpan dan kabari pembeli").click()

    guest.goto(f"/pesanan/{code}")
    expect(guest.get_by_text("JNE TKN123").first).to_be_visible()
    guest.get_by_role("link", name="Sudah saya terima").click()
    guest.get_by_role("button", name="Sudah saya terima").click()
    expect(guest).to_have_url(re.compile(rf"/pesanan/{code}$"))
    session.expire_all()
    assert order.inquiry.status == "completed"
    assert guest.get_by_role("link", name="Minta dibuatkan serupa").first.is_visible()


def fill_kecamatan(page: Page, *, script: bool) -> None:
    """With script the box offers names; without, a name that several bear asks which."""
    box = page.get_by_label("Kecamatan", exact=True)
    if script:
        box.press_sequentially("oebo")
        page.wait_for_selector("#saran-kecamatan option", state="attached")
        box.fill(page.locator("#saran-kecamatan option").first.get_attribute("value") or "")
    else:
        box.fill("Oebobo")


def look(page: Page, *, script: bool) -> None:
    if script:
        assert_accessible(page)
        assert_no_horizontal_scroll(page, 360)
