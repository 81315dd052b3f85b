"""The table of rates: curators write it, places stand in it once, a checkout reads it."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Event, ShippingZone
from shop.queries import shipping
from tests import factories
from tests.actions.test_buying import rates
from tests.ground.counting import queries_of
from tests.page import Visitor

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
JAVA = {
    "Nama tujuan": "Jawa", "Kurir": "JNE REG", "Lama kirim": "4–7 hari", "P × L × T / 6000": True,
    "Provinsi": "DKI Jakarta\nJawa Barat\n35.78", "Sampai (kg)": "1,5", "Ongkir": "58.000",
}  # fmt: skip


@pytest.fixture
def desk(app: Flask, session: Session) -> Visitor:
    return Visitor(app.test_client()).signed_in(session, factories.curator(session))


def test_a_curator_writes_a_destination_and_it_counts_at_once(desk: Visitor, session: Session) -> None:
    assert "Belum ada tarif" in desk.get("/kurasi/ongkir").text
    desk.get("/kurasi/ongkir/baru")
    page = desk.press("Simpan", JAVA)
    assert "Kota Surabaya, Jawa Timur" in page.text
    assert "1,5 kg: Rp 58.000" in page.text.replace("\u00a0", " ")
    zone = shipping.zone_of(session, "32.73.01")
    assert zone is not None
    assert [(rate.up_to_g, rate.price_idr) for rate in zone.rates] == [(1500, 58_000)]
    desk.get(f"/kurasi/ongkir/{zone.id}")
    desk.press("Simpan", {"Ongkir": "60.000"})
    session.expire_all()
    assert zone.rates[0].price_idr == 60_000
    events = session.scalars(select(Event.what).order_by(Event.id))
    assert [what for what in events if what.startswith("shipping")] == [
        "shipping_zone_added", "shipping_zone_changed",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"Nama tujuan": ""}, "Isi nama tujuan"),
        ({"Kurir": ""}, "Isi nama kurir"),
        ({"Provinsi": ""}, "Tulis paling sedikit satu tempat"),
        ({"Provinsi": "Bandung"}, "Tidak ada, atau ada lebih dari satu: Bandung"),
        ({"Provinsi": "53.71"}, "Kota Kupang, Nusa Tenggara Timur sudah ada di tujuan Zona 53.71"),
        ({"Sampai (kg)": "berat"}, "Isi berat dalam kg"),
        ({"Ongkir": "mahal"}, "Harga harus angka"),
        ({"Sampai (kg)": "", "Ongkir": ""}, "Isi paling sedikit satu berat"),
    ],
)
def test_what_cannot_be_gets_a_sentence_at_its_field(
    desk: Visitor, session: Session, change: dict[str, str], sentence: str
) -> None:
    rates(session, places=("53.71",))
    session.commit()
    desk.get("/kurasi/ongkir/baru")
    assert sentence in desk.press("Simpan", JAVA | change, status=422).text
    assert len(session.scalars(select(ShippingZone)).all()) == 1


def test_a_colleague_is_not_written_over(desk: Visitor, session: Session) -> None:
    zone = rates(session)
    session.commit()
    desk.get(f"/kurasi/ongkir/{zone.id}")
    zone.days = "2 hari"
    session.commit()
    page = desk.press("Simpan", {"Lama kirim": "9 hari"}, status=409)
    assert "berubah sementara Anda bekerja" in page.text
    session.expire_all()
    assert zone.days == "2 hari"


def test_a_destination_can_go_and_its_places_are_asked_about_again(desk: Visitor, session: Session) -> None:
    zone = rates(session)
    session.commit()
    desk.get(f"/kurasi/ongkir/{zone.id}")
    assert "Ongkir ke sana ditanyakan" in desk.press("Hapus tujuan ini").text
    assert shipping.zone_of(session, "53.71.04") is None
    desk.get(f"/kurasi/ongkir/{zone.id}", status=404)


@pytest.mark.parametrize("address", ["/kurasi/ongkir", "/kurasi/ongkir/baru"])
def test_the_table_is_the_curators(app: Flask, session: Session, address: str) -> None:
    buyer = Visitor(app.test_client()).signed_in(session, factories.person(session))
    buyer.get(address, status=404)
    assert "/masuk" in app.test_client().get(address).headers["Location"]


def test_the_list_asks_the_same_number_of_times_however_long_it_is(
    app: Flask, desk: Visitor, session: Session
) -> None:
    rates(session)
    session.commit()
    one = queries_of(app, lambda: desk.get("/kurasi/ongkir"))
    for code in ("53.71", "35", "36"):
        rates(session, places=(code,))
    session.commit()
    assert queries_of(app, lambda: desk.get("/kurasi/ongkir")) == one
