"""The request form: fill in, check again, send; once, whatever is pressed how often."""

import re
import threading
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.models import Inquiry, Listing, Message, Notice
from tests import factories
from tests.page import Page, Visitor

ANSWERS: dict[str, Any] = {
    "Jumlah": "2",
    "Dibutuhkan sebelum": "20/12/2027",
    "Nama lengkap": "Ratna Wulandari",
    "Nomor WhatsApp": "0812 3456 3210",
    "Kecamatan atau kota tujuan": "Oebobo, Kota Kupang",
    "Email": "Ratna@Contoh.test",
}


def chair(session: Session, **values: Any) -> Listing:
    """A made-to-order chair of a workshop whose chair has an e-mail."""
    maker = factories.person(session, "Silvester")
    workshop = factories.producer(
        session, "Bengkel Tiga Saudara", chair=maker, kind="workshop", crafts=["meubel"]
    )
    made = factories.published(
        session,
        workshop,
        maker,
        **{
            "title_id": "Kursi Makan Jati",
            "title_en": "Teak Dining Chair",
            "craft": "meubel",
            "availability": "made_to_order",
            "lead_time_days": 21,
            "size_limits": {"height_cm": [42, 50]},
            "price_idr": 650_000,
        }
        | values,
    )
    session.commit()
    return made


def form_of(client: FlaskClient, listing: Listing) -> Visitor:
    visitor = Visitor(client)
    visitor.get(f"/karya/{listing.slug}/tanya")
    return visitor


def send(client: FlaskClient, listing: Listing, **changes: Any) -> Page:
    visitor = form_of(client, listing)
    visitor.press(
        "Periksa kembali", ANSWERS | {"Ukuran atau warna khusus": "Tinggi dudukan 46 cm."} | changes
    )
    return visitor.press("Kirim permintaan")


def test_a_guest_asks_and_reads_the_number_and_what_happens_next(
    client: FlaskClient, session: Session
) -> None:
    listing = chair(session)
    visitor = form_of(client, listing)
    assert "42–50 cm" in visitor.page.text and "21 hari" in visitor.page.text
    checking = visitor.press(
        "Periksa kembali", ANSWERS | {"Ukuran atau warna khusus": "Tinggi dudukan 46 cm."}
    )
    assert "Belum terkirim" in checking.text and "1.300.000" in checking.text
    assert session.scalar(select(func.count(Inquiry.id))) == 0
    done = visitor.press("Kirim permintaan")
    inquiry = session.scalars(select(Inquiry)).one()
    assert done.heading == f"Permintaan terkirim, nomor {inquiry.code}"
    assert re.fullmatch(r"BLU-[0-9A-HJKMNP-TV-Z]{7}", inquiry.code)
    assert (inquiry.buyer_phone, inquiry.buyer_email) == ("+6281234563210", "ratna@contoh.test")
    assert inquiry.items[0].quantity == 2 and inquiry.items[0].price_idr == 650_000
    assert [m.text for m in inquiry.messages] == ["Tinggi dudukan 46 cm."]
    assert {n.kind for n in session.scalars(select(Notice))} == {"inquiry_new", "inquiry_received"}
    thread = visitor.get(f"/pesanan/{inquiry.code}")
    assert "Menunggu jawaban Bengkel Tiga Saudara" in thread.heading
    assert "WITA" in thread.text


def test_nothing_is_lost_when_going_back_to_change_something(client: FlaskClient, session: Session) -> None:
    visitor = form_of(client, chair(session))
    visitor.press("Periksa kembali", ANSWERS)
    page = visitor.press("Ubah isian")
    values = {i.get("name"): i.get("value") for i in page.html.xpath("//form[@method='post']//input")}
    assert (values["jumlah"], values["wa"], values["kota"]) == ("2", "0812 3456 3210", "Oebobo, Kota Kupang")


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("Nomor WhatsApp", "0812 345", "Isi nomor WhatsApp"),
        ("Nomor WhatsApp", "", "Isi nomor WhatsApp lengkap"),
        ("Nama lengkap", " ", "Isi nama lengkap Anda"),
        ("Kecamatan atau kota tujuan", "", "Isi kecamatan atau kota tujuan"),
        ("Email", "ratna@", "Isi alamat email"),
        ("Jumlah", "enam", "Isi jumlah dengan angka"),
        ("Jumlah", "0", "Isi jumlah dengan angka"),
        ("Dibutuhkan sebelum", "besok", "Isi tanggal seperti 20/12/2026"),
        ("Dibutuhkan sebelum", "31/02/2027", "Isi tanggal seperti 20/12/2026"),
        ("Dibutuhkan sebelum", "01/01/2020", "Isi tanggal setelah hari ini"),
        ("Ukuran atau warna khusus", "tinggi 55 cm", "Tinggi yang dapat dibuat 42–50 cm"),
    ],
)
@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)
def test_each_wrong_answer_says_what_to_do_and_keeps_the_rest(
    client: FlaskClient, session: Session, field: str, typed: str, sentence: str
) -> None:
    visitor = form_of(client, chair(session))
    page = visitor.press("Periksa kembali", ANSWERS | {field: typed}, status=422)
    assert sentence in page.text and page.title.startswith("Salah")
    assert page.html.xpath("//*[@class='error-summary']//a[starts-with(@href, '#')]")
    kept = page.html.xpath(
        "//input[@name='nama']/@value" if field != "Nama lengkap" else "//input[@name='kota']/@value"
    )
    assert kept in (["Ratna Wulandari"], ["Oebobo, Kota Kupang"])


def test_pressed_twice_it_is_one_inquiry_under_the_same_number(client: FlaskClient, session: Session) -> None:
    visitor = form_of(client, chair(session))
    visitor.press("Periksa kembali", ANSWERS)
    checking = visitor.page
    first = visitor.press("Kirim permintaan").heading
    visitor.page = checking
    assert visitor.press("Kirim permintaan").heading == first
    assert session.scalar(select(func.count(Inquiry.id))) == 1
    assert session.scalar(select(func.count(Notice.id))) == 2


def test_pressed_twice_at_the_same_moment_it_is_one_inquiry(app: Flask, session: Session) -> None:
    listing = chair(session)
    client = app.test_client()
    visitor = form_of(client, listing)
    page = visitor.press("Periksa kembali", ANSWERS)
    form = next(f for f in page.html.forms if f.method == "POST")
    data = dict(form.form_values()) | {"langkah": "kirim"}
    cookie = client.get_cookie("shop").value
    answers: list[str] = []
    start = threading.Barrier(4)

    def press() -> None:
        own = app.test_client()
        own.set_cookie("shop", cookie)
        start.wait()
        answers.append(own.post(f"/karya/{listing.slug}/tanya", data=data).headers["Location"])

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 4 and len(set(answers)) == 1
    assert session.scalar(select(func.count(Inquiry.id))) == 1
    assert session.scalar(select(func.count(Message.id))) == 0


def test_of_a_single_piece_nothing_is_counted(client: FlaskClient, session: Session) -> None:
    listing = chair(session, availability="one_of_a_kind", size_limits={})
    visitor = form_of(client, listing)
    assert "Jumlah" not in [label.text_content().strip() for label in visitor.page.html.iter("label")]
    answers = {key: value for key, value in ANSWERS.items() if key != "Jumlah"}
    visitor.press("Periksa kembali", answers)
    visitor.press("Kirim permintaan")
    assert session.scalars(select(Inquiry)).one().items[0].quantity == 1


def test_a_sold_work_is_asked_for_again(client: FlaskClient, session: Session) -> None:
    visitor = form_of(client, chair(session, availability="ready", stock=0, size_limits={}))
    assert visitor.page.heading == "Minta dibuatkan serupa"


def test_a_holiday_is_told_with_its_note(client: FlaskClient, session: Session) -> None:
    from datetime import date

    listing = chair(session)
    listing.producer.holiday_until, listing.producer.holiday_note = date(2099, 1, 5), "Pesta adat."
    session.commit()
    assert "libur sampai 5 Januari 2099" in form_of(client, listing).page.text


def test_what_is_hidden_meanwhile_is_not_asked_about_and_nothing_typed_is_lost(
    client: FlaskClient, session: Session
) -> None:
    listing = chair(session)
    visitor = form_of(client, listing)
    visitor.press("Periksa kembali", ANSWERS)
    listing.producer.status = "suspended"
    session.commit()
    page = visitor.press("Kirim permintaan", status=409)
    assert "sedang tidak dapat ditanyakan" in page.text and "Ratna Wulandari" in str(
        page.html.xpath("//input[@name='nama']/@value")
    )
    assert session.scalar(select(func.count(Inquiry.id))) == 0


def test_no_form_for_a_work_that_is_not_on_show(client: FlaskClient, session: Session) -> None:
    listing = chair(session)
    listing.status = "hidden_by_curator"
    session.commit()
    answer = client.get(f"/karya/{listing.slug}/tanya")
    assert answer.status_code == 302 and answer.headers["Location"] == f"/karya/{listing.slug}"
    Visitor(client).get("/karya/tidak-ada/tanya", status=404)


def test_a_signed_in_buyer_finds_their_contact_filled_in_and_the_thread_in_their_name(
    client: FlaskClient, session: Session
) -> None:
    listing = chair(session)
    ratna = factories.person(session, "Ratna", phone="+6281300000009")
    visitor = Visitor(client).signed_in(session, ratna)
    page = visitor.get(f"/karya/{listing.slug}/tanya")
    assert page.html.xpath("//input[@name='nama']/@value") == ["Ratna"]
    visitor.press("Periksa kembali", {"Kecamatan atau kota tujuan": "Dili"})
    visitor.press("Kirim permintaan")
    inquiry = session.scalars(select(Inquiry)).one()
    assert inquiry.buyer_id == ratna.id and inquiry.buyer_phone == "+6281300000009"


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)
def test_too_many_questions_from_one_number_are_told_when_to_come_back(
    client: FlaskClient, session: Session
) -> None:
    listing = chair(session)
    for _ in range(10):
        send(client, listing)
    visitor = form_of(client, listing)
    visitor.press("Periksa kembali", ANSWERS)
    visitor.press("Kirim permintaan", status=429)
    assert session.scalar(select(func.count(Inquiry.id))) == 10


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)
def test_in_english_the_thread_and_its_letters_are_english(client: FlaskClient, session: Session) -> None:
    listing = chair(session)
    visitor = Visitor(client)
    visitor.get(f"/en/karya/{listing.slug}/tanya")
    assert visitor.page.heading == "Place an order" and "Teak Dining Chair" in visitor.page.text
    visitor.press(
        "Check the order again",
        {
            "Quantity": "1",
            "Full name": "Anna Lee",
            "WhatsApp number": "+61 412 345 678",
            "District or city": "Darwin",
        },
    )
    done = visitor.press("Send request")
    inquiry = session.scalars(select(Inquiry)).one()
    assert done.heading == f"Request sent, number {inquiry.code}" and inquiry.language == "en"
    assert inquiry.buyer_phone == "+61412345678"


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)
def test_english_counts_one_piece_and_two_pieces(client: FlaskClient, session: Session) -> None:
    listing, visitor = chair(session), Visitor(client)
    answers = {"Full name": "Anna Lee", "WhatsApp number": "+61 412 345 678", "District or city": "Darwin"}
    for number, words in (("1", "1 piece, before shipping"), ("2", "2 pieces, before shipping")):
        visitor.get(f"/en/karya/{listing.slug}/tanya")
        page = visitor.press("Check the order again", {"Quantity": number, **answers})
        assert words in page.text
