"""QRIS in the thread: the council's code with the amount in it, its picture, its limit, whose it is."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions import quotes
from shop.actions.quote_rows import Delivery
from shop.extensions import now
from shop.models import Inquiry, Payment, Person
from tests import factories
from tests.actions.test_deals import offer_for
from tests.blueprints.test_ordering import account, as_, ordered, slip, staff
from tests.blueprints.test_quoting import thread
from tests.page import Visitor


def test_a_deposit_by_qris_from_the_code_to_the_desk(app: Flask, session: Session) -> None:
    curator, admin = staff(session)
    account(session, app, curator, admin)
    inquiry, order, _, ratna = ordered(session, app)
    address = f"/pesanan/{inquiry.code}"
    buyer = as_(app, session, ratna)
    buyer.get(address)
    page = buyer.press("Bayar dengan QRIS")
    for words in (
        "dua juta empat ratus lima puluh ribu rupiah",
        "Kode contoh, tidak dapat dibayar",
        "Cara lain",
    ):
        assert words in page.text
    image = page.html.xpath("//div[@class='qris']/img")[0]
    assert image.get("alt") == "Kode QRIS DEKRANASDA CONTOH untuk Rp\u00a02.450.000"
    assert "two million four hundred fifty thousand rupiah" in buyer.get(f"/en{address}").text
    buyer.get(address)
    buyer.press("Saya sudah bayar", {"Foto bukti bayar": slip()})
    payment = session.scalars(select(Payment)).one()
    assert (payment.method, payment.status, payment.total_idr) == ("qris", "under_check", order.deposit_idr)

    desk = as_(app, session, curator)
    assert "QRIS" in desk.get("/kurasi/pembayaran").text
    desk.press("Catat", {f"Jumlah yang masuk untuk {inquiry.code}": str(payment.total_idr)})
    session.expire_all()
    assert (payment.status, inquiry.status) == ("received", "in_production")
    assert buyer.client.get(f"{address}/qris.svg").status_code == 404  # nothing is open any more


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_the_pictures_are_the_buyers_alone_and_nobody_keeps_them(app: Flask, session: Session) -> None:
    inquiry, _, maria, ratna = ordered(session, app)
    buyer = as_(app, session, ratna)
    address = f"/pesanan/{inquiry.code}/qris"
    assert buyer.client.get(f"{address}.svg").status_code == 404  # no code before it is asked for
    buyer.get(f"/pesanan/{inquiry.code}")
    buyer.press("Bayar dengan QRIS")
    drawn = buyer.client.get(f"{address}.svg")
    assert (drawn.mimetype, drawn.headers["Cache-Control"]) == ("image/svg+xml", "no-store")
    kept = buyer.client.get(f"{address}.png")
    assert f"qris-{inquiry.code}.png" in kept.headers["Content-Disposition"]
    assert Image.open(io.BytesIO(kept.data)).width > 400
    assert buyer.client.get(f"{address}.gif").status_code == 404
    for other in (
        Visitor(app.test_client()),
        as_(app, session, maria),
        as_(app, session, factories.person(session)),
    ):
        assert other.client.get(f"{address}.svg").status_code == 404


def dear(app: Flask, session: Session) -> tuple[Inquiry, Person]:
    """An order whose deposit is more than one QRIS payment may be."""
    inquiry, maria, ratna = thread(session, app)
    with app.app_context():
        moment = now()
    offer = offer_for(inquiry.items[0].listing, deposit_percent=100, shipping_idr=9_000_000)
    quote = quotes.send_quote(session, inquiry, offer, by=maria, form_key="q", at=moment)
    quotes.accept(session, inquiry, quote, delivery=Delivery(pick_up=True), by=ratna, at=moment)
    session.commit()
    return inquiry, ratna


def test_more_than_ten_million_is_refused_with_a_sentence(app: Flask, session: Session) -> None:
    inquiry, ratna = dear(app, session)
    buyer = as_(app, session, ratna)
    page = buyer.get(f"/pesanan/{inquiry.code}")
    assert "QRIS paling banyak Rp 10.000.000 sekali bayar" in page.text
    assert not page.html.xpath("//button[contains(., 'Bayar dengan QRIS')]")
    with buyer.client as client:  # as somebody whose page is old
        token = page.html.xpath("//input[@name='csrf_token']")[0].get("value")
        answer = client.post(f"/pesanan/{inquiry.code}/bayar", data={"cara": "qris", "csrf_token": token})
    assert answer.status_code == 422
    assert "Pilih transfer bank" in answer.get_data(as_text=True)
    assert session.scalar(select(Payment.id)) is None
