"""Money that goes back by bank: the buyer says where to, staff send it there, and nobody else ever sees the number."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions import disputes, leaving, orders, payments, refund_accounts, refunds
from shop.domain.payment import Method
from shop.extensions import now
from shop.models import Event, Inquiry, Notice, Order, Person, Refund
from shop.queries import buyer as room
from tests import factories
from tests.blueprints.test_link_guards import after_digits, by_link
from tests.blueprints.test_ordering import account, as_, ordered, staff
from tests.page import Visitor

TYPED = {"Bank": "BRI", "Nomor rekening": "0021-01 234567.89", "Atas nama": "Ratna Dewi"}
NUMBER = "00210123456789"


def given_back(app: Flask, session: Session) -> tuple[Inquiry, Order, Person, Person, Person]:
    """An order paid by transfer, disputed, all of it to go back; the buyer, the maker, the curator."""
    curator, admin = staff(session)
    bank = account(session, app, curator, admin)
    inquiry, order, maria, ratna = ordered(session, app)
    order.address = {"penerima": "Ratna", "jalan": "Jl. Merdeka 1", "kecamatan": "Kota Atambua"}
    with app.app_context():
        at = now()
    payment = payments.begin(session, inquiry, Method.TRANSFER, account=bank, at=at)
    payments.take(session, payment, received_idr=payment.total_idr, key="a", by=curator, at=at)
    orders.problem(session, inquiry, by=ratna, words="Retak", at=at)
    disputes.refund_all(session, inquiry, by=curator, why="Tidak jadi", at=at)
    session.commit()
    return inquiry, order, ratna, maria, curator


def test_the_buyer_names_an_account_that_only_they_and_the_desk_see(app: Flask, session: Session) -> None:
    inquiry, order, ratna, maria, curator = given_back(app, session)
    thread, money = f"/pesanan/{inquiry.code}", f"/kurasi/pesanan/{inquiry.code}/uang"
    letters = {
        notice.to_email: notice.facts
        for notice in session.scalars(select(Notice))
        if notice.kind == "dispute_refunded"
    }
    assert letters.pop(ratna.email)["by_bank"] is True
    assert all("by_bank" not in facts for facts in letters.values())
    assert (room.counts(session, ratna).tindakan, room.has_open(session, ratna)) == (1, True)
    desk = as_(app, session, curator)
    assert "Pembeli belum mengisi rekeningnya" in desk.get(money).text

    buyer = as_(app, session, ratna)
    assert "Ke rekening mana?" in buyer.get(thread).text
    buyer.get(f"{thread}/rekening")
    page = buyer.press("Simpan rekening", TYPED | {"Nomor rekening": "12 34"}, status=422)
    assert "angka saja" in page.text
    assert "Ratna Dewi" in page.html.xpath("//input[@name='nama']/@value")
    page = buyer.press("Simpan rekening", TYPED)
    assert "BRI ••••6789" in page.text
    session.expire_all()
    assert (order.refund_account["number"], order.refund_account["by"]) == (NUMBER, "buyer")
    assert room.counts(session, ratna).selesai == 1

    assert NUMBER in desk.get(money).text
    for other in (as_(app, session, maria), as_(app, session, factories.curator(session, "Rina"))):
        assert NUMBER[-4:] not in other.get(thread).text
        other.get(f"{thread}/rekening", status=404)
        other.get(money, status=404)
    assert Visitor(app.test_client()).get(f"{thread}/rekening", status=404)
    assert NUMBER not in str([event.facts for event in session.scalars(select(Event))])

    other = by_link(app, session, inquiry, "buyer")
    assert NUMBER[-4:] not in other.get(thread).text
    assert (
        after_digits(other, f"{thread}/rekening", inquiry.buyer_phone[-4:]).heading
        == "Rekening untuk pengembalian"
    )
    desk.get(money)
    assert "Isi nomor rekening" in desk.press("Simpan rekening", {"Nomor rekening": ""}, status=422).text
    desk.press("Simpan rekening", TYPED | {"Nomor rekening": "7000123", "Bank": "DANA"})
    late = inquiry.changed_at + refund_accounts.KEPT_FOR + timedelta(days=1)
    assert refund_accounts.forget_old(session, at=late) == 0, "the money was not sent yet"
    session.commit()
    colleague = as_(app, session, session.scalars(select(Person).where(Person.name == "Ana")).one())
    colleague.get(money)
    desk.press("Sudah dikirim", {"Nomor referensi bank": "NTT-9"})
    page = colleague.press("Sudah dikirim", {"Nomor referensi bank": "NTT-10"}, status=409)
    assert "NTT-9" in page.text, "both sent it: the second must not believe that theirs is written down"
    assert "DANA" not in desk.get(money).text, "nobody needs it any more"
    buyer.get(f"{thread}/rekening", status=409)
    assert refund_accounts.forget_old(session, at=late) == 1
    assert order.refund_account == {}


def test_the_account_and_the_street_go_when_the_buyer_is_forgotten(app: Flask, session: Session) -> None:
    inquiry, order, ratna, *_ = given_back(app, session)
    order.refund_account = {"bank": "BRI", "number": NUMBER, "holder": "Ratna", "by": "buyer"}
    leaving.ask_to_leave(session, ratna, at=inquiry.changed_at)
    late = inquiry.changed_at + timedelta(days=30)
    assert leaving.finish_deletions(session, at=late) == 0, "money of theirs is still to be sent"
    refunds.done(session, session.scalars(select(Refund)).one(), bank_reference="N", by=None, at=late)
    assert leaving.finish_deletions(session, at=late) == 1
    session.expire_all()
    assert (order.refund_account, order.address) == ({}, {"kecamatan": "Kota Atambua"})
