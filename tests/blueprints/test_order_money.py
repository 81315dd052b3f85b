"""The money of an order at the desk: every odd case has a door that ends it, once, for those who may."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions import payments, tasks
from shop.domain.payment import Method
from shop.extensions import now
from shop.models import BankAccount, Inquiry, Order, Payment, Person, Refund, StaffTask
from shop.queries import payments as queries
from shop.queries.ledger import surplus_idr
from tests import factories
from tests.blueprints.test_ordering import account, as_, ordered, slip, staff
from tests.page import Visitor


def arrived(
    app: Flask, session: Session, *, extra: int = 0
) -> tuple[Inquiry, Order, Payment, Person, Person]:
    """An order whose deposit came by transfer, with so much more or less; the curator and the administrator."""
    curator, admin = staff(session)
    where = account(session, app, curator, admin)
    inquiry, order, *_ = ordered(session, app)
    with app.app_context():
        at = now()
        payment = payments.begin(session, inquiry, Method.TRANSFER, account=where, at=at)
        came = (payment.amount_idr if extra < 0 else payment.total_idr) + extra
        payments.take(session, payment, received_idr=came, key="a", by=curator, at=at)
    session.commit()
    return inquiry, order, payment, curator, admin


def test_surplus_is_used_and_the_rest_goes_back_with_a_banks_reference(app: Flask, session: Session) -> None:
    _, order, _, curator, _ = arrived(app, session, extra=3_000_000)
    desk = as_(app, session, curator)
    (home,) = desk.get("/kurasi/pembayaran").links("Kelebihan atau pembayaran kedua")
    assert "Pakai" in desk.get(home).text
    desk.press("Pakai")
    session.expire_all()
    left = surplus_idr(session, order)
    assert 0 < left < 3_000_000
    page = desk.press("Kembalikan kepada pembeli", {"Jumlah yang dikembalikan": "9.000.000"}, status=422)
    assert "dapat dikembalikan" in page.text
    desk.press("Kembalikan kepada pembeli", {"Jumlah yang dikembalikan": str(left)})
    assert "Isi nomor referensi bank" in desk.press("Sudah dikirim", status=422).text
    page = desk.press("Sudah dikirim", {"Nomor referensi bank": "NTT-77"})
    assert "NTT-77" in page.text
    session.expire_all()
    refund = session.scalars(select(Refund)).one()
    assert (refund.amount_idr, refund.bank_reference, surplus_idr(session, order)) == (left, "NTT-77", 0)
    assert not session.scalars(select(StaffTask.kind).where(StaffTask.done_at.is_(None))).all()


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_an_administrator_waives_what_a_bank_kept(app: Flask, session: Session) -> None:
    inquiry, _, _, curator, admin = arrived(app, session, extra=-6_500)
    address = f"/kurasi/pesanan/{inquiry.code}/uang"
    page = as_(app, session, curator).get(address)
    assert "Kurang Rp 6.500. Pembeli sudah diminta" in page.text
    boss = as_(app, session, admin)
    boss.get(address)
    assert "Tulis penjelasannya" in boss.press("Hapus selisih", status=422).text
    assert "Selisih dihapus" in boss.press("Hapus selisih", {"Mengapa dihapus?": "Biaya antarbank"}).text
    session.expire_all()
    assert inquiry.status == "in_production"


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_proof_that_shows_no_money_goes_back_with_a_word(app: Flask, session: Session) -> None:
    curator, admin = staff(session)
    account(session, app, curator, admin)
    inquiry, _, _, ratna = ordered(session, app)
    buyer = as_(app, session, ratna)
    buyer.get(f"/pesanan/{inquiry.code}")
    buyer.press("Bayar lewat transfer bank")
    buyer.press("Kirim bukti transfer", {"Foto bukti transfer": slip()})
    desk = as_(app, session, curator)
    desk.get("/kurasi/pembayaran")
    assert "Tulis penjelasannya" in desk.press("Minta bukti lain", status=422).text
    desk.press("Minta bukti lain", {"Apa yang tidak cocok?": "Fotonya dari bulan lalu"})
    session.expire_all()
    assert session.scalars(select(Payment.status)).all() == ["open"]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_recording_what_a_colleague_recorded_meanwhile_counts_nothing_twice(
    app: Flask, session: Session
) -> None:
    curator, admin = staff(session)
    where = account(session, app, curator, admin)
    inquiry, order, *_ = ordered(session, app)
    with app.app_context():
        payment = payments.begin(session, inquiry, Method.TRANSFER, account=where, at=now())
    session.commit()
    first, second = as_(app, session, curator), as_(app, session, admin)
    amount = {f"Jumlah yang masuk untuk {inquiry.code}": str(payment.total_idr)}
    first.get("/kurasi/pembayaran")
    second.get("/kurasi/pembayaran")
    first.press("Catat", amount)
    second.press("Catat", amount, status=409)
    session.expire_all()
    assert surplus_idr(session, order) == 0
    page = second.get(
        f"/kurasi/pembayaran?nominal={payment.total_idr}"
    )  # a second transfer, found by its sum
    assert "Sudah diterima" in page.text
    second.press("Catat", amount)
    assert surplus_idr(session, order) == payment.total_idr


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_task_that_no_step_ends_is_closed_with_a_word(app: Flask, session: Session) -> None:
    inquiry, _, payment, curator, _ = arrived(app, session)
    with app.app_context():
        facts = {"amount_idr": 5, "told": "dispute_opened"}
        made = tasks.open_task(
            session, "chargeback", "payment:1", at=now(), inquiry=inquiry, payment=payment, facts=facts
        )
        done_elsewhere = tasks.open_task(session, "surplus", "payment:2", at=now(), inquiry=inquiry)
    session.commit()
    desk = as_(app, session, curator)
    (home,) = desk.get("/kurasi/pembayaran").links("Pembeli menarik pembayaran kartu")
    assert "Dibuka" in desk.get(home).text
    assert "Tulis apa yang dilakukan" in desk.press("Sudah ditangani", status=422).text
    desk.press("Sudah ditangani", {"Apa yang dilakukan?": "Bukti kirim diunggah"})
    assert "Bukti kirim diunggah" in desk.get(home).text
    desk.get(f"/kurasi/pembayaran/tugas/{done_elsewhere.id}", status=404)
    for other in (factories.person(session, "Tono"), factories.curator(session, "Rina")):
        as_(app, session, other).get(f"/kurasi/pembayaran/tugas/{made.id}", status=404)
        as_(app, session, other).get(f"/kurasi/pesanan/{inquiry.code}/uang", status=404)
    assert Visitor(app.test_client()).get(f"/kurasi/pesanan/{inquiry.code}/uang").address == "/masuk"
    desk.get("/kurasi/pesanan/BLU-XXXXXXX/uang", status=404)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_the_second_page_of_the_desk_counts_on(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    with app.app_context():
        at = now()
    for number in range(5):
        tasks.open_task(session, "late_to_ship", f"order:{number}", at=at - timedelta(days=number))
    for page, first, last, more in ((1, 1, 2, True), (2, 3, 4, True), (3, 5, 5, False), (8, 5, 5, False)):
        found = queries.open_tasks(session, page=page)
        assert (found.first, found.last, found.more, found.total) == (first, last, more, 5)
    assert queries.waiting(session).total == 0
    assert session.scalar(select(BankAccount.id)) is None
