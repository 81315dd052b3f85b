"""Money for makers: staff record a transfer, the maker reads the month, and both take the same file away."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions import orders, payments
from shop.domain.payment import Method
from shop.domain.roles import Actor
from shop.extensions import now
from shop.models import Inquiry, Notice, Payout, Person, Posting
from shop.operations import money_check
from shop.queries.ledger import owed_idr
from shop.web.letters import letter
from tests import factories
from tests.blueprints.test_ordering import account, as_, ordered, staff
from tests.blueprints.test_papers import read
from tests.page import Visitor


def completed(session: Session, app: Flask) -> tuple[Inquiry, Person, Person, int]:
    """An order that was received ten days ago, its maker's chair, a payments curator, and what the maker is owed."""
    curator, admin = staff(session)
    bank = account(session, app, curator, admin)
    inquiry, order, maria, _ratna = ordered(session, app)
    with app.app_context():
        at = now() - timedelta(days=10)
    photo = factories.photo(session, inquiry.producer)
    for key in ("a", "b"):
        payment = payments.begin(session, inquiry, Method.TRANSFER, account=bank, at=at)
        payments.take(session, payment, received_idr=payment.total_idr, key=key, by=curator, at=at)
        if key == "a":
            orders.ready(session, inquiry, photo, by=maria, note="", at=at)
    orders.hand_over(session, inquiry, by=maria, at=at)
    orders.receive(session, inquiry, actor=Actor.BUYER, by=None, at=at)
    session.commit()
    owed = -sum(session.scalars(select(Posting.amount_idr).where(Posting.account == "producer")))
    assert owed >= order.total_idr
    return inquiry, maria, curator, owed


on_one_engine = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def table(content: str) -> list[dict[str, str]]:
    assert content.startswith("\ufeff"), "Excel reads the letters by it"
    return list(csv.DictReader(io.StringIO(content.removeprefix("\ufeff")), delimiter=";"))


def test_a_transfer_is_recorded_and_stands_in_the_makers_month(app: Flask, session: Session) -> None:
    inquiry, maria, curator, owed = completed(session, app)
    desk = as_(app, session, curator)
    (address,) = desk.get("/kurasi/pembayaran").links(inquiry.producer.name)
    page = desk.get(address)
    assert "Hak perajin" in page.text
    page = desk.press(
        "Catat transfer", {"Jumlah yang ditransfer": str(owed + 1), "Referensi bank": "NTT-5"}, 422
    )
    assert "Paling banyak" in page.text
    page = desk.press("Catat transfer", {"Referensi bank": ""}, 422)
    assert "Isi nomor referensi dari bank" in page.text
    page = desk.press("Catat transfer", {"Jumlah yang ditransfer": str(owed), "Referensi bank": "NTT-5"})
    assert "Pembayaran kepada perajin tercatat." in page.text
    assert session.scalars(select(Payout.amount_idr)).all() == [owed]

    studio = as_(app, session, maria)
    studio.get(studio.get("/studio").links("Penjualan dan pembayaran")[0])
    assert studio.page is not None
    rows = studio.page.html.xpath("//section[@aria-labelledby='h-bulan']//a/@href")
    seen = " ".join(studio.get(row).text for row in rows)
    assert "NTT-5" in seen and inquiry.code in seen and "Saldo akhir" in seen
    last = rows[0]
    lines = table(studio.client.get(f"{last}.csv").text)
    assert (lines[-1]["Saldo (Rp)"], lines[-2]["Hak (Rp)"]) == ("0", str(-owed))
    assert lines[-2]["Referensi bank"] == "NTT-5"
    paper = studio.client.get(f"{last}.pdf")
    assert paper.mimetype == "application/pdf" and "Saldo akhir" in read(paper.data)
    english = read(studio.client.get(f"/en{last}.pdf").data)
    assert "Closing balance" in english and "Owed" not in read(paper.data)
    month = last.rsplit("/", 1)[1]
    theirs = desk.client.get(f"{address}/{month}.csv")
    assert theirs.text == studio.client.get(f"{last}.csv").text, "both sides read the same"
    assert desk.get(f"{address}/{month}").heading
    assert desk.client.get(f"{address}/{month}.pdf").data[:5] == b"%PDF-"


@on_one_engine
def test_pressed_twice_with_one_reference_is_one_transfer(app: Flask, session: Session) -> None:
    inquiry, _maria, curator, _owed = completed(session, app)
    desk = as_(app, session, curator)
    address = f"/kurasi/pembayaran/perajin/{inquiry.producer_id}"
    desk.get(address)
    desk.press("Catat transfer", {"Jumlah yang ditransfer": "100.000", "Referensi bank": "NTT-5"})
    desk.press("Catat transfer", {"Jumlah yang ditransfer": "100.000", "Referensi bank": "NTT-5"})
    page = desk.press("Catat transfer", {"Jumlah yang ditransfer": "200.000", "Referensi bank": "NTT-5"}, 422)
    assert "sudah dipakai" in page.text
    assert session.scalars(select(Payout.amount_idr)).all() == [100_000]


@on_one_engine
def test_the_maker_is_told_of_a_transfer_in_their_language(app: Flask, session: Session) -> None:
    inquiry, maria, curator, _owed = completed(session, app)
    maria.language = "en"
    session.commit()
    desk = as_(app, session, curator)
    desk.get(f"/kurasi/pembayaran/perajin/{inquiry.producer_id}")
    desk.press("Catat transfer", {"Jumlah yang ditransfer": "100.000", "Referensi bank": "NTT-5"})
    (notice,) = session.scalars(select(Notice).where(Notice.kind == "payout_made"))
    with app.test_request_context("/"):
        made = letter(notice, token=None)
    assert "Rp\u00a0100.000 has been transferred" in made.text and "NTT-5" in made.html
    assert "/en/studio/penjualan" in made.text and "/en/studio/penjualan" in made.html
    session.refresh(notice)
    notice.language = "id"
    with app.test_request_context("/"):
        assert "sudah ditransfer ke rekening" in letter(notice, token=None).text


def test_a_transfer_that_did_not_arrive_is_owed_again(app: Flask, session: Session) -> None:
    inquiry, maria, curator, owed = completed(session, app)
    desk = as_(app, session, curator)
    money = f"/kurasi/pembayaran/perajin/{inquiry.producer_id}"
    desk.get(money)
    page = desk.press("Catat transfer", {"Jumlah yang ditransfer": str(owed), "Referensi bank": "NTT-5"})
    (address,) = page.links("Tidak sampai NTT-5")
    desk.get(address)
    assert "Tulis alasannya" in desk.press("Catat tidak sampai", status=422).text
    desk.press("Catat tidak sampai", {"Alasan": "Nomor rekening salah"})
    desk.get(address)
    page = desk.press("Catat tidak sampai", {"Alasan": "Ditekan lagi"})
    assert "kembali dari bank" in page.text
    assert owed_idr(session, inquiry.producer_id) == owed, "twice is once"
    assert not [*money_check.payouts(session.connection()), *money_check.journals(session.connection())]
    desk.press("Catat transfer", {"Jumlah yang ditransfer": str(owed), "Referensi bank": "NTT-6"})
    session.expire_all()
    assert owed_idr(session, inquiry.producer_id) == 0
    month = desk.get(desk.page.html.xpath("//section[@aria-labelledby='h-bulan']//a/@href")[0])  # type: ignore[union-attr]
    assert "Transfer kembali dari bank" in month.text and "Nomor rekening salah" in month.text
    kinds = session.scalars(select(Notice.kind).where(Notice.person_id == maria.id)).all()
    assert kinds.count("payout_returned") == 1
    as_(app, session, maria).get(address, 404)
    desk.get("/kurasi/pembayaran/transfer/999999/kembali", 404)
    assert "/masuk" in app.test_client().get(address).headers["Location"]


@on_one_engine
def test_part_of_a_deposit_goes_to_the_maker_early(app: Flask, session: Session) -> None:
    curator, admin = staff(session)
    bank = account(session, app, curator, admin)
    inquiry, _order, maria, _ratna = ordered(session, app)
    with app.app_context():
        at = now()
    payment = payments.begin(session, inquiry, Method.TRANSFER, account=bank, at=at)
    payments.take(session, payment, received_idr=payment.total_idr, key="a", by=curator, at=at)
    session.commit()
    desk = as_(app, session, curator)
    money = f"/kurasi/pembayaran/perajin/{inquiry.producer_id}"
    (address,) = desk.get(money).links(inquiry.code)
    desk.get(address)
    page = desk.press(
        "Teruskan", {"Jumlah yang diteruskan": str(payment.total_idr + 1), "Alasan": "Kayu"}, 422
    )
    assert "Paling banyak" in page.text and "Kayu" in page.text
    page = desk.press("Teruskan", {"Jumlah yang diteruskan": "1.000.000", "Alasan": ""}, 422)
    assert "Tulis alasannya" in page.text
    page = desk.press("Teruskan", {"Jumlah yang diteruskan": "1.000.000", "Alasan": "Kayu jati"})
    assert "Uang muka diteruskan" in page.text and "Rp 1.000.000" in page.text.replace("\u00a0", " ")
    month = desk.get(desk.get(money).html.xpath("//section[@aria-labelledby='h-bulan']//a/@href")[0])
    assert "Uang muka diteruskan" in month.text and "Kayu jati" in month.text
    as_(app, session, maria).get(address, 404)
    as_(app, session, factories.curator(session, "Dina")).get(address, 404)
    assert "/masuk" in app.test_client().get(address).headers["Location"]
    desk.get("/kurasi/pembayaran/uang-muka/BLU-0000000", 404)
    factories.member(session, inquiry.producer, curator, role="assistant")
    session.commit()
    desk.get(address)
    desk.press("Teruskan", {"Jumlah yang diteruskan": "1.000", "Alasan": "Kayu"}, 403)


@on_one_engine
def test_nobody_pays_out_to_their_own_group(app: Flask, session: Session) -> None:
    inquiry, _maria, curator, _owed = completed(session, app)
    desk = as_(app, session, curator)
    desk.get(f"/kurasi/pembayaran/perajin/{inquiry.producer_id}")
    factories.member(session, inquiry.producer, curator, role="assistant")
    session.commit()
    desk.press("Catat transfer", {"Jumlah yang ditransfer": "1.000", "Referensi bank": "NTT-6"}, 403)
    assert session.scalars(select(Payout)).all() == []


@on_one_engine
def test_the_doors_of_the_money_pages(app: Flask, session: Session) -> None:
    inquiry, _maria, payments_curator, _owed = completed(session, app)
    plain = factories.curator(session, "Dina")
    other = factories.person(session, "Bernadete")
    factories.producer(session, "Kelompok Tenun Hamutuk", chair=other)
    session.commit()
    desk = f"/kurasi/pembayaran/perajin/{inquiry.producer_id}"
    staff_only = [desk, f"{desk}/2026-11", f"{desk}/2026-11.pdf", f"{desk}/2026-11.csv"]
    own = ["/studio/penjualan", "/studio/penjualan/2026-10", "/studio/penjualan/2026-10.csv"]
    nobody, curator, neighbour = (
        Visitor(app.test_client()),
        as_(app, session, plain),
        as_(app, session, other),
    )
    for address in staff_only + own:
        assert "/masuk" in nobody.client.get(address).headers["Location"]
    page = f"/kurasi/perajin/{inquiry.producer_id}"
    assert as_(app, session, payments_curator).get(page).links("Uang untuk perajin") == [desk]
    assert curator.get(page).links("Uang untuk perajin") == []
    for address in staff_only:
        curator.get(address, 404)
        neighbour.get(address, 404)
    curator.get("/studio/penjualan", 404)
    assert inquiry.code not in neighbour.client.get("/studio/penjualan/2026-10.csv").text
    for wrong in ("2099-01", "2026-13", "apa"):
        neighbour.get(f"/studio/penjualan/{wrong}", 404)
    assert "Belum ada pesanan yang selesai" in neighbour.get("/studio/penjualan").text
    assert "No order has been completed yet" in neighbour.get("/en/studio/penjualan").text
