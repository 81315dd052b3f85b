"""A weaver without e-mail and without a password: from the question to the parcel by private links alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions import bank_accounts, payments, quotes
from shop.actions.quote_rows import Delivery
from shop.domain.payment import Method
from shop.extensions import now
from shop.models import BankAccount, Inquiry, Notice, Order, Person, PrivateLink, Quote
from shop.web.filters import local
from tests import factories
from tests.ground.looking import assert_accessible, assert_no_horizontal_scroll
from tests.images.pictures import as_bytes, cloth
from tests.journeys.test_asking import signed_in

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


class Gallery:
    """The curator's browser, which hands messages over by WhatsApp; what leaves is read out of the chat's address."""

    def __init__(self, page: Page) -> None:
        self.page, self.chats = page, []  # type: ignore[var-annotated]
        page.route("https://wa.me/**", self._leave)

    def _leave(self, route: object) -> None:
        self.chats.append(route.request.url)  # type: ignore[attr-defined]
        route.fulfill(body="wa")  # type: ignore[attr-defined]

    def hand_over(self, number: str, about: str) -> str:
        """Open the chat of the oldest message that waits, and say that it was sent; the words in the chat."""
        self.page.goto("/kurasi/pesanan?bagian=perlu-dikirim")
        self.page.get_by_role("button", name="Buka WhatsApp").first.click()
        self.page.wait_for_url("https://wa.me/**")
        address = urlsplit(self.chats[-1])
        words = parse_qs(address.query)["text"][0]
        assert address.path == f"/{number}" and about in words, words
        self.page.goto("/kurasi/pesanan?bagian=perlu-dikirim")
        self.page.get_by_role("button", name="Sudah dikirim").first.click()
        return words


def link_in(words: str) -> str:
    return str(re.search(r"/t/\S+", words)[0])  # type: ignore[index]


def look(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert_accessible(page)
    assert_no_horizontal_scroll(page)
    assert "0812-3456-3210" not in page.content(), "by link nobody reads the buyer's number"


def pay(
    session: Session, inquiry: Inquiry, account: BankAccount, staff: Person, at: datetime, key: str
) -> None:
    payment = payments.begin(session, inquiry, Method.TRANSFER, account=account, at=at)
    payments.take(session, payment, received_idr=payment.total_idr, key=key, by=staff, at=at)
    session.commit()


def test_a_weaver_without_email_quotes_makes_and_ships_by_link(
    app: Flask, session: Session, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    viktoria = factories.person(
        session, "Viktoria Bete", email=None, email_confirmed_at=None, phone="+6281200007890"
    )
    weavers = factories.producer(session, chair=viktoria)
    cloths = factories.published(
        session, weavers, viktoria, availability="made_to_order", stock=0, lead_time_days=30, slug="tais-lajur-merah"
    )  # fmt: skip
    cloths.live_revision.photos = []
    sari, ana = (
        factories.curator(session, "Sari", matches_payments=True),
        factories.person(session, "Ana", is_administrator=True),
    )
    with app.app_context():
        at, day = now(), f"{local(now()) + timedelta(days=6):%d/%m/%Y}"
    account = bank_accounts.propose(
        session, bank="Bank NTT", number="001", holder="Dekranasda", by=ana, at=at
    )
    bank_accounts.confirm(session, account, by=sari, at=at)
    session.commit()
    picture = tmp_path / "tais.jpg"
    picture.write_bytes(as_bytes(cloth(700, 900), "JPEG"))

    guest = new_page(width=360)
    guest.goto("/karya/tais-lajur-merah/tanya")
    guest.get_by_label("Ukuran atau warna khusus").fill("200 x 110 cm, merah tua")
    guest.get_by_label("Nama lengkap").fill("Ratna Wulandari")
    guest.get_by_label("Nomor WhatsApp").fill("0812 3456 3210")
    guest.get_by_label("Kecamatan atau kota tujuan").fill("Oebobo, Kota Kupang")
    guest.get_by_role("button", name="Periksa kembali").click()
    guest.get_by_role("button", name="Kirim permintaan").click()
    inquiry = session.scalars(select(Inquiry)).one()
    gallery = Gallery(signed_in(app, session, sari, new_page(width=1280)))
    words = gallery.hand_over("6281200007890", "Ratna Wulandari bertanya tentang")
    assert inquiry.code in words

    # She reads and answers at once; what binds her asks for four digits, once.
    maker = new_page(width=360)
    maker.goto(link_in(words))
    expect(maker.get_by_role("heading", level=1)).to_have_text("Jawab pertanyaan Ratna Wulandari")
    maker.get_by_label("Balas").fill("Bisa, Ibu. Merah mengkudu.")
    maker.get_by_role("button", name="Kirim", exact=True).click()
    expect(maker.get_by_text("Bisa, Ibu. Merah mengkudu.")).to_be_visible()
    look(maker, "Menunggu kabar dari Ratna Wulandari")
    maker.get_by_role("link", name="Buat penawaran").click()
    maker.get_by_label("Empat angka terakhir").fill("1111")
    maker.get_by_role("button", name="Lanjut").click()
    expect(maker.get_by_role("alert")).to_contain_text("Masih 4 kali lagi")
    maker.get_by_label("Empat angka terakhir").fill("7890")
    maker.get_by_role("button", name="Lanjut").click()
    look(maker, "Buat penawaran")
    maker.get_by_label("Harga satuan").first.fill("1.600.000")
    maker.get_by_label("Ongkos kirim").fill("45.000")
    maker.get_by_label("Berlaku sampai").fill(day)
    maker.get_by_role("button", name="Periksa penawaran").click()
    look(maker, "Periksa penawaran")
    maker.get_by_role("button", name="Kirim penawaran").click()
    expect(maker.get_by_role("heading", level=1)).to_have_text("Menunggu jawaban Ratna Wulandari")
    papers = maker.get_by_role("link", name="Penawaran PNW/")
    file = maker.request.get(papers.get_attribute("href") or "")
    assert file.headers["content-type"] == "application/pdf" and file.body().startswith(b"%PDF")

    # The buyer has no e-mail either: the gallery hands both messages on, and she accepts by her own link.
    gallery.hand_over("6281234563210", "menulis tentang")
    gallery.hand_over("6281234563210", "mengirim penawaran tertulis")
    session.expire_all()
    quote = session.scalars(select(Quote)).one()
    quotes.accept(session, inquiry, quote, delivery=Delivery(address={"kota": "Kupang"}), by=None, at=at)
    session.commit()
    pay(session, inquiry, account, sari, at, "deposit")
    waiting = {one.kind for one in session.scalars(select(Notice).where(Notice.sent_at.is_(None)))}
    assert waiting == {"quote_accepted", "deposit_wanted", "deposit_paid", "payment_received"}
    gallery.hand_over("6281200007890", "menyetujui penawaran")

    maker.reload()
    expect(maker.get_by_role("heading", level=1)).to_have_text("Kerjakan pesanan ini")
    maker.get_by_role("link", name="Kirim foto pengerjaan").click()
    look(maker, "Kirim foto pengerjaan")
    maker.get_by_label("Foto").set_input_files(picture)
    maker.get_by_label("Keterangan").fill("Benang sudah diikat.")
    maker.get_by_role("button", name="Kirim foto").click()
    expect(maker.get_by_text("Benang sudah diikat.")).to_be_visible()
    maker.get_by_role("link", name="Karya sudah jadi").click()
    maker.get_by_label("Foto").set_input_files(picture)
    maker.get_by_role("button", name="Karya sudah jadi").click()
    expect(maker.get_by_role("heading", level=1)).to_contain_text("Menunggu pelunasan")
    session.expire_all()
    pay(session, inquiry, account, sari, at, "balance")
    maker.reload()
    maker.get_by_role("link", name="Sudah dikirim").click()
    look(maker, "Sudah dikirim")
    maker.get_by_label("Kurir").fill("JNE")
    maker.get_by_label("Nomor resi").fill("JNE001122")
    maker.get_by_role("button", name="Simpan dan kabari pembeli").click()
    look(maker, "Dikirim, menunggu pembeli menerima")
    session.expire_all()
    assert session.scalars(select(Order.tracking_number)).one() == "JNE001122"
    assert inquiry.status == "shipped"

    # The link was passed on: another phone reads, but with four more wrong guesses it closes for both.
    other = new_page(width=360)
    other.goto(link_in(words))
    other.goto(f"/pesanan/{inquiry.code}/angka")
    for left in ("Masih 3 kali lagi", "Masih 2 kali lagi", "Masih satu kali lagi", ""):
        other.get_by_label("Empat angka terakhir").fill("0000")
        other.get_by_role("button", name="Lanjut").click()
        if left:
            expect(other.get_by_role("alert")).to_contain_text(left)
    expect(other.get_by_role("heading", level=1)).to_have_text("Tautan ini dimatikan")
    maker.reload()
    expect(maker.get_by_role("heading", level=1)).to_have_text("Percakapan ini tidak terbuka di sini")
    session.expire_all()
    revoked = session.scalars(select(PrivateLink).where(PrivateLink.revoked_at.is_not(None))).one()
    assert revoked.person_id == viktoria.id
    assert session.scalars(select(Notice).where(Notice.kind == "link_revoked")).one().person_id == viktoria.id
