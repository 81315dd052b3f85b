"""The PDFs of a thread: for both sides and the gallery, in the language of the page, the same file every time."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy.orm import Session

from shop.actions import payments, quotes
from shop.actions.quote_rows import Offer, Offered
from shop.extensions import now
from shop.models import Inquiry
from tests import factories
from tests.blueprints.test_ordering import account, as_, ordered, staff
from tests.blueprints.test_threads import link
from tests.page import Visitor

on_one_engine = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def read(content: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return " ".join(text.replace("\u00a0", " ").split())


def pdf(visitor: Visitor, address: str) -> bytes:
    response = visitor.client.get(address)
    assert response.status_code == 200
    assert response.mimetype == "application/pdf"
    assert response.headers["Cache-Control"] == "no-store"
    return response.data


def test_both_sides_and_the_gallery_take_the_papers_away(app: Flask, session: Session) -> None:
    curator, admin = staff(session)
    bank = account(session, app, curator, admin)
    inquiry, _order, maria, ratna = ordered(session, app)
    with app.app_context():
        payment = payments.begin(session, inquiry, payments.Method.TRANSFER, account=bank, at=now())
        payments.take(session, payment, received_idr=payment.total_idr, key="a", by=curator, at=now())
    session.commit()
    taken = set()
    for who in (ratna, maria, curator):
        page = as_(app, session, who).get(f"/pesanan/{inquiry.code}")
        (address,) = page.links("Kuitansi KWT/")
        taken.add(pdf(as_(app, session, who), address))
        assert page.links("Tagihan TGH/") and page.links("Penawaran PNW/")
    assert len(taken) == 1, "the same document is the same file"
    said = read(taken.pop())
    assert "Sudah diterima dari Ratna" in said and inquiry.code in said
    assert "rupiah" in said and "Transfer bank" in said
    english = read(pdf(as_(app, session, ratna), f"/en{address}"))
    assert "Received from Ratna" in english and "In words" in english and "Bank transfer" in english


@on_one_engine
def test_a_quote_that_was_replaced_says_so_across_the_page(app: Flask, session: Session) -> None:
    inquiry, _order, maria, _ratna = ordered(session, app)
    other = factories.inquiry(session, inquiry.items[0].listing)
    with app.app_context():
        for key in ("one", "two"):
            offer = _offer(other)
            quotes.send_quote(session, other, offer, by=maria, form_key=key, at=now())
    session.commit()
    page = as_(app, session, maria).get(f"/pesanan/{other.code}")
    assert "Dibatalkan diganti PNW/" in page.text
    first = page.links("Penawaran PNW/")[-1]
    assert "DIBATALKAN" in read(pdf(as_(app, session, maria), first))
    assert "CANCELLED" in read(pdf(as_(app, session, maria), f"/en{first}"))
    assert "DIBATALKAN" not in read(pdf(as_(app, session, maria), page.links("Penawaran PNW/")[0]))


@on_one_engine
def test_a_link_opens_the_papers_of_its_thread_and_of_no_other(app: Flask, session: Session) -> None:
    inquiry, _order, _maria, _ratna = ordered(session, app)
    guest = Visitor(app.test_client())
    page = guest.get(f"/t/{link(session, app, inquiry, 'buyer')}")
    (address,) = page.links("Tagihan TGH/")
    pdf(guest, address)
    other = factories.inquiry(session, inquiry.items[0].listing)
    session.commit()
    name = address.rsplit("/", 1)[1]
    stranger = Visitor(app.test_client())
    stranger.get(f"/t/{link(session, app, other, 'buyer')}")
    stranger.get(address, 404)
    stranger.get(f"/pesanan/{other.code}/dokumen/{name}", 404)
    for wrong in ("TGH-2026-9999.pdf", "apa-saja.pdf", "TGH-2026-1.pdf"):
        guest.get(f"/pesanan/{inquiry.code}/dokumen/{wrong}", 404)
    Visitor(app.test_client()).get(address, 404)


@on_one_engine
def test_letters_no_face_has_are_spelt_in_those_it_has(app: Flask, session: Session) -> None:
    inquiry, _order, maria, _ratna = ordered(session, app)
    other = factories.inquiry(session, inquiry.items[0].listing, buyer_name="Łucja Guimarães 山田")
    with app.app_context():
        quotes.send_quote(session, other, _offer(other), by=maria, form_key="one", at=now())
    session.commit()
    (address,) = as_(app, session, maria).get(f"/pesanan/{other.code}").links("Penawaran PNW/")
    said = read(pdf(as_(app, session, maria), address))
    assert "Guimarães" in said and "Shan Tian" in said


def _offer(inquiry: Inquiry) -> Offer:
    lines = [Offered("Lemari – dua pintu", 1, 6_000_000, inquiry.items[0].listing_id)]
    return Offer(lines, 0, 0, 50, 30, now() + timedelta(days=7), note="Kayu jati “tua”")
