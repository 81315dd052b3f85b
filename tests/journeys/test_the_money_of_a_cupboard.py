"""A cupboard in one's own size, from the question to the receipt: a quote that ran out, the deposit by card through
Stripe's own client and signed notices, the balance by transfer with a wrong amount and a slip sent twice, and a
dispute that ends with part of the money back, to the account the buyer names. Once with script, once without.
"""

from __future__ import annotations

import os
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions import bank_accounts
from shop.extensions import Shop
from shop.gateways.stripe_payments import StripePayments
from shop.models import Inquiry, Listing, Order, Payment, Person
from shop.operations.check import PROMISES
from shop.tasks.schedule import run
from shop.web.filters import local
from tests import factories
from tests.ground.looking import assert_accessible, assert_no_horizontal_scroll
from tests.images.pictures import as_bytes, cloth
from tests.journeys.test_the_story import enter
from tests.stripe_desk import SECRET, Desk

CUPBOARD = {
    "craft": "meubel", "kind": "lemari", "technique": "purus", "material": "jati", "dye": None, "motif_name": "",
    "title_id": "Lemari Dua Pintu", "title_en": "Two-door Cupboard", "availability": "made_to_order", "stock": 0,
    "lead_time_days": 30, "price_kind": "from", "price_idr": 5_400_000, "slug": "lemari-dua-pintu",
    "size_limits": {"length_cm": [80, 180]}, "attributes": {"drying": "oven", "finish": "politur", "knock_down": True},
}  # fmt: skip


WITHOUT_SCRIPT: set[Page] = set()


@dataclass
class Hours:
    """The shop's clock, which the test moves."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


@dataclass
class Cast:
    """Who is there, and the cupboard."""

    maria: Person
    ratna: Person
    sari: Person
    work: Listing


@pytest.fixture
def hours(app: Flask) -> Hours:
    with app.app_context():
        return Hours(app.extensions["shop"].clock())


@pytest.fixture
def desk(app: Flask, hours: Hours) -> Desk:
    """Stripe's stand-in behind the official client."""
    desk = Desk()
    shop: Shop = app.extensions["shop"]
    stripe = StripePayments("sk_test_x", SECRET, http_client=desk)
    app.extensions["shop"] = replace(shop, payments=stripe, clock=hours)
    return desk


@pytest.fixture
def cast(session: Session, hours: Hours) -> Cast:
    maria, ratna = factories.person(session, "Maria Hoar"), factories.person(session, "Ratna Wulandari")
    sari = factories.curator(session, "Sari Bere", matches_payments=True)
    ana = factories.person(session, "Ana", is_administrator=True)
    joiners = factories.producer(
        session, "Bengkel Tiga Saudara", chair=maria, crafts=["meubel"], kind="workshop"
    )
    work = factories.published(session, joiners, maria, **CUPBOARD)
    work.live_revision.photos = []  # type: ignore[union-attr]
    account = bank_accounts.propose(
        session, bank="Bank NTT", number="0010203004175", holder="Dekranasda Belu", by=ana, at=hours.at
    )
    bank_accounts.confirm(session, account, by=sari, at=hours.at)
    session.commit()
    return Cast(maria, ratna, sari, work)


def look(page: Page, name: str) -> None:
    """Every page of money is usable with a keyboard, a reader and a narrow phone; `SHOP_SHOTS` keeps pictures. Pages
    without script are the same pages: they are only walked.
    """
    page.wait_for_load_state()
    if page in WITHOUT_SCRIPT:
        return
    assert_accessible(page)
    assert_no_horizontal_scroll(page)
    if os.environ.get("SHOP_SHOTS"):
        width = (page.viewport_size or {"width": 0})["width"]
        page.screenshot(path=f"{os.environ['SHOP_SHOTS']}/{name}-{width}.png", full_page=True)


def ask(page: Page, work: str) -> None:
    page.goto(f"/karya/{work}/tanya")
    page.get_by_label("Ukuran atau warna khusus").fill("Panjang 150 cm, warna cokelat tua")
    for label, value in (
        ("Nama lengkap", "Ratna Wulandari"),
        ("Nomor WhatsApp", "0812 3456 3210"),
        ("Kecamatan atau kota tujuan", "Oebobo, Kota Kupang"),
    ):
        page.get_by_label(label).fill(value)
    page.get_by_role("button", name="Periksa kembali").click()
    page.get_by_role("button", name="Kirim permintaan").click()


def write_quote(page: Page, code: str, until: str, price: str) -> None:
    page.goto(f"/pesanan/{code}/penawaran")
    first = page.get_by_role("group", name="Barang 1")
    first.get_by_label("Ukuran").fill("150 × 55 × 200 cm")
    first.get_by_label("Harga").fill(price)
    page.get_by_label("Ongkos kirim").fill("300.000")
    page.get_by_label("Berlaku sampai").fill(until)
    look(page, "write-quote")
    page.get_by_role("button", name="Periksa penawaran").click()
    look(page, "check-quote")
    page.get_by_role("button", name="Kirim penawaran").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Menunggu jawaban")


def accept(page: Page, code: str) -> None:
    page.goto(f"/pesanan/{code}/setujui")
    page.get_by_label("Dikirim ke alamat di Indonesia").check()
    for label, value in (
        ("Nama penerima", "Ratna Wulandari"),
        ("Nomor WhatsApp penerima", "081234563210"),
        ("Jalan, nomor, RT/RW", "Jl. W.J. Lalamentik 12"),
        ("Kecamatan", "Oebobo"),
    ):
        page.get_by_label(label, exact=True).fill(value)
    look(page, "accept")
    page.get_by_role("button", name="Setujui penawaran").click()
    expect(page.locator("#bayar")).to_be_visible()


def pay_by_card(page: Page, desk: Desk, live_server: str, code: str) -> None:
    """To Stripe's page and back before Stripe has told us anything; then the signed notice, twice."""
    at_stripe: list[str] = []

    def arrive(route: Route) -> None:
        at_stripe.append(route.request.url)
        route.fulfill(body="<title>Stripe</title>", content_type="text/html")

    page.route("https://checkout.stripe.com/**", arrive)
    page.goto(f"/pesanan/{code}#bayar")
    look(page, "pay-deposit")
    page.get_by_role("button", name="Bayar dengan kartu").click()
    page.wait_for_url("https://checkout.stripe.com/**")
    session_id = at_stripe[0].rsplit("/", 1)[1]
    desk.pay(session_id)
    page.goto(f"/pesanan/{code}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bayar")  # coming back proves nothing
    expect(page.get_by_text("tunggu sebentar lalu muat ulang")).to_be_visible()
    look(page, "back-from-stripe")
    body, signature = desk.notice("checkout.session.completed", desk.sessions[session_id])
    for _ in range(2):
        request = urllib.request.Request(
            f"{live_server}/webhooks/stripe", data=body, headers={"Stripe-Signature": signature}
        )
        assert urllib.request.urlopen(request).status == 200
    page.goto(f"/pesanan/{code}")


def send_slip(page: Page, code: str, slip: Path, answer: str) -> None:
    page.goto(f"/pesanan/{code}#bayar")
    page.get_by_label("Foto bukti").set_input_files(slip)
    page.get_by_role("button", name="Kirim bukti transfer").click()
    expect(page.get_by_text(answer)).to_be_visible()


def book(page: Page, code: str, amount: int) -> None:
    page.goto("/kurasi/pembayaran")
    look(page, "desk")
    page.get_by_label(f"Jumlah yang masuk untuk {code}").fill(str(amount))
    page.get_by_role("button", name=f"Catat {code}").click()
    expect(page.get_by_text("Pembayaran tercatat.")).to_be_visible()


def show_ready(page: Page, code: str, photo: Path) -> None:
    page.goto(f"/pesanan/{code}")
    page.get_by_role("link", name="Karya sudah jadi").click()
    page.get_by_label("Foto").set_input_files(photo)
    look(page, "ready")
    page.get_by_role("button", name="Karya sudah jadi").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("pelunasan")


def name_account(page: Page) -> None:
    """In English, from the page of the order."""
    page.get_by_role("link", name="Enter the account").click()
    for label, value in (("Bank", "BRI"), ("Account number", "0021 0123 4567"), ("Account holder", "Ratna")):
        page.get_by_label(label, exact=True).fill(value)
    look(page, "account")
    page.get_by_role("button", name="Save the account").click()
    expect(page.get_by_text("BRI ••••4567")).to_be_visible()
    look(page, "account-named")


def send_back(page: Page, code: str) -> None:
    page.goto(f"/kurasi/pesanan/{code}/uang")
    expect(page.get_by_text("BRI 002101234567")).to_be_visible()
    look(page, "money-of-the-order")
    for number in (1, 2):  # two transfers paid the balance, so two go back, the last one first
        page.get_by_label("Nomor referensi bank").first.fill(f"NTT-2026-{number}")
        page.get_by_role("button", name="Sudah dikirim").first.click()
        expect(page.get_by_text("Terkirim")).to_have_count(number)


def newest_payment(session: Session) -> Payment:
    session.expire_all()
    return session.scalars(select(Payment).order_by(Payment.id.desc())).first()  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("engine_name", "javascript"), [("sqlite", True), ("postgresql", False)], indirect=["engine_name"]
)
def test_a_cupboard_is_paid_for_in_two_parts_and_settled_after_a_dispute(
    app: Flask,
    session: Session,
    cast: Cast,
    desk: Desk,
    hours: Hours,
    new_page: Callable[..., Page],
    live_server: str,
    tmp_path: Path,
    javascript: bool,
) -> None:
    pictures = [tmp_path / name for name in ("slip.jpg", "ready.jpg")]
    for number, picture in enumerate(pictures):
        picture.write_bytes(as_bytes(cloth(600 + 200 * number, 800), "JPEG", quality=75))
    slip, ready = pictures
    buyer, maker, staff = (
        enter(app, session, person, new_page(width=width, javascript=javascript), live_server)
        for person, width in ((cast.ratna, 360), (cast.maria, 360), (cast.sari, 1280))
    )
    WITHOUT_SCRIPT.update(() if javascript else (buyer, maker, staff))

    ask(buyer, "lemari-dua-pintu")
    code = session.scalars(select(Inquiry.code)).one()
    with app.app_context():
        days = [f"{local(hours.at) + timedelta(days=n):%d/%m/%Y}" for n in (2, 12)]
    write_quote(maker, code, days[0], "6.200.000")
    hours.at += timedelta(days=3)
    buyer.goto(f"/pesanan/{code}")
    look(buyer, "expired")
    expect(buyer.get_by_role("link", name="Setujui")).to_have_count(0)
    buyer.get_by_role("button", name="Minta penawaran").click()
    write_quote(maker, code, days[1], "6.400.000")
    buyer.goto(f"/pesanan/{code}")
    look(buyer, "quoted")
    accept(buyer, code)

    pay_by_card(buyer, desk, live_server, code)
    expect(buyer.get_by_text("Sudah dibayar").first).to_be_visible()
    look(buyer, "deposit-paid")
    order = session.scalars(select(Order)).one()
    session.refresh(order)
    assert (order.total_idr, order.deposit_idr, order.inquiry.status) == (
        6_700_000,
        3_350_000,
        "in_production",
    )

    show_ready(maker, code, ready)
    buyer.goto(f"/pesanan/{code}")
    buyer.get_by_role("button", name="Bayar lewat transfer bank").click()
    look(buyer, "pay-balance")
    send_slip(buyer, code, slip, "Bukti terkirim")
    send_slip(buyer, code, slip, "Bukti ini sudah tercatat.")
    first = newest_payment(session)
    expect(buyer.get_by_text("Bukti sedang diperiksa").first).to_be_visible()
    book(staff, code, first.total_idr - 50_000)
    buyer.goto(f"/pesanan/{code}")
    expect(buyer.get_by_text("50.000").first).to_be_visible()
    look(buyer, "short")
    buyer.get_by_role("button", name="Bayar lewat transfer bank").click()
    book(staff, code, newest_payment(session).total_idr)

    maker.goto(f"/pesanan/{code}/langkah/kirim")
    maker.get_by_label("Kurir").fill("Kargo laut")
    maker.get_by_label("Nomor resi").fill("TKN123")
    look(maker, "ship")
    maker.get_by_role("button", name="Simpan").click()
    buyer.goto(f"/pesanan/{code}/langkah/masalah")
    buyer.get_by_label("Penjelasan").fill("Satu pintu tergores di jalan")
    look(buyer, "problem")
    buyer.get_by_role("button", name="Kirim ke Galeri").click()
    staff.goto(f"/kurasi/pesanan/{code}/putusan")
    look(staff, "settle")
    staff.get_by_label("Jumlah yang dikembalikan").fill("400.000")
    staff.locator("#kata-kembali").fill("Pintu tergores, pembeli menyimpan lemarinya")
    staff.get_by_role("button", name="Kembalikan sebagian").click()
    expect(staff.get_by_role("heading", level=1)).to_be_visible()
    look(staff, "settled")
    buyer.goto(f"/pesanan/{code}")
    look(buyer, "completed")
    buyer.goto(f"/en/pesanan/{code}")
    look(buyer, "completed-en")
    name_account(buyer)
    staff.goto("/kurasi/pembayaran")
    look(staff, "desk-refund")
    send_back(staff, code)

    run(app, "card-refunds")
    session.expire_all()
    assert order.inquiry.status == "completed"
    assert not desk.refunds  # the last money came by transfer, so it goes back by the bank
    for promise in ("payments", "balances", "arrivals", "refunds", "orders", "money and status", "tasks"):
        assert list(PROMISES[promise](session.connection())) == []
