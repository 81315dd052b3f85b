"""An order walked in its thread: paid, made, shown, shipped, received; disputed and settled; by each side's own pages."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.actions import bank_accounts, orders, payments, proofs, quotes
from shop.actions.quote_rows import Delivery
from shop.domain.payment import Method
from shop.domain.roles import Actor
from shop.extensions import now
from shop.models import BankAccount, Inquiry, Order, Payment, Person, StaffTask
from shop.queries.ledger import owed_idr
from tests import factories
from tests.actions.clocks import keep_orders_moving
from tests.blueprints.test_quoting import quoted
from tests.images.pictures import as_bytes, quarters
from tests.page import Visitor


def staff(session: Session) -> tuple[Person, Person]:
    """A curator with the payments permission, and an administrator."""
    curator = factories.curator(session, "Sari", matches_payments=True)
    admin = factories.person(session, "Ana", is_administrator=True)
    session.commit()
    return curator, admin


def account(session: Session, app: Flask, curator: Person, admin: Person) -> BankAccount:
    with app.app_context():
        moment = now()
    made = bank_accounts.propose(
        session, bank="Bank NTT", number="0010203", holder="Dekranasda", by=admin, at=moment
    )
    bank_accounts.confirm(session, made, by=curator, at=moment)
    session.commit()
    return made


def ordered(session: Session, app: Flask) -> tuple[Inquiry, Order, Person, Person]:
    inquiry, quote, maria, ratna = quoted(session, app)
    with app.app_context():
        moment = now()
    order = quotes.accept(session, inquiry, quote, delivery=Delivery(pick_up=True), by=ratna, at=moment)
    session.commit()
    return inquiry, order, maria, ratna


def as_(app: Flask, session: Session, who: Person) -> Visitor:
    return Visitor(app.test_client()).signed_in(session, who)


def slip(left: int = 200) -> tuple[io.BytesIO, str]:
    return io.BytesIO(as_bytes(quarters(left, 300), "JPEG")), "bukti.jpg"


def test_a_cupboard_from_deposit_to_receipt(app: Flask, session: Session) -> None:
    curator, admin = staff(session)
    account(session, app, curator, admin)
    inquiry, order, maria, ratna = ordered(session, app)
    thread = f"/pesanan/{inquiry.code}"

    buyer = as_(app, session, ratna)
    buyer.get(thread)
    page = buyer.press("Bayar lewat transfer bank")
    payment = session.scalars(select(Payment)).one()
    assert "0010203" in page.text
    assert f"{payment.code_idr}" in page.text
    page = buyer.press("Kirim bukti transfer", {"Foto bukti transfer": slip()})
    assert "Bukti sedang diperiksa" in page.text

    desk = as_(app, session, curator)
    page = desk.get("/kurasi/pembayaran")
    assert "Periksa bukti bayar" in page.text
    desk.press("Catat", {f"Jumlah yang masuk untuk {inquiry.code}": str(payment.total_idr)})
    session.expire_all()
    assert (payment.status, inquiry.status) == ("received", "in_production")

    maker = as_(app, session, maria)
    maker.get(f"{thread}/langkah/jadi")
    page = maker.press("Karya sudah jadi", {"Foto": slip(320)})
    assert page.heading.startswith("Menunggu pelunasan")

    buyer.get(thread)
    assert buyer.press("Bayar dengan kartu").heading == "Meja bayar contoh"
    card = session.scalars(select(Payment).order_by(Payment.id.desc())).first()
    assert card is not None
    assert card.amount_idr == order.total_idr - payment.total_idr
    page = buyer.press("Bayar")
    assert page.heading.startswith("Lunas")

    maker.get(f"{thread}/langkah/kirim")
    assert "Isi nomor resi" in maker.press("Simpan", {"Kurir": "JNE"}, status=422).text
    maker.press("Simpan", {"Kurir": "JNE", "Nomor resi": "TKN123"})
    page = buyer.get(thread)
    assert "TKN123" in page.text
    buyer.get(f"{thread}/langkah/diterima")
    buyer.press("Sudah saya terima")
    session.expire_all()
    assert inquiry.status == "completed"
    assert owed_idr(session, inquiry.producer_id) == payment.total_idr + card.total_idr
    assert not session.scalar(select(func.count()).select_from(StaffTask).where(StaffTask.done_at.is_(None)))


def test_another_amount_than_asked_is_told_and_nothing_moves_on_by_itself(
    app: Flask, session: Session
) -> None:
    curator, admin = staff(session)
    where = account(session, app, curator, admin)
    inquiry, _, _, ratna = ordered(session, app)
    with app.app_context():
        payment = payments.begin(session, inquiry, Method.TRANSFER, account=where, at=now())
    session.commit()
    desk = as_(app, session, curator)
    page = desk.get(f"/kurasi/pembayaran?nominal={payment.amount_idr}")
    assert inquiry.code in page.text
    assert "Isi jumlah yang masuk" in desk.press("Catat", status=422).text
    desk.press("Catat", {f"Jumlah yang masuk untuk {inquiry.code}": str(payment.amount_idr - 1000)})
    session.expire_all()
    assert (payment.status, inquiry.status) == ("mismatched", "deposit_due")
    assert "Nominal kurang" in desk.get("/kurasi/pembayaran").text
    page = as_(app, session, ratna).get(f"/pesanan/{inquiry.code}")
    left = payment.amount_idr - (payment.amount_idr - 1000)
    assert f"Rp {left:,}".replace(",", ".") in page.text  # what is missing, and a way to pay it
    assert page.html.xpath("//button[contains(., 'Bayar lewat transfer bank')]")


def test_an_account_takes_money_only_after_a_second_person_confirmed_it(app: Flask, session: Session) -> None:
    curator, admin = staff(session)
    visitor = as_(app, session, admin)
    visitor.get("/admin/rekening")
    assert "Isi nama bank" in visitor.press("Usulkan rekening", status=422).text
    page = visitor.press(
        "Usulkan rekening", {"Bank": "Bank NTT", "Nomor rekening": "99", "Atas nama": "Dekranasda"}
    )
    assert "Menunggu orang kedua" in page.text
    visitor.get("/kurasi/pembayaran")
    visitor.press("Konfirmasi", status=403)
    second = as_(app, session, curator)
    second.get("/kurasi/pembayaran")
    second.press("Konfirmasi")
    assert "Dipakai" in visitor.get("/admin/rekening").text


def test_a_problem_is_settled_by_a_curator_and_the_money_goes_back(app: Flask, session: Session) -> None:
    curator, admin = staff(session)
    where = account(session, app, curator, admin)
    inquiry, _, _, ratna = ordered(session, app)
    with app.app_context():
        moment = now()
    payment = payments.begin(session, inquiry, Method.TRANSFER, account=where, at=moment)
    payments.take(session, payment, received_idr=payment.total_idr, key="x", by=curator, at=moment)
    session.commit()
    buyer = as_(app, session, ratna)
    buyer.get(f"/pesanan/{inquiry.code}/langkah/masalah")
    assert "Tulis penjelasannya" in buyer.press("Kirim ke Galeri", status=422).text
    page = buyer.press("Kirim ke Galeri", {"Penjelasan": "Sudah dua bulan tidak ada kabar"})
    assert "menengahi" in page.heading
    desk = as_(app, session, curator)
    desk.get(f"/pesanan/{inquiry.code}")
    assert desk.page is not None
    assert desk.page.links("Putuskan")
    desk.get(f"/kurasi/pesanan/{inquiry.code}/putusan")
    too_much = {"Jumlah yang dikembalikan": "99.000.000", "Penjelasan": "Sebagian"}
    desk.press("Kembalikan sebagian", too_much, status=422)
    desk.get(f"/kurasi/pesanan/{inquiry.code}/putusan")
    desk.press("Kembalikan semua dana", {"Penjelasan": "Tidak dikerjakan"})
    session.expire_all()
    assert inquiry.status == "refunded"
    assert "Kembalikan dana lewat bank" in desk.get("/kurasi/pembayaran").text


def test_either_side_cancels_before_the_deposit_and_nobody_after(app: Flask, session: Session) -> None:
    inquiry, _, maria, ratna = ordered(session, app)
    maker = as_(app, session, maria)
    maker.get(f"/pesanan/{inquiry.code}/langkah/batalkan")
    maker.press("Batalkan pesanan", {"Penjelasan": "Kayunya habis"})
    session.expire_all()
    assert inquiry.status == "cancelled"
    as_(app, session, ratna).get(f"/pesanan/{inquiry.code}/langkah/batalkan", status=409)


@pytest.mark.parametrize(
    "word", ["kemajuan", "jadi", "kirim", "diambil", "tidak-dapat", "diterima", "masalah", "batalkan"]
)
def test_the_steps_of_an_order_are_not_there_for_others(app: Flask, session: Session, word: str) -> None:
    inquiry, _, _, _ = ordered(session, app)
    address = f"/pesanan/{inquiry.code}/langkah/{word}"
    Visitor(app.test_client()).get(address, status=404)
    as_(app, session, factories.person(session, "Tono")).get(address, status=404)
    Visitor(app.test_client()).get(f"/pesanan/{inquiry.code}/langkah/entah", status=404)


@pytest.mark.parametrize("address", ["/kurasi/pembayaran", "/admin/rekening"])
def test_money_pages_are_for_those_with_the_permission(app: Flask, session: Session, address: str) -> None:
    plain = factories.curator(session, "Rina")
    as_(app, session, plain).get(address, status=404)
    as_(app, session, factories.person(session, "Tono")).get(address, status=404)
    page = Visitor(app.test_client()).get(address)
    assert page.address == "/masuk"


def test_the_clock_lapses_a_deposit_unless_a_proof_is_being_checked(app: Flask, session: Session) -> None:
    curator, admin = staff(session)
    where = account(session, app, curator, admin)
    inquiry, order, _, _ = ordered(session, app)
    late = order.entered_at + timedelta(days=3)
    payment = payments.begin(session, inquiry, Method.TRANSFER, account=where, at=order.entered_at)
    proofs.send(session, payment, factories.photo(session), at=order.entered_at)
    assert keep_orders_moving(session, at=late) == 0
    payment.status = "open"
    session.flush()
    assert keep_orders_moving(session, at=late) == 1
    assert inquiry.status == "lapsed"
    assert keep_orders_moving(session, at=late + timedelta(days=7)) == 0


def test_a_late_promise_and_an_unshipped_order_call_a_person_once(app: Flask, session: Session) -> None:
    curator, admin = staff(session)
    where = account(session, app, curator, admin)
    inquiry, order, _, _ = ordered(session, app)
    payment = payments.begin(session, inquiry, Method.TRANSFER, account=where, at=order.entered_at)
    payments.take(session, payment, received_idr=payment.total_idr, key="x", by=curator, at=order.entered_at)
    assert order.promised_at is not None
    late = order.promised_at + timedelta(days=14)
    assert keep_orders_moving(session, at=late) == 1
    assert keep_orders_moving(session, at=late + timedelta(days=1)) == 0
    kinds = session.scalars(select(StaffTask.kind).where(StaffTask.done_at.is_(None))).all()
    assert kinds == ["late_in_production"]


def test_a_quote_nobody_answered_lapses_two_weeks_after_it_ran_out(app: Flask, session: Session) -> None:
    inquiry, quote, _, _ = quoted(session, app)
    late = quote.valid_until + timedelta(days=14)
    assert keep_orders_moving(session, at=late - timedelta(seconds=1)) == 0
    assert keep_orders_moving(session, at=late) == 1
    assert inquiry.status == "lapsed"


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_slip_from_a_page_that_is_old_by_now_is_kept_and_a_person_looks(
    app: Flask, session: Session
) -> None:
    curator, admin = staff(session)
    account(session, app, curator, admin)
    inquiry, _, maria, ratna = ordered(session, app)
    buyer = as_(app, session, ratna)
    buyer.get(f"/pesanan/{inquiry.code}")
    buyer.press("Bayar lewat transfer bank")
    with app.app_context():
        orders.cancel(session, inquiry, actor=Actor.PRODUCER, by=maria, why="Kayu habis", at=now())
    session.commit()
    page = buyer.press("Kirim bukti transfer", {"Foto bukti transfer": slip()})
    assert "Bukti terkirim" in page.text
    session.expire_all()
    assert inquiry.status == "cancelled"
    assert session.scalars(select(StaffTask.kind)).all() == ["check_proof"]
