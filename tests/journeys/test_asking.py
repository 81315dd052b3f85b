"""A guest asks on a phone, the maker answers from the link in the letter, the guest reads the answer by theirs."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Inquiry, Listing, Message, Person
from tests import factories
from tests.ground.letters import link_in_newest
from tests.ground.looking import assert_accessible, assert_no_horizontal_scroll

WITHOUT_AND_WITH_SCRIPT = pytest.mark.parametrize(
    ("engine_name", "javascript"), [("sqlite", False), ("postgresql", True)], indirect=["engine_name"]
)


@pytest.fixture
def chair(session: Session) -> Listing:
    """A chair made to order by a workshop whose head has an e-mail and no password."""
    silvester = factories.person(
        session, "Silvester Mau", email="silvester@contoh.test", phone="+6281200007890"
    )
    workshop = factories.producer(session, "Bengkel Tiga Saudara", chair=silvester, crafts=["meubel"])
    made = factories.published(
        session,
        workshop,
        silvester,
        title_id="Kursi Makan Jati",
        title_en="Teak Dining Chair",
        craft="meubel",
        availability="made_to_order",
        lead_time_days=21,
        size_limits={"height_cm": [42, 50]},
        slug="kursi-makan-jati",
    )
    made.live_revision.photos = []  # no files lie on disk for made-up photos
    session.commit()
    return made


def checked(page: Page) -> None:
    assert_accessible(page)
    assert_no_horizontal_scroll(page)


@WITHOUT_AND_WITH_SCRIPT
def test_a_guest_asks_the_maker_answers_the_guest_reads(
    app: Flask,
    session: Session,
    folder: Path,
    chair: Listing,
    new_page: Callable[..., Page],
    javascript: bool,
) -> None:
    look = checked if javascript else lambda page: None  # axe needs script
    guest = new_page(width=360, javascript=javascript)
    guest.goto("/karya/kursi-makan-jati/tanya")
    look(guest)
    guest.get_by_label("Jumlah").fill("6")
    guest.get_by_label("Ukuran atau warna khusus").fill("Tinggi dudukan 46 cm.\nJangan mengilap.")
    guest.get_by_label("Nama lengkap").fill("Ratna Wulandari")
    guest.get_by_label("Nomor WhatsApp").fill("0812 345")
    guest.get_by_label("Kecamatan atau kota tujuan").fill("Oebobo, Kota Kupang")
    guest.get_by_label("Email").fill("ratna@contoh.test")
    guest.get_by_role("button", name="Periksa kembali").click()
    expect(guest.get_by_role("alert")).to_contain_text("Isi nomor WhatsApp")
    look(guest)
    guest.get_by_label("Nomor WhatsApp").fill("0812 3456 3210")
    guest.get_by_role("button", name="Periksa kembali").click()
    expect(guest.get_by_role("heading", level=1)).to_have_text("Periksa kembali")
    look(guest)
    guest.get_by_role("button", name="Ubah isian").click()
    expect(guest.get_by_label("Ukuran atau warna khusus")).to_have_value(
        re.compile(r"Tinggi dudukan 46 cm\.\r?\nJangan mengilap\.")
    )
    guest.get_by_role("button", name="Periksa kembali").click()
    guest.get_by_role("button", name="Kirim permintaan").click()
    code = session.scalars(select(Inquiry.code)).one()
    expect(guest.get_by_role("heading", level=1)).to_have_text(f"Permintaan terkirim, nomor {code}")
    look(guest)

    maker = new_page(width=360, javascript=javascript)
    maker.goto(link_in_newest(app, folder, "silvester@contoh.test", "t"))
    expect(maker).to_have_url(re.compile(rf"/pesanan/{code}$"))
    expect(maker.get_by_role("heading", level=1)).to_have_text("Jawab pertanyaan Ratna Wulandari")
    look(maker)
    maker.get_by_label("Balas").fill("Bisa, Ibu Ratna.")
    maker.get_by_role("button", name="Kirim").click()
    expect(maker.get_by_text("Bisa, Ibu Ratna.")).to_be_visible()

    reader = new_page(width=360, javascript=javascript)
    reader.goto(link_in_newest(app, folder, "ratna@contoh.test", "t"))
    expect(reader.get_by_role("heading", level=1)).to_have_text("Bengkel Tiga Saudara sudah menjawab")
    expect(reader.get_by_text("Bisa, Ibu Ratna.")).to_be_visible()
    look(reader)
    reader.goto(f"/en/pesanan/{code}")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Bengkel Tiga Saudara has answered")

    stranger = new_page(width=360, javascript=javascript)
    stranger.goto(f"/pesanan/{code}")
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Percakapan ini tidak terbuka di sini")
    look(stranger)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_the_maker_declines_by_link_only_after_the_digits(
    app: Flask, session: Session, folder: Path, chair: Listing, new_page: Callable[..., Page]
) -> None:
    asked = factories.inquiry(session, chair, buyer_email="ratna@contoh.test")
    from shop.actions.telling import send_link

    send_link(session, asked, side="producer", at=factories.AT)
    session.commit()
    maker = new_page(width=360)
    maker.goto(link_in_newest(app, folder, "silvester@contoh.test", "t"))
    maker.get_by_role("link", name="Tidak dapat memenuhi").click()
    checked(maker)
    maker.get_by_label("Empat angka terakhir").fill("1234")
    maker.get_by_role("button", name="Lanjut").click()
    expect(maker.get_by_role("alert")).to_contain_text("Masih 4 kali lagi")
    maker.get_by_label("Empat angka terakhir").fill("7890")
    maker.get_by_role("button", name="Lanjut").click()
    maker.get_by_label("Alasan").fill("Kayunya habis.")
    checked(maker)
    maker.get_by_role("button", name="Tutup permintaan ini").click()
    expect(maker.get_by_role("heading", level=1)).to_contain_text("tidak dapat memenuhi permintaan ini")
    checked(maker)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_message_is_handed_over_in_two_presses(
    app: Flask, session: Session, chair: Listing, new_page: Callable[..., Page]
) -> None:
    asked = factories.inquiry(session, chair)
    sari = factories.curator(session)
    page = signed_in(app, session, sari, new_page(width=360))
    page.goto(f"/pesanan/{asked.code}")
    page.get_by_label("Balas").fill("Kami tanyakan.")
    page.get_by_role("button", name="Kirim").click()
    chats: list[str] = []
    page.route(
        "https://wa.me/**", lambda route: (chats.append(route.request.url), route.fulfill(body="wa"))[1]
    )
    page.get_by_role("button", name="Buka WhatsApp").click()
    page.wait_for_url("https://wa.me/**")
    assert chats[0].startswith("https://wa.me/6281234563210?text=")
    page.go_back()
    page.get_by_role("button", name="Sudah dikirim").click()
    expect(page.get_by_role("button", name="Buka WhatsApp")).to_have_count(0)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_replies_typed_without_a_signal_wait_and_are_said_once(
    app: Flask, session: Session, chair: Listing, new_page: Callable[..., Page]
) -> None:
    asked = factories.inquiry(session, chair)
    silvester = session.scalars(select(Person).where(Person.name == "Silvester Mau")).one()
    page = signed_in(app, session, silvester, new_page(width=360))
    page.goto(f"/pesanan/{asked.code}")
    page.context.set_offline(True)
    for words in ("Bisa, Ibu.", "Tiga minggu."):
        page.get_by_label("Balas").fill(words)
        page.get_by_role("button", name="Kirim").click()
    expect(page.locator(".message--wait")).to_have_count(2)
    expect(page.get_by_text("Menunggu sinyal").first).to_be_visible()
    checked(page)
    assert session.scalars(select(Message.text)).all() == []
    page.context.set_offline(False)
    expect(page.locator(".message--wait")).to_have_count(0)
    expect(page.locator(".message--mine")).to_have_count(2)
    session.rollback()
    assert session.scalars(select(Message.text).order_by(Message.id)).all() == ["Bisa, Ibu.", "Tiga minggu."]


def signed_in(app: Flask, session: Session, who: Person, page: Page) -> Page:
    """The page of a browser that holds somebody's sign-in."""
    token = factories.sign_in(session, who)
    session.commit()
    with app.test_request_context():
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    page.goto("/keranjang")
    cookie = signer.dumps({"_user_id": token, "_fresh": True})
    page.context.add_cookies([{"name": "shop", "value": cookie, "url": page.url}])
    return page


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_the_basket_and_the_desks_hold_on_narrow_and_wide_screens(
    session: Session, chair: Listing, new_page: Callable[..., Page], app: Flask
) -> None:
    page = new_page(width=360)
    page.goto("/karya/kursi-makan-jati/tanya")
    page.get_by_role("button", name="Simpan di keranjang").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Keranjang")
    checked(page)
    sari = factories.curator(session)
    for _ in range(3):
        factories.inquiry(session, chair)
    signed_in(app, session, sari, page)
    for part in ("belum-dijawab", "perlu-dikirim", "gagal", "waktu-balas"):
        page.goto(f"/kurasi/pesanan?bagian={part}")
        checked(page)
