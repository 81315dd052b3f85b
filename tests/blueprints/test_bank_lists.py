"""The payment desk's lists: sent, looked at, columns told once, taken in, decided; whose door it is."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions import bank_lists, payments
from shop.domain.payment import Method
from shop.extensions import now
from shop.models import Payment, Person, Statement, StatementLine, StatementSource
from tests import factories
from tests.blueprints.test_ordering import account, as_, ordered, staff
from tests.page import Visitor

DESK = "/kurasi/pembayaran/mutasi"


def csv(text: str, name: str = "mutasi.csv") -> tuple[io.BytesIO, str]:
    return io.BytesIO(text.encode()), name


def waiting(app: Flask, session: Session) -> tuple[Visitor, Payment, str]:
    """The desk, a transfer that is waited for, and today as a bank writes it."""
    curator, admin = staff(session)
    where = account(session, app, curator, admin)
    inquiry, *_ = ordered(session, app)
    with app.app_context():
        at = now()
        payment = payments.begin(session, inquiry, Method.TRANSFER, account=where, at=at)
        today = f"{at.astimezone(app.extensions['shop'].council.zone):%d/%m/%Y}"
    session.commit()
    return as_(app, session, curator), payment, today


def test_a_list_from_the_file_to_the_order(app: Flask, session: Session) -> None:
    desk, payment, today = waiting(app, session)
    text = (
        f"Rekening;0010203\n\nHari;Tgl;Uraian;Debet;Kredit\n"
        f"x;{today};RATNA;0,00;{payment.total_idr},00\nx;{today};BIAYA;5.000,00;0,00\n"
        f"x;{today};<b>DARI</b> SIAPA;0,00;{payment.total_idr - 500}\n"
    )
    desk.get(DESK)
    page = desk.press("Lihat isinya", {"Berkas CSV": csv(text)})
    assert "2 baris uang masuk. 2 baru, 0 sudah pernah masuk" in page.text
    assert "1 baris dilewati: uang keluar atau nol" in page.text
    page = desk.press("Baca dengan kolom ini", {"Keterangan": "Hari"})
    page = desk.press("Masukkan 2 baris baru")
    assert "2 baris baru, 1 langsung cocok" in page.text
    assert "1–1 dari 1 baris" in page.text
    session.expire_all()
    assert (payment.status, payment.order.inquiry.status) == ("received", "in_production")
    source = session.scalars(select(StatementSource)).one()
    assert (source.columns["words"], source.columns["amount"]) == ("Hari", "Kredit")

    page = desk.press(
        "Lihat isinya", {"Berkas CSV": csv(text)}
    )  # the same file again, the columns remembered
    assert "0 baru, 2 sudah pernah masuk" in page.text
    assert "0 baris baru, 0 langsung cocok" in desk.press("Masukkan 0 baris baru").text

    code = payment.order.inquiry.code
    assert "Tidak ada pesanan dengan nomor ini" in desk.press("Catat", {"Nomor pesanan": "BLU-XX"}, 422).text
    assert "Isi nomor pesanan" in desk.press("Catat", {"Nomor pesanan": ""}, 422).text
    assert "Tulis uang apa ini" in desk.press("Bukan milik kita", {"Uang apa ini?": ""}, 422).text
    page = desk.press("Catat", {"Nomor pesanan": code.lower()})
    assert "Uang ini tercatat" in page.text
    assert "Kelebihan" in desk.get("/kurasi/pembayaran").text


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_line_goes_to_a_candidate_at_a_press_or_is_none_of_ours(app: Flask, session: Session) -> None:
    desk, payment, today = waiting(app, session)
    text = f"Tanggal,Jumlah\n{today},{payment.amount_idr}\n{today},5000\n"
    desk.get(DESK)
    desk.press("Lihat isinya", {"Berkas CSV": csv(text)})
    page = desk.press("Masukkan")
    assert f"selisih −Rp {payment.code_idr}" in page.text
    desk.press("Bukan milik kita", {"Uang apa ini?": "Bunga bank"})
    desk.get(f"{DESK}?bagian=bukan")
    assert "Bunga bank" in desk.page.text if desk.page else False
    desk.press("Kembalikan ke daftar")
    old = [line for line in session.scalars(select(StatementLine)) if line.amount_idr == payment.amount_idr]
    form = {"csrf_token": desk.get(DESK).html.xpath("//input[@name='csrf_token']")[0].get("value")}
    for _ in range(2):  # pressed twice
        answer = desk.client.post(f"{DESK}/{old[0].id}/untuk", data=form | {"pembayaran": str(payment.id)})
        assert answer.status_code == 303
    session.expire_all()
    assert (payment.status, payment.received_idr) == ("mismatched", payment.amount_idr)
    aside = desk.client.post(f"{DESK}/{old[0].id}/bukan", data=form | {"alasan": "x"})
    assert aside.status_code == 409


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "judul kolom"),
        (b"PK\x03\x04\0\0", "bukan berkas CSV"),
        (b"Tanggal,Jumlah\n" + b"1/1/2026,1000\n" * 5_001, "lebih dari 5.000 baris"),
    ],
)
def test_what_is_no_list_comes_back_with_a_sentence(
    app: Flask, session: Session, content: bytes, why: str
) -> None:
    desk, *_ = waiting(app, session)
    desk.get(DESK)
    page = desk.press("Lihat isinya", {"Berkas CSV": (io.BytesIO(content), "a.csv")}, status=422)
    assert why in page.text
    assert "Pilih berkas CSV" in desk.press("Lihat isinya", status=422).text


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_too_large_a_file_is_refused_and_the_desk_is_its_peoples_alone(app: Flask, session: Session) -> None:
    desk, *_ = waiting(app, session)
    desk.get(DESK)
    page = desk.press("Lihat isinya", {"Berkas CSV": (io.BytesIO(b"x" * 1_200_000), "a.csv")}, status=413)
    assert "1 MB" in page.text
    for address in (DESK, f"{DESK}/berkas/1"):
        assert Visitor(app.test_client()).get(address).address == "/masuk"
        as_(app, session, factories.person(session, "Tono")).get(address, status=404)
        as_(app, session, factories.curator(session, "Rina")).get(address, status=404)
    desk.get(f"{DESK}/berkas/99", status=404)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_taking_a_file_twice_is_once_and_old_files_are_forgotten(app: Flask, session: Session) -> None:
    desk, payment, today = waiting(app, session)
    text = f"Tanggal,Jumlah\n{today},{payment.total_idr}\n"
    desk.get(DESK)
    first = desk.press("Lihat isinya", {"Berkas CSV": csv(text)}).address
    form = {"csrf_token": desk.get(first).html.xpath("//input[@name='csrf_token']")[0].get("value")}
    form |= {"tanggal": "Tanggal", "jumlah": "Jumlah", "arah": "", "keterangan": "", "referensi": ""}
    for _ in range(2):
        assert desk.client.post(first, data=form).status_code == 303
    assert desk.get(first).address == DESK
    session.expire_all()
    assert len(session.scalars(select(StatementLine)).all()) == 1
    assert session.scalars(select(Statement.text)).all() == [""]
    desk.press("Lihat isinya", {"Berkas CSV": csv(text)})
    bank_lists.forget_files(session, at=payment.created_at + timedelta(days=2))
    assert len(session.scalars(select(Statement)).all()) == 1


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_when_the_account_changes_the_buyer_gets_a_payment_to_the_new_one(
    app: Flask, session: Session
) -> None:
    _, payment, _ = waiting(app, session)
    buyer_of = session.get_one(Person, payment.order.inquiry.buyer_id)
    admin, curator = (
        session.scalars(select(Person).where(Person.name == name)).one() for name in ("Ana", "Sari")
    )
    where = account(session, app, curator, admin)
    buyer = as_(app, session, buyer_of)
    page = buyer.get(f"/pesanan/{payment.order.inquiry.code}")
    assert "Rekening Galeri sudah berganti" in page.text
    buyer.press("Bayar lewat transfer bank")
    session.expire_all()
    new = session.scalars(select(Payment).order_by(Payment.id.desc())).first()
    assert new is not None and new.bank_account_id == where.id
    assert (payment.status, payment.released_at) == ("expired", None)
