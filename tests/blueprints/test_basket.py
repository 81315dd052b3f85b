"""The basket: works of several makers asked about in one go."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.models import Inquiry, Listing
from tests import factories
from tests.page import Visitor

CONTACT = {
    "Nama lengkap": "Ratna Wulandari",
    "Nomor WhatsApp": "0812 3456 3210",
    "Kecamatan atau kota tujuan": "Kupang",
}


def works(session: Session) -> list[Listing]:
    """Two works of one maker, one of another."""
    maria, silvester = factories.person(session, "Maria"), factories.person(session, "Silvester")
    weavers = factories.producer(session, "Kelompok Fitun", chair=maria)
    workshop = factories.producer(session, "Bengkel Mane", chair=silvester)
    made = [
        factories.published(session, weavers, maria, title_id="Tais Satu"),
        factories.published(session, workshop, silvester, title_id="Kursi Dua"),
        factories.published(session, weavers, maria, title_id="Tais Tiga"),
    ]
    session.commit()
    return made


def filled(client: FlaskClient, wanted: list[Listing]) -> Visitor:
    visitor = Visitor(client)
    for listing in wanted:
        visitor.get(f"/karya/{listing.slug}/tanya")
        visitor.press("Simpan di keranjang")
    return visitor


def test_an_empty_basket_shows_the_way_to_the_works(client: FlaskClient) -> None:
    page = Visitor(client).get("/keranjang")
    assert "Keranjang masih kosong" in page.text and page.links("Lihat karya")


def test_one_request_goes_to_each_maker(client: FlaskClient, session: Session) -> None:
    visitor = filled(client, works(session))
    assert "Keranjang (3)" in visitor.page.text
    assert [h.text_content() for h in visitor.page.html.xpath("//main//h2")] == [
        "Kelompok Fitun",
        "Bengkel Mane",
    ]
    page = visitor.press(
        "Periksa kembali", CONTACT | {"Jumlah": "3", "Pertanyaan atau permintaan": "Masih ada?"}
    )
    assert "Belum terkirim" in page.text and session.scalar(select(func.count(Inquiry.id))) == 0
    page = visitor.press("Kirim 2 permintaan")
    assert page.heading == "2 permintaan terkirim"
    fitun, mane = session.scalars(select(Inquiry).order_by(Inquiry.id))
    assert [item.title for item in fitun.items] == ["Tais Satu", "Tais Tiga"]
    assert fitun.items[0].quantity == 3 and [m.text for m in fitun.messages] == ["Masih ada?"]
    assert [item.title for item in mane.items] == ["Kursi Dua"] and mane.messages == []
    assert "Keranjang (" not in visitor.get(f"/pesanan/{fitun.code}").text
    assert visitor.get(f"/pesanan/{mane.code}").status == 200


def test_pressed_twice_it_is_one_request_to_each(client: FlaskClient, session: Session) -> None:
    visitor = filled(client, works(session))
    checking = visitor.press("Periksa kembali", CONTACT)
    visitor.press("Kirim 2 permintaan")
    visitor.page = checking
    visitor.press("Kirim 2 permintaan")
    assert session.scalar(select(func.count(Inquiry.id))) == 2


def test_nothing_typed_is_lost_on_the_way(client: FlaskClient, session: Session) -> None:
    made = works(session)
    visitor = filled(client, made)
    page = visitor.press(
        "Keluarkan dari keranjang Tais Tiga", CONTACT | {"Pertanyaan atau permintaan": "Masih ada?"}
    )
    assert "Tais Tiga" not in page.text and "Keranjang (2)" in visitor.get("/keranjang").text
    visitor.page = page
    visitor.press("Periksa kembali")
    page = visitor.press("Ubah isian")
    assert page.html.xpath("//input[@name='nama']/@value") == ["Ratna Wulandari"]
    assert "Masih ada?" in page.html.xpath("string((//textarea)[1])")


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)
@pytest.mark.parametrize(("field", "typed", "sentence"), [
    ("Jumlah", "banyak", "Isi jumlah dengan angka"),
    ("Nomor WhatsApp", "12", "Isi nomor WhatsApp"),
])  # fmt: skip
def test_a_wrong_answer_says_what_to_do(
    client: FlaskClient, session: Session, field: str, typed: str, sentence: str
) -> None:
    visitor = filled(client, works(session))
    page = visitor.press("Periksa kembali", CONTACT | {field: typed}, status=422)
    assert sentence in page.text and page.title.startswith("Salah")


def test_what_is_hidden_meanwhile_is_taken_out_and_told(client: FlaskClient, session: Session) -> None:
    made = works(session)
    visitor = filled(client, made)
    visitor.press("Periksa kembali", CONTACT)
    made[1].status = "hidden_by_curator"
    session.commit()
    page = visitor.press("Kirim 2 permintaan", status=409)
    assert "sudah tidak ditayangkan" in page.text and "Kursi Dua" not in page.text
    assert session.scalar(select(func.count(Inquiry.id))) == 0


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)
@pytest.mark.parametrize("value", ["", "kucing", "WyJhIl0.x"])
def test_a_cookie_that_is_not_ours_is_an_empty_basket(client: FlaskClient, value: str) -> None:
    client.set_cookie("keranjang", value)
    assert "Keranjang masih kosong" in Visitor(client).get("/keranjang").text


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)
def test_what_is_not_on_show_does_not_go_into_the_basket(client: FlaskClient, session: Session) -> None:
    made: Any = works(session)
    made[0].producer.status = "suspended"
    session.commit()
    visitor = filled(client, [made[1]])
    form = next(
        f for f in visitor.get(f"/karya/{made[1].slug}/tanya").html.forms if "keranjang" in (f.action or "")
    )
    here = {"Origin": "http://localhost"}
    answer = client.post(f"/karya/{made[0].slug}/keranjang", data=dict(form.form_values()), headers=here)
    assert answer.status_code == 404
    assert Visitor(client).get("/keranjang/terkirim", status=404)


def test_another_site_puts_nothing_in(client: FlaskClient, session: Session) -> None:
    made = works(session)
    for headers in ({}, {"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = client.post(f"/karya/{made[0].slug}/keranjang", headers=headers)
        assert answer.status_code == 400
    here = {"Sec-Fetch-Site": "same-origin"}
    assert client.post(f"/karya/{made[0].slug}/keranjang", headers=here).status_code == 303


def test_the_basket_says_what_changed_since_a_work_was_put_in(client: FlaskClient, session: Session) -> None:
    made: Any = works(session)
    visitor = filled(client, made)
    assert "berubah" not in visitor.get("/keranjang").text
    made[0].price_idr = 1_500_000
    made[1].live_revision.width_cm = 120
    made[2].stock = 0
    session.commit()
    page = visitor.get("/keranjang")
    text = page.text.replace("\u00a0", " ")
    assert "berubah dari Rp 1.350.000 menjadi Rp 1.500.000" in text
    assert "Ukuran Kursi Dua berubah" in text
    assert "Tais Tiga sudah terjual" in text


def test_a_size_no_work_of_the_maker_comes_in_is_said_at_the_wish(
    client: FlaskClient, session: Session
) -> None:
    made: Any = works(session)
    made[1].size_limits = {"height_cm": [42, 50]}
    session.commit()
    visitor = filled(client, [made[1]])
    page = visitor.press(
        "Periksa kembali", CONTACT | {"Pertanyaan atau permintaan": "tinggi 55 cm"}, status=422
    )
    assert "Tinggi yang dapat dibuat 42–50 cm" in page.text
