"""What a private link opens at once, what asks for the four digits first, and where one stands afterwards."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from shop.actions import payments
from shop.domain.payment import Method
from shop.extensions import now
from shop.models import Inquiry
from tests.blueprints.test_ordering import account, ordered, staff
from tests.blueprints.test_quoting import quoted
from tests.blueprints.test_threads import link, thread
from tests.page import Page, Visitor

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
DIGITS = "Apakah ini Anda?"


def by_link(app: Flask, session: Session, inquiry: Inquiry, side: str) -> Visitor:
    visitor = Visitor(app.test_client())
    visitor.get(f"/t/{link(session, app, inquiry, side)}")
    return visitor


def after_digits(visitor: Visitor, address: str, digits: str) -> Page:
    """The page one wanted; the digits were asked on the way there."""
    assert visitor.get(address).heading == DIGITS, address
    return visitor.press("Lanjut", {"Empat angka terakhir": digits})


def test_a_maker_stands_at_the_quote_after_the_digits(app: Flask, session: Session) -> None:
    inquiry, maker = thread(session, app)
    maker.phone, inquiry.producer.phone = None, "+6281200007890"
    session.commit()
    visitor = by_link(app, session, inquiry, "producer")
    assert after_digits(visitor, f"/pesanan/{inquiry.code}/penawaran", "7890").heading == "Buat penawaran"
    assert visitor.get(f"/pesanan/{inquiry.code}/tolak").heading != DIGITS, "once for each browser"


def test_a_buyer_stands_at_the_second_screen_after_the_digits(app: Flask, session: Session) -> None:
    inquiry, *_ = quoted(session, app)
    visitor = by_link(app, session, inquiry, "buyer")
    page = after_digits(visitor, f"/pesanan/{inquiry.code}/setujui", inquiry.buyer_phone[-4:])
    assert page.heading.startswith("Setujui Rp")
    other = by_link(app, session, inquiry, "buyer")
    page = after_digits(other, f"/pesanan/{inquiry.code}/minta-diubah", inquiry.buyer_phone[-4:])
    assert page.address.endswith("/minta-diubah")


def test_a_photo_of_the_work_is_free_what_binds_is_not(app: Flask, session: Session) -> None:
    curator, admin = staff(session)
    bank = account(session, app, curator, admin)
    inquiry, *_ = ordered(session, app)
    with app.app_context():
        at = now()
    payment = payments.begin(session, inquiry, Method.TRANSFER, account=bank, at=at)
    payments.take(session, payment, received_idr=payment.total_idr, key="a", by=curator, at=at)
    inquiry.producer.phone = "+6281200007890"
    session.commit()
    steps = f"/pesanan/{inquiry.code}/langkah"
    visitor = by_link(app, session, inquiry, "producer")
    assert visitor.get(f"{steps}/kemajuan").heading == "Kirim foto pengerjaan"
    assert visitor.get(f"{steps}/tidak-dapat").heading == DIGITS
    assert after_digits(visitor, f"{steps}/jadi", "7890").heading == "Karya sudah jadi"
    assert visitor.get(f"{steps}/tidak-dapat").heading == "Tidak dapat menyelesaikan pesanan"
    guest = by_link(app, session, inquiry, "buyer")
    assert guest.get(f"{steps}/masalah").heading == DIGITS
    guest.get(f"{steps}/jadi", 404)


def test_an_address_made_up_leads_nowhere_else(app: Flask, session: Session) -> None:
    """Whatever stands in `lanjut`: the thread, never another place."""
    inquiry, _ = thread(session, app)
    for made_up in ("//contoh.test", "langkah/../../kurasi"):
        visitor = by_link(app, session, inquiry, "buyer")
        visitor.get(f"/pesanan/{inquiry.code}/angka?lanjut={made_up}")
        page = visitor.press("Lanjut", {"Empat angka terakhir": inquiry.buyer_phone[-4:]})
        assert page.address == f"/pesanan/{inquiry.code}"
