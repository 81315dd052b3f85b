"""Quotes in the thread: written, checked, sent, countered, accepted on a second screen, run out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions import quotes
from shop.extensions import now
from shop.models import Inquiry, Notice, Order, Person, Quote
from tests import factories
from tests.actions.test_deals import offer_for
from tests.page import Visitor


def thread(session: Session, app: Flask) -> tuple[Inquiry, Person, Person]:
    """Ratna's question to Maria's group, with Ratna signed up."""
    maria = factories.person(session, "Maria")
    ratna = factories.person(session, "Ratna")
    work = factories.published(
        session,
        factories.producer(session, chair=maria),
        maria,
        availability="made_to_order",
        stock=0,
        lead_time_days=30,
    )
    with app.app_context():
        moment = now()
    times = {"created_at": moment, "changed_at": moment, "waiting_since": moment}
    inquiry = factories.inquiry(session, work, buyer=ratna, **times)
    session.commit()
    return inquiry, maria, ratna


def in_days(app: Flask, days: int) -> str:
    with app.app_context():
        return f"{now() + timedelta(days=days):%d/%m/%Y}"


def quoted(session: Session, app: Flask) -> tuple[Inquiry, Quote, Person, Person]:
    inquiry, maria, ratna = thread(session, app)
    with app.app_context():
        moment = now()
    listing = inquiry.items[0].listing
    offer = offer_for(listing, valid_until=moment + timedelta(days=3))
    quote = quotes.send_quote(session, inquiry, offer, by=maria, form_key="q", at=moment)
    session.commit()
    return inquiry, quote, maria, ratna


def test_the_maker_writes_a_quote_checks_it_and_sends_it_once(app: Flask, session: Session) -> None:
    inquiry, maria, ratna = thread(session, app)
    visitor = Visitor(app.test_client()).signed_in(session, maria)
    visitor.get(f"/pesanan/{inquiry.code}/penawaran")
    page = visitor.press(
        "Periksa penawaran",
        {
            "Ukuran": "200 × 110 cm",
            "Ongkos kirim": "Rp 150.000",
            "Kemasan": "25rb",
            "Berlaku sampai": in_days(app, 7),
        },
    )
    assert page.heading == "Periksa penawaran"
    assert "Rp 1.525.000" in page.text.replace("\u00a0", " ")
    assert "DP 50%, Rp 763.000" in page.text.replace("\u00a0", " ")
    check = visitor.page
    page = visitor.press("Kirim penawaran")
    assert page.heading.startswith("Menunggu jawaban")
    visitor.page = check
    visitor.press("Kirim penawaran")  # pressed twice
    made = session.scalars(select(Quote)).all()
    assert [(q.total_idr, q.deposit_idr, q.lines[0].size) for q in made] == [
        (1_525_000, 763_000, "200 × 110 cm")
    ]
    assert [n.kind for n in session.scalars(select(Notice)) if n.person_id == ratna.id] == ["quote_sent"]


def test_a_quote_can_be_changed_before_it_is_sent_and_nothing_is_lost(app: Flask, session: Session) -> None:
    inquiry, maria, _ = thread(session, app)
    visitor = Visitor(app.test_client()).signed_in(session, maria)
    visitor.get(f"/pesanan/{inquiry.code}/penawaran")
    visitor.press(
        "Periksa penawaran", {"Ongkos kirim": "0", "Berlaku sampai": in_days(app, 2), "Catatan": "Kayu tua"}
    )
    page = visitor.press("Ubah isian")
    assert page.heading == "Buat penawaran"
    assert "Kayu tua" in page.text
    assert session.scalars(select(Quote)).all() == []


@pytest.mark.parametrize(
    ("label", "typed", "sentence"),
    [
        ("Harga satuan", "murah", "Harga harus angka, misalnya 1.250.000"),
        ("Ongkos kirim", "", "Isi ongkos kirim, atau 0 bila tidak ada"),
        ("Uang muka", "20", "Isi 30 sampai 100"),
        ("Lama pengerjaan", "lama", "Isi jumlah hari"),
        ("Berlaku sampai", "kemarin", "Isi tanggal seperti"),
        ("Jumlah", "0", "Isi jumlah dengan angka"),
    ],
)
def test_what_cannot_be_gets_a_sentence_at_its_field(
    app: Flask, session: Session, label: str, typed: str, sentence: str
) -> None:
    inquiry, maria, _ = thread(session, app)
    visitor = Visitor(app.test_client()).signed_in(session, maria)
    visitor.get(f"/pesanan/{inquiry.code}/penawaran")
    fields = {"Ongkos kirim": "0", "Berlaku sampai": in_days(app, 2)} | {label: typed}
    page = visitor.press("Periksa penawaran", fields, status=422)
    assert sentence in page.text


def test_a_size_beyond_the_makers_own_limits_is_said_at_the_line(app: Flask, session: Session) -> None:
    inquiry, maria, _ = thread(session, app)
    inquiry.items[0].listing.size_limits = {"length_cm": [100, 180]}
    session.commit()
    visitor = Visitor(app.test_client()).signed_in(session, maria)
    visitor.get(f"/pesanan/{inquiry.code}/penawaran")
    fields = {"Ukuran": "200 × 90 cm", "Ongkos kirim": "0", "Berlaku sampai": in_days(app, 2)}
    page = visitor.press("Periksa penawaran", fields, status=422)
    assert "Panjang karya ini Anda batasi 100–180 cm" in page.text
    assert visitor.press("Periksa penawaran", {"Ukuran": "180 × 90 cm"}).heading == "Periksa penawaran"


def test_the_buyer_accepts_on_a_second_screen_that_repeats_the_amount(app: Flask, session: Session) -> None:
    inquiry, quote, _, ratna = quoted(session, app)
    visitor = Visitor(app.test_client()).signed_in(session, ratna)
    page = visitor.get(f"/pesanan/{inquiry.code}")
    assert page.links("Setujui penawaran") == [f"/pesanan/{inquiry.code}/setujui"]
    page = visitor.get(f"/pesanan/{inquiry.code}/setujui")
    assert page.heading.replace("\u00a0", " ") == "Setujui Rp 4.900.000?"
    page = visitor.press("Setujui penawaran", status=422)
    assert "Isi jalan dan nomor rumah" in page.text
    again = visitor.page
    where = {"Jalan": "Jl. Merdeka 1", "Kecamatan": "Kelapa Lima"}
    page = visitor.press("Setujui penawaran", where)
    assert page.heading == "Bayar uang muka agar pengerjaan dapat mulai"
    assert "WITA" in page.text
    visitor.page = again
    visitor.press("Setujui penawaran", where)  # pressed twice
    order = session.scalars(select(Order)).one()
    assert (order.quote_id, order.total_idr, order.address["kabupaten"]) == (
        quote.id,
        4_900_000,
        "Kota Kupang",
    )


def test_the_buyer_asks_for_a_change_and_the_maker_reads_it(app: Flask, session: Session) -> None:
    inquiry, _, maria, ratna = quoted(session, app)
    visitor = Visitor(app.test_client()).signed_in(session, ratna)
    visitor.get(f"/pesanan/{inquiry.code}/minta-diubah")
    assert "Tulis apa yang ingin diubah" in visitor.press("Kirim permintaan", status=422).text
    page = visitor.press("Kirim permintaan", {"Apa yang ingin diubah": "Tanpa kemasan kayu"})
    assert page.heading.startswith("Menunggu penawaran baru")
    page = Visitor(app.test_client()).signed_in(session, maria).get(f"/pesanan/{inquiry.code}")
    assert "minta penawaran diubah" in page.heading
    assert page.links("Buat penawaran baru")


def test_a_quote_that_ran_out_offers_a_new_one_and_nothing_to_accept(app: Flask, session: Session) -> None:
    inquiry, quote, _, ratna = quoted(session, app)
    shop = app.extensions["shop"]
    after = quote.valid_until + timedelta(seconds=1)
    app.extensions["shop"] = replace(shop, clock=lambda: after)
    visitor = Visitor(app.test_client()).signed_in(session, ratna)
    page = visitor.get(f"/pesanan/{inquiry.code}")
    assert page.heading == "Penawaran ini sudah berakhir"
    assert not page.links("Setujui penawaran")
    visitor.get(f"/pesanan/{inquiry.code}/setujui", status=409)
    page = visitor.get(f"/pesanan/{inquiry.code}")
    page = visitor.press("Minta penawaran baru")
    assert page.heading.startswith("Menunggu jawaban")


@pytest.mark.parametrize("word", ["penawaran", "setujui", "minta-diubah"])
def test_these_pages_are_not_there_for_others(app: Flask, session: Session, word: str) -> None:
    inquiry, _, _, _ = quoted(session, app)
    stranger = factories.person(session, "Tono")
    address = f"/pesanan/{inquiry.code}/{word}"
    Visitor(app.test_client()).get(address, status=404)
    Visitor(app.test_client()).signed_in(session, stranger).get(address, status=404)


def test_neither_side_takes_the_others_step(app: Flask, session: Session) -> None:
    inquiry, _, maria, ratna = quoted(session, app)
    Visitor(app.test_client()).signed_in(session, maria).get(f"/pesanan/{inquiry.code}/setujui", status=404)
    Visitor(app.test_client()).signed_in(session, ratna).get(f"/pesanan/{inquiry.code}/penawaran", status=404)


def test_a_quote_is_readable_in_english(app: Flask, session: Session) -> None:
    inquiry, _, _, ratna = quoted(session, app)
    page = Visitor(app.test_client()).signed_in(session, ratna).get(f"/en/pesanan/{inquiry.code}")
    assert "Accept quote" in page.text
