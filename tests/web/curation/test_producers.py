"""The curator's page of producers."""

import pytest
from sqlalchemy import event, select

from shop.extensions import db
from shop.models import Producer
from tests import factories
from tests.page import Visitor


@pytest.fixture
def visitor(app, session) -> Visitor:
    return Visitor(app.test_client()).signed_in(session, factories.curator(session))


def applied(session, name: str = "Kelompok Fitun", **values) -> Producer:
    row = factories.producer(
        session,
        name,
        chair=factories.person(session, "Yuliana"),
        **({"status": "applied", "verified_at": None} | values),
    )
    session.commit()
    return row


def csrf(visitor) -> dict[str, str]:
    return {"csrf_token": visitor.page.html.xpath("//input[@name='csrf_token']/@value")[0]}


def test_who_waits_is_listed_and_verified(visitor, session) -> None:
    applied(session)
    page = visitor.get("/kurasi/perajin")
    visitor.get(page.links("Kelompok Fitun")[0])
    assert "Terverifikasi" in visitor.press("Verifikasi").text
    assert session.scalars(select(Producer.status)).all() == ["verified"]


def test_rejecting_and_suspending_want_a_reason(visitor, session) -> None:
    row = applied(session)
    visitor.get(f"/kurasi/perajin/{row.id}")
    assert "Tulis alasannya" in visitor.press("Tolak", status=422).text
    page = visitor.press("Tolak", {"Alasan": "Desanya di luar wilayah."})
    assert "Desanya di luar wilayah." in page.text
    session.expire_all()
    row.status, row.verified_at = "verified", factories.AT
    session.commit()
    visitor.get(f"/kurasi/perajin/{row.id}")
    visitor.press("Tangguhkan", {"Alasan": "Menjual kain cetakan."})
    assert "Ditangguhkan" in visitor.page.text
    visitor.press("Tampilkan lagi")
    assert session.scalars(select(Producer.status)).all() == ["verified"]


def test_trust_is_a_switch(visitor, session) -> None:
    row = factories.producer(session)
    session.commit()
    visitor.get(f"/kurasi/perajin/{row.id}")
    visitor.press("Jadikan tepercaya")
    visitor.press("Cabut kepercayaan")
    assert "Jadikan tepercaya" in visitor.page.text


def test_members_of_the_group_have_no_say(app, session) -> None:
    row = applied(session)
    sari = factories.curator(session)
    factories.member(session, row, sari, "member")
    visitor = Visitor(app.test_client()).signed_in(session, sari)
    page = visitor.get(f"/kurasi/perajin/{row.id}")
    assert "kurator lain yang memutuskan" in page.text
    assert visitor.client.post(f"/kurasi/perajin/{row.id}/verifikasi", data=csrf(visitor)).status_code == 403


def test_the_second_curator_reads_that_it_is_decided(visitor, session) -> None:
    row = applied(session)
    visitor.get(f"/kurasi/perajin/{row.id}")
    row.status, row.verified_at = "verified", factories.AT
    session.commit()
    assert visitor.press("Verifikasi", status=409)


def test_a_curator_hands_over_a_password_link_but_not_for_staff(visitor, session) -> None:
    row = factories.producer(session)
    factories.member(session, row, factories.person(session, "Maria", phone="+6281234567890"), "chair")
    admin = factories.person(session, "Budi", phone="+6281311112222", is_administrator=True)
    staff = factories.member(session, row, admin, "member")
    session.commit()
    visitor.get(f"/kurasi/perajin/{row.id}")
    page = visitor.press("Buat tautan kata sandi Maria")
    assert "/tautan/" in page.html.findtext(".//code")
    visitor.get(f"/kurasi/perajin/{row.id}")
    refused = visitor.client.post(f"/kurasi/perajin/{row.id}/anggota/{staff.id}/sandi", data=csrf(visitor))
    assert refused.status_code == 403
    other = applied(session)
    wrong = visitor.client.post(f"/kurasi/perajin/{other.id}/anggota/{staff.id}/sandi", data=csrf(visitor))
    assert wrong.status_code == 404


def test_what_is_not_there_and_who_may_not(app, visitor, session) -> None:
    visitor.get("/kurasi/perajin/9999", status=404)
    visitor.get("/kurasi/perajin?keadaan=apa&hal=x")
    guest = Visitor(app.test_client())
    assert guest.get("/kurasi/perajin").address == "/masuk"
    guest.signed_in(session, factories.person(session)).get("/kurasi/perajin", status=404)


def test_one_searches_by_name_or_village(visitor, session) -> None:
    applied(session, "Kelompok Fitun")
    applied(session, "Bengkel 100%", village="Manumutin")
    assert "Bengkel" not in visitor.get("/kurasi/perajin?q=fitun").text
    assert "Bengkel 100%" in visitor.get("/kurasi/perajin?q=manumutin").text
    assert "Kelompok Fitun" not in visitor.get("/kurasi/perajin?q=%25").text
    assert "Tidak ada perajin dengan nama" in visitor.get("/kurasi/perajin?q=zzz").text


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)
def test_the_number_of_queries_does_not_grow(visitor, app, session) -> None:
    applied(session)
    asked: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    visitor.get("/kurasi/perajin")
    few = len(asked)
    for number in range(30):
        applied(session, f"Kelompok {number}")
    asked.clear()
    page = visitor.get("/kurasi/perajin")
    assert len(asked) == few
    assert page.links("Muat lebih banyak")
