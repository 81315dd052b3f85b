"""What a buyer keeps: whose turn it is, works, addresses, documents, one more like the last."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions import orders, payments, proofs
from shop.actions.buying import buy
from shop.actions.quote_rows import Delivery
from shop.actions.saved import EnoughAddresses, forget_address, keep_address
from shop.domain.payment import Method
from shop.domain.roles import Actor
from shop.models import Inquiry, Person, SavedAddress, SavedWork
from shop.queries import buyer
from tests import bazaar as market
from tests import factories
from tests.actions.test_buying import KUPANG, RATNA, parcel
from tests.factories import AT
from tests.ground.counting import queries_of
from tests.page import Visitor

ON_SQLITE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
HOME = {"Nama penerima": "Ratna", "Nomor WhatsApp penerima": "0812 3456 3210", "Jalan": "Jl. Merdeka 1",
        "Kecamatan": "Oebobo"}  # fmt: skip
CLOTH = "tais-lajur-merah"


def bought(session: Session, shelf: market.Bazaar, who: Person) -> Inquiry:
    from dataclasses import replace

    wanted = [parcel(shelf.works["Tanasak Bertutup"])]
    pick_up = Delivery(pick_up=True)
    (deal,) = buy(
        session, wanted, replace(RATNA, person=who), pick_up, form_key="b" * 32, prefix="BLU", at=AT
    )
    return deal


def tabs(session: Session, who: Person) -> tuple[int, int, int]:
    counts = buyer.counts(session, who)
    return counts.tindakan, counts.berjalan, counts.selesai


def test_it_is_the_buyers_turn_to_pay_and_to_confirm_and_not_while_a_proof_is_checked(
    session: Session,
) -> None:
    shelf, ratna = market.bazaar(session), factories.person(session, "Ratna")
    deal = bought(session, shelf, ratna)
    assert tabs(session, ratna) == (1, 0, 0)
    payment = payments.begin(session, deal, Method.QRIS, at=AT)
    proofs.send(session, payment, factories.photo(session), at=AT)
    assert tabs(session, ratna) == (0, 1, 0)
    payments.take(session, payment, received_idr=payment.total_idr, key="k", by=None, at=AT)
    assert tabs(session, ratna) == (0, 1, 0)
    orders.hand_over(session, deal, by=None, at=AT)
    assert tabs(session, ratna) == (1, 0, 0)
    orders.receive(session, deal, actor=Actor.BUYER, by=ratna, at=AT)
    assert tabs(session, ratna) == (0, 0, 1)


@ON_SQLITE
def test_a_done_order_becomes_the_wish_for_one_more(app: Flask, session: Session) -> None:
    shelf, ratna = market.bazaar(session), factories.person(session, "Ratna", phone="+6281234563210")
    deal = bought(session, shelf, ratna)
    payment = payments.begin(session, deal, Method.QRIS, at=AT)
    payments.take(session, payment, received_idr=payment.total_idr, key="k", by=None, at=AT)
    orders.hand_over(session, deal, by=None, at=AT)
    orders.receive(session, deal, actor=Actor.BUYER, by=ratna, at=AT)
    me = Visitor(app.test_client()).signed_in(session, ratna)
    again = me.get("/akun?tab=selesai").links("Minta dibuatkan serupa")[0]
    page = me.get(again)
    assert f"Seperti pesanan {deal.code}" in page.html.get_element_by_id("khusus").text
    stranger = Visitor(app.test_client()).get(again)
    assert deal.code not in stranger.text
    assert me.get(f"/pesanan/{deal.code}").links("Minta dibuatkan serupa") == [again]


@ON_SQLITE
def test_works_are_saved_in_the_account_or_without_one_in_the_browser(app: Flask, session: Session) -> None:
    market.bazaar(session)
    guest = Visitor(app.test_client())
    guest.get(f"/karya/{CLOTH}")
    page = guest.press("Simpan karya")
    assert "Tersimpan di peramban ini saja, tanpa akun" in page.text
    assert "Tais Lajur Merah" in page.text
    assert guest.get(f"/karya/{CLOTH}").links("Tersimpan") == ["/tersimpan"]
    assert session.scalars(select(SavedWork)).all() == []

    ratna = factories.person(session, "Ratna")
    guest.signed_in(session, ratna)
    page = guest.get("/tersimpan")
    assert "Belum ada karya tersimpan" in page.text
    page = guest.press("Pindahkan ke akun saya")
    assert "Tersimpan di akun Anda" in page.text
    assert "Tais Lajur Merah" in page.text
    guest.client.post(f"/karya/{CLOTH}/simpan", headers={"Origin": "http://localhost"})  # pressed twice
    assert len(session.scalars(select(SavedWork)).all()) == 1
    assert "Belum ada karya tersimpan" in guest.press("Hapus dari simpanan").text
    assert (
        guest.client.post("/karya/tidak-ada/simpan", headers={"Origin": "http://localhost"}).status_code
        == 404
    )
    assert guest.client.post(f"/karya/{CLOTH}/simpan").status_code == 400


@ON_SQLITE
def test_saved_works_that_are_hidden_are_counted_and_not_shown(app: Flask, session: Session) -> None:
    market.bazaar(session)
    ratna = factories.person(session, "Ratna")
    hidden = factories.published(session, factories.producer(session), ratna, title_id="Rahasia")
    session.add(SavedWork(person_id=ratna.id, listing_id=hidden.id, saved_at=AT))
    session.commit()
    page = Visitor(app.test_client()).signed_in(session, ratna).get("/tersimpan")
    assert "1 karya sedang tidak ditayangkan" in page.text
    assert "Rahasia" not in page.text


@ON_SQLITE
def test_addresses_are_kept_changed_made_the_usual_one_and_deleted(app: Flask, session: Session) -> None:
    ratna = factories.person(session, "Ratna")
    me = Visitor(app.test_client()).signed_in(session, ratna)
    assert "Belum ada alamat" in me.get("/akun/alamat").text
    me.get("/akun/alamat/baru")
    assert "Isi jalan" in me.press("Simpan", {"Kecamatan": "Oebobo"}, status=422).text
    me.press("Simpan", HOME)
    me.get("/akun/alamat/baru")
    abroad = {"Dikirim ke luar negeri": True, "Nama penerima": "Ana", "Nomor WhatsApp penerima": "+670 7723 4567",
              "Alamat lengkap": "Rua 1, Dili", "Negara": "Timor-Leste"}  # fmt: skip
    page = me.press("Simpan", abroad)
    assert "Ratna, 0812-3456-3210, Jl. Merdeka 1, Oebobo, Kota Kupang" in page.text
    home, dili = session.scalars(select(SavedAddress).order_by(SavedAddress.id))
    assert (home.usual, dili.usual) == (True, False)
    me.press("Jadikan alamat utama")
    session.expire_all()
    assert (home.usual, dili.usual) == (False, True)
    me.get(f"/akun/alamat/{home.id}")
    me.press("Simpan", {"Patokan": "Pagar hijau"})
    session.expire_all()
    assert home.address["patokan"] == "Pagar hijau"
    me.press("Hapus")
    session.expire_all()
    assert [kept.usual for kept in session.scalars(select(SavedAddress))] == [True]


@ON_SQLITE
def test_nobody_sees_another_ones_address(app: Flask, session: Session) -> None:
    ratna, tono = factories.person(session, "Ratna"), factories.person(session, "Tono")
    kept = keep_address(session, ratna, KUPANG, at=AT)
    session.commit()
    visitor = Visitor(app.test_client()).signed_in(session, tono)
    assert "Merdeka" not in visitor.get("/akun/alamat").text
    visitor.get(f"/akun/alamat/{kept.id}", status=404)
    page = visitor.get("/akun/alamat/baru")
    token = {"csrf_token": page.html.forms[1].fields["csrf_token"]}
    for word in ("", "/utama", "/hapus"):
        assert visitor.client.post(f"/akun/alamat/{kept.id}{word}", data=token).status_code == 404


def test_the_same_address_is_kept_once_and_twenty_are_enough(session: Session) -> None:
    ratna = factories.person(session, "Ratna")
    kept = [keep_address(session, ratna, KUPANG | {"jalan": f"Jl. {n}"}, at=AT) for n in range(20)]
    assert keep_address(session, ratna, KUPANG | {"jalan": "Jl. 3"}, at=AT) is kept[3]
    with pytest.raises(EnoughAddresses):
        keep_address(session, ratna, KUPANG, at=AT)
    forget_address(session, kept[0])
    assert [one.usual for one in kept[1:]].count(True) == 1


@ON_SQLITE
def test_documents_of_all_threads_are_listed_in_one_query_each(app: Flask, session: Session) -> None:
    shelf, ratna = market.bazaar(session), factories.person(session, "Ratna")
    me = Visitor(app.test_client()).signed_in(session, ratna)
    assert "Belum ada dokumen" in me.get("/akun/dokumen").text
    deal = bought(session, shelf, ratna)
    session.commit()
    page = me.get("/akun/dokumen")
    assert page.links("Tagihan TGH/2026/0001") == [f"/pesanan/{deal.code}/dokumen/TGH-2026-0001.pdf"]
    one = queries_of(app, lambda: me.get("/akun/dokumen"))
    payment = payments.begin(session, deal, Method.QRIS, at=AT)
    payments.take(session, payment, received_idr=payment.total_idr, key="k", by=None, at=AT)
    session.commit()
    assert queries_of(app, lambda: me.get("/akun/dokumen")) == one
    assert me.get("/akun/dokumen").links("Kuitansi KWT/2026/0001")
    other = Visitor(app.test_client()).signed_in(session, factories.person(session, "Tono"))
    assert "TGH" not in other.get("/akun/dokumen").text


@ON_SQLITE
@pytest.mark.parametrize("address", ["/akun/alamat", "/akun/alamat/baru", "/akun/dokumen"])
def test_these_rooms_ask_for_sign_in(app: Flask, address: str) -> None:
    assert Visitor(app.test_client()).get(address).address == "/masuk"
