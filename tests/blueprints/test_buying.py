"""The checkout: a guest buys what stands ready; what changed is said; who may not, may not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions import order_clock
from shop.actions.quote_rows import Delivery, Offer, Offered
from shop.actions.quotes import accept, send_quote
from shop.extensions import now
from shop.models import Inquiry, Notice, Order, Person, SavedAddress
from tests import bazaar as market
from tests import factories
from tests.actions.test_buying import rates
from tests.ground.counting import queries_of
from tests.page import Page, Visitor

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
CLOTH, BASKET, SHAWL = "tais-lajur-merah", "tanasak-bertutup", "selendang-nila"
RATNA = {"Nama lengkap": "Ratna Wulandari", "Nomor WhatsApp": "0812 3456 3210", "Nama, kontak": True}
HOME = RATNA | {"Jalan": "Jl. Merdeka 1", "Kecamatan": "Oebobo"}


@pytest.fixture
def shelf(session: Session) -> market.Bazaar:
    made = market.bazaar(session)
    made.works["Tanasak Bertutup"].stock = 5
    rates(session)
    session.commit()
    return made


@pytest.fixture
def guest(app: Flask) -> Visitor:
    return Visitor(app.test_client())


def plain(page: Page) -> str:
    return page.text.replace("\u00a0", " ")


def test_a_guest_buys_from_the_page_of_a_work_and_comes_to_pay(
    session: Session, shelf: market.Bazaar, guest: Visitor
) -> None:
    page = guest.get(f"/karya/{CLOTH}")
    guest.get(page.links("Beli sekarang")[0])
    page = guest.press("Periksa pesanan", HOME)
    assert page.heading == "Periksa pesanan"
    assert "JNE REG, 1,1 kg" in plain(page)
    assert "Rp 1.390.000" in plain(page)
    assert "Oebobo, Kota Kupang, Nusa Tenggara Timur" in page.text
    assert session.scalars(select(Inquiry)).all() == []
    check = guest.page
    page = guest.press("Pesan, lalu bayar")
    assert page.heading == "Bayar agar karyanya dapat dikirim"
    assert "WITA" in page.text
    assert "Uang muka" not in page.text
    guest.page = check
    guest.press("Pesan, lalu bayar")  # pressed twice
    order = session.scalars(select(Order)).one()
    assert (order.total_idr, order.shipping_idr, order.address["penerima"]) == (
        1_390_000, 40_000, "Ratna Wulandari",
    )  # fmt: skip
    assert shelf.works["Tais Lajur Merah"].stock == 0
    session.expire_all()
    assert shelf.works["Tais Lajur Merah"].stock == 0


def test_the_basket_becomes_an_order_for_each_maker(
    session: Session, shelf: market.Bazaar, guest: Visitor
) -> None:
    for slug in (BASKET, CLOTH):
        guest.get(f"/karya/{slug}")
        guest.press("Masukkan keranjang")
    page = guest.press("Beli yang siap kirim", {"Jumlah": "2"})
    assert page.heading == "Beli sekarang"
    page = guest.press("Periksa pesanan", RATNA | {"Ambil di Galeri": True})
    assert "2 pesanan" in page.text
    page = guest.press("Pesan, lalu bayar")
    assert page.heading == "2 pesanan dibuat"
    assert len(page.links("bayar sekarang")) == 2
    assert sorted(order.total_idr for order in session.scalars(select(Order))) == [170_000, 1_350_000]
    assert guest.get("/keranjang").heading == "Keranjang"
    assert "masih kosong" in guest.page.text  # type: ignore[union-attr]
    guest.get(page.links("bayar sekarang")[0].split("#")[0])


def test_without_a_rate_the_maker_writes_the_shipping_alone_and_the_buyer_accepts(
    app: Flask, session: Session, shelf: market.Bazaar, guest: Visitor
) -> None:
    guest.get(f"/beli?karya={CLOTH}")
    page = guest.press("Periksa pesanan", HOME | {"Kecamatan": "Bandung Kulon"})
    assert "belum ada tarif" in page.text
    page = guest.press("Kirim pesanan")
    inquiry = session.scalars(select(Inquiry)).one()
    assert page.heading == f"Permintaan terkirim, nomor {inquiry.code}"

    rosalinda = Person
    chair = session.scalars(select(rosalinda).where(rosalinda.name == "Rosalinda")).one()
    maker = Visitor(app.test_client()).signed_in(session, chair)
    page = maker.get(f"/pesanan/{inquiry.code}")
    assert page.heading == "Isi ongkir untuk Ratna Wulandari"
    page = maker.get(f"/pesanan/{inquiry.code}/penawaran")
    assert page.heading == "Isi ongkir"
    with pytest.raises(AssertionError, match="no field is labelled"):
        maker.press("Periksa penawaran", {"Harga satuan": "1"})
    page = maker.press("Periksa penawaran", status=422)
    assert "Isi ongkos kirim" in page.text
    day = _in_days(app, 3)
    page = maker.press("Periksa penawaran", {"Ongkos kirim": "150.000", "Berlaku sampai": day})
    assert "Rp 1.500.000" in plain(page)
    maker.press("Kirim penawaran")

    page = guest.get(f"/pesanan/{inquiry.code}/setujui")
    assert "Bandung Kulon" in page.html.get_element_by_id("kecamatan").get("value")
    page = guest.press("Setujui penawaran")
    assert page.heading == "Bayar agar karyanya dapat dikirim"
    order = session.scalars(select(Order)).one()
    assert (order.total_idr, order.deposit_idr, order.shipping_idr) == (1_500_000, 1_500_000, 150_000)


def _in_days(app: Flask, days: int) -> str:
    with app.app_context():
        return f"{now() + timedelta(days=days):%d/%m/%Y}"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"Nama lengkap": ""}, "Isi nama lengkap Anda"),
        ({"Nomor WhatsApp": ""}, "Isi nomor WhatsApp, kurir memerlukannya"),
        ({"Nomor WhatsApp": "abc"}, "Isi nomor WhatsApp, misalnya"),
        ({"Jalan": ""}, "Isi jalan dan nomor rumah"),
        ({"Kecamatan": "Bandung"}, "Pilih kecamatan yang dimaksud"),
        ({"Nama, kontak": False}, "Beri persetujuan"),
        ({"Jumlah": "9"}, "Tersedia 5 buah"),
        ({"Jumlah": "banyak"}, "Isi jumlah dengan angka"),
    ],
)
def test_what_cannot_be_gets_a_sentence_and_everything_typed_stays(
    shelf: market.Bazaar, guest: Visitor, change: dict[str, str], sentence: str
) -> None:
    guest.get(f"/beli?karya={BASKET}")
    page = guest.press("Periksa pesanan", HOME | {"Patokan": "Seberang gereja"} | change, status=422)
    assert sentence in page.text
    assert page.html.get_element_by_id("patokan").get("value") == "Seberang gereja"


def test_what_is_missing_is_listed_in_the_order_of_the_page(shelf: market.Bazaar, guest: Visitor) -> None:
    guest.get(f"/beli?karya={BASKET}")
    page = guest.press("Periksa pesanan", status=422)
    named = [link.get("href").lstrip("#") for link in page.html.xpath("//*[@role='alert']//a")]
    assert named == [
        each.get("id") for each in page.html.xpath("//*[@aria-invalid]") if each.get("id") in named
    ]
    assert named[:2] == ["nama", "wa"]


def test_a_kecamatan_is_chosen_without_script(shelf: market.Bazaar, guest: Visitor) -> None:
    guest.get(f"/beli?karya={BASKET}")
    guest.press("Periksa pesanan", HOME | {"Kecamatan": "Bandung"}, status=422)
    page = guest.press("Periksa pesanan", {"Bandung, Kabupaten Serang": True})
    assert "Kabupaten Serang" in page.text
    assert page.heading == "Periksa pesanan"


def test_who_picks_up_may_leave_an_email_alone(
    session: Session, shelf: market.Bazaar, guest: Visitor
) -> None:
    guest.get(f"/beli?karya={BASKET}")
    pick_up = {"Ambil di Galeri": True, "Nomor WhatsApp": ""}
    page = guest.press("Periksa pesanan", RATNA | pick_up, status=422)
    assert "WhatsApp atau email" in page.text
    guest.press("Periksa pesanan", {"Email": "ratna@contoh.test"})
    guest.press("Pesan, lalu bayar")
    assert "order_placed" in set(session.scalars(select(Notice.kind)))


def test_a_price_that_changed_is_said_before_anything_is_held(
    session: Session, shelf: market.Bazaar, guest: Visitor
) -> None:
    guest.get(f"/beli?karya={CLOTH}")
    guest.press("Periksa pesanan", HOME)
    shelf.works["Tais Lajur Merah"].price_idr = 1_400_000
    session.commit()
    page = guest.press("Pesan, lalu bayar", status=409)
    assert "berubah dari Rp 1.350.000 menjadi Rp 1.400.000" in plain(page)
    assert session.scalars(select(Order)).all() == []
    guest.press("Pesan, lalu bayar Rp 1.440.000")
    assert session.scalars(select(Order)).one().total_idr == 1_440_000


def test_a_piece_that_was_sold_meanwhile_is_said_and_the_rest_can_be_ordered(
    session: Session, shelf: market.Bazaar, guest: Visitor
) -> None:
    guest.get(f"/beli?karya={CLOTH}&karya={BASKET}&jumlah-{BASKET}=3")
    guest.press("Periksa pesanan", RATNA | {"Ambil di Galeri": True})
    shelf.works["Tais Lajur Merah"].stock = 0
    shelf.works["Tanasak Bertutup"].stock = 2
    session.commit()
    page = guest.press("Pesan, lalu bayar", status=409)
    assert "Tais Lajur Merah baru saja terjual" in page.text
    guest.press("Pesan, lalu bayar")
    assert session.scalars(select(Order)).one().total_idr == 170_000


def test_nothing_to_buy_says_so(shelf: market.Bazaar, guest: Visitor) -> None:
    assert "Tidak ada karya yang siap dibeli" in guest.get("/beli").text
    page = guest.get("/beli?karya=lemari-dua-pintu&karya=tidak-ada")
    assert "Tidak ada karya yang siap dibeli" in page.text
    assert not guest.get("/karya/lemari-dua-pintu").links("Beli sekarang")
    guest.get("/beli/selesai", status=404)


def test_an_account_fills_in_and_keeps_the_address(
    app: Flask, session: Session, shelf: market.Bazaar
) -> None:
    ratna = factories.person(session, "Ratna", phone="+6281234563210")
    buyer = Visitor(app.test_client()).signed_in(session, ratna)
    buyer.get(f"/beli?karya={BASKET}")
    buyer.press("Periksa pesanan", {"Jalan": "Jl. Merdeka 1", "Kecamatan": "Oebobo", "Simpan alamat": True,
                                    "Nama, kontak": True})  # fmt: skip
    buyer.press("Pesan, lalu bayar")
    kept = session.scalars(select(SavedAddress)).one()
    assert (kept.usual, kept.address["kode"]) == (True, "53.71.04")
    page = buyer.get(f"/beli?karya={SHAWL}")
    assert page.html.get_element_by_id("jalan").get("value") == "Jl. Merdeka 1"
    other = factories.person(session, "Tono")
    stranger = Visitor(app.test_client()).signed_in(session, other)
    stranger.get(f"/beli?karya={SHAWL}")
    token = stranger.page.html.forms[1].fields["csrf_token"]  # type: ignore[union-attr]
    for number in (str(kept.id), "9" * 30, "9" * 5000, "٣"):
        answer = stranger.client.post("/beli", data={"csrf_token": token, "alamat": number})
        assert answer.status_code == 404, number[:40]


def test_the_checkout_reads_in_english(shelf: market.Bazaar, guest: Visitor) -> None:
    page = guest.get(f"/en/beli?karya={CLOTH}")
    assert page.heading == "Buy now"
    assert "Red Lane Cloth" in page.text


def test_a_long_checkout_asks_the_database_no_more_often_than_a_short_one(
    app: Flask, session: Session, shelf: market.Bazaar, guest: Visitor
) -> None:
    def checked(*slugs: str) -> int:
        guest.get("/beli?" + "&".join(f"karya={slug}" for slug in slugs))
        return queries_of(app, lambda: guest.press("Periksa pesanan", HOME))

    assert checked(BASKET) == checked(BASKET, CLOTH, SHAWL)


def test_an_order_of_what_stood_ready_speaks_of_no_deposit(
    session: Session, shelf: market.Bazaar, guest: Visitor
) -> None:
    guest.get(f"/beli?karya={BASKET}")
    guest.press("Periksa pesanan", HOME)
    page = guest.press("Pesan, lalu bayar")
    inquiry = session.scalars(select(Inquiry)).one()
    assert inquiry.only_shipping
    assert page.text.count("DP") == 0


def test_names_of_kecamatan_are_offered_to_the_script(guest: Visitor) -> None:
    answer = guest.client.get("/saran/kecamatan?q=oebo")
    assert answer.get_json() == [{"words": "Oebobo, Kota Kupang, Nusa Tenggara Timur"}]
    assert guest.client.get("/saran/kecamatan").get_json() == []
    assert len(guest.client.get("/saran/kecamatan?q=ba").get_json()) == 12
    assert guest.client.get("/saran/kecamatan?q=" + "%00x" * 500).get_json() == []


def test_who_lives_abroad_agrees_on_the_shipping_and_pays_by_card_alone(
    app: Flask, session: Session, shelf: market.Bazaar, guest: Visitor
) -> None:
    guest.get(f"/beli?karya={BASKET}")
    abroad = {"Dikirim ke luar negeri": True, "Alamat lengkap": "Rua 1\nDili", "Negara": "Timor-Leste"}
    page = guest.press("Periksa pesanan", RATNA | abroad)
    assert "belum ada tarif" in page.text
    assert "Rua 1 Dili, Timor-Leste" in page.text
    guest.press("Kirim pesanan")
    inquiry = session.scalars(select(Inquiry)).one()
    with app.app_context():
        moment = now()
    offer = Offer([Offered("Tanasak", 1, 85_000, inquiry.items[0].listing_id)], 300_000, 0, 100, 0,
                  moment + timedelta(days=3))  # fmt: skip
    quote = send_quote(session, inquiry, offer, by=None, form_key="q", at=moment)
    accept(session, inquiry, quote, delivery=Delivery(address=dict(inquiry.address)), by=None, at=moment)
    session.commit()
    page = guest.get(f"/pesanan/{inquiry.code}")
    assert "Bayar dengan kartu" in page.text
    assert "Bayar dengan QRIS" not in page.text
    token = page.html.forms[1].fields["csrf_token"]
    for way in ("qris", "transfer"):
        form = {"csrf_token": token, "cara": way}
        assert guest.client.post(f"/pesanan/{inquiry.code}/bayar", data=form).status_code == 404


def test_a_hold_that_ran_out_is_said_in_the_thread(
    app: Flask, session: Session, shelf: market.Bazaar, guest: Visitor
) -> None:
    guest.get(f"/beli?karya={CLOTH}")
    guest.press("Periksa pesanan", HOME)
    guest.press("Pesan, lalu bayar")
    inquiry = session.scalars(select(Inquiry)).one()
    late = inquiry.created_at + timedelta(hours=24, seconds=1)
    for one in order_clock.due(session, at=late):
        order_clock.do(session, one, at=late)
    session.commit()
    page = guest.get(f"/pesanan/{inquiry.code}")
    assert page.heading == "Waktu bayar habis"
    assert "kembali dijual" in page.text
    assert "Bayar dengan" not in page.text
    assert guest.get(f"/karya/{CLOTH}").links("Beli sekarang")
