"""The administrators' room."""

import pytest
from sqlalchemy import event, func, select

from shop.extensions import db
from shop.models import Event, Notice, OneTimeLink, Person, SignIn
from tests import factories
from tests.page import Visitor


@pytest.fixture
def admin(session) -> Person:
    return factories.person(session, "Budi", is_administrator=True)


@pytest.fixture
def visitor(app, session, admin) -> Visitor:
    return Visitor(app.test_client()).signed_in(session, admin)


def csrf(visitor) -> dict[str, str]:
    return {"csrf_token": visitor.page.html.xpath("//input[@name='csrf_token']/@value")[0]}


def link_of(app, session) -> str:
    facts = session.scalars(select(Notice.facts).where(Notice.kind == "staff_invited")).one()
    session.rollback()
    return "/tautan/" + app.extensions["shop"].links.token(facts["seed"])


def test_a_colleague_is_invited_and_accepts_with_that_address_only(app, visitor, session) -> None:
    visitor.get("/admin/undang")
    visitor.press("Undang", {"Email": "Sari@contoh.test", "Kurator": True})
    assert "sari@contoh.test" in visitor.page.text
    other, sari = Visitor(app.test_client()), Visitor(app.test_client())
    other.signed_in(session, factories.person(session, email="lain@contoh.test"))
    address = link_of(app, session)
    assert "Undangan ini untuk sari@contoh.test" in other.get(address).text
    assert other.client.post("/undangan", data=csrf(other)).status_code == 403
    who = factories.person(session, "Sari", email="sari@contoh.test", email_confirmed_at=None)
    sari.signed_in(session, who)
    assert "kurator toko ini" in sari.get(address).text
    assert sari.client.post("/undangan", data=csrf(sari)).location == "/kurasi"
    session.expire_all()
    assert (who.is_curator, who.is_administrator) == (True, False)
    assert who.email_confirmed_at is not None
    assert {"staff_invited", "curator_given"} <= set(session.scalars(select(Event.what)))
    sari.get(address, status=410)


def test_an_invitation_can_be_taken_back(visitor, session) -> None:
    visitor.get("/admin/undang")
    visitor.press("Undang", {"Email": "sari@contoh.test", "Pengurus": True})
    page = visitor.press("Tarik sari@contoh.test")
    assert "sari@contoh.test" not in page.text
    assert session.scalar(select(OneTimeLink.revoked_at)) is not None


def test_whom_to_invite_must_be_an_address(visitor) -> None:
    visitor.get("/admin/undang")
    assert "misalnya nama@contoh.id" in visitor.press("Undang", {"Email": "sari@"}, status=422).text


def test_tasks_are_given_and_taken_with_a_trace(visitor, session) -> None:
    sari = factories.person(session, "Sari")
    session.commit()
    visitor.get(f"/admin/orang/{sari.id}")
    visitor.press("Berikan Kurator")
    visitor.press("Berikan Mencocokkan pembayaran")
    visitor.press("Cabut Kurator")
    session.expire_all()
    assert (sari.is_curator, sari.matches_payments) == (False, True)
    assert "Tidak lagi kurator" in visitor.page.text
    assert session.scalars(select(Event.what).order_by(Event.id)).all() == [
        "curator_given",
        "payments_given",
        "curator_taken",
    ]


def test_a_suspended_person_is_out_at_once_and_comes_back(app, visitor, session) -> None:
    maria = factories.person(session, "Maria")
    other = Visitor(app.test_client()).signed_in(session, maria)
    visitor.get(f"/admin/orang/{maria.id}")
    assert "Tulis alasannya" in visitor.press("Tangguhkan", status=422).text
    assert "Menipu pembeli" in visitor.press("Tangguhkan", {"Alasan": "Menipu pembeli."}).text
    assert other.get("/akun").address == "/masuk"
    visitor.press("Buka lagi akun ini")
    assert session.scalars(select(Notice.kind).order_by(Notice.id)).all() == ["suspended", "resumed"]
    other.signed_in(session, maria).get("/akun")


def test_nobody_suspends_or_demotes_themselves(visitor, session, admin) -> None:
    factories.person(session, "Pengurus lain", is_administrator=True)
    session.commit()
    page = visitor.get(f"/admin/orang/{admin.id}")
    assert "aksesnya diatur pengurus lain" in page.text
    form = csrf(visitor)
    assert (
        visitor.client.post(f"/admin/orang/{admin.id}/tangguhkan", data=form | {"why": "x"}).status_code
        == 403
    )
    assert (
        visitor.client.post(f"/admin/orang/{admin.id}/tugas/administrator/cabut", data=form).status_code
        == 403
    )
    assert visitor.client.post(f"/admin/orang/{admin.id}/kode", data=form).status_code == 403
    assert visitor.client.post(f"/admin/orang/{admin.id}/sandi", data=form).status_code == 403
    assert session.scalar(select(func.count()).where(Person.is_administrator)) == 2


def test_of_two_administrators_one_can_go_and_one_stays(visitor, session, admin) -> None:
    other = factories.person(session, "Pengurus lain", is_administrator=True)
    session.commit()
    visitor.get(f"/admin/orang/{other.id}")
    visitor.press("Cabut Pengurus")
    assert session.scalars(select(Person.id).where(Person.is_administrator)).all() == [admin.id]


def test_a_lost_phone_is_reset_and_every_browser_is_out(app, visitor, session) -> None:
    sari = factories.curator(session, totp_secret="JBSWY3DPEHPK3PXP", totp_confirmed_at=factories.AT)
    other = Visitor(app.test_client()).signed_in(session, sari)
    visitor.get(f"/admin/orang/{sari.id}")
    visitor.press("Atur ulang kode kedua")
    session.expire_all()
    assert sari.totp_confirmed_at is None
    assert other.get("/akun").address == "/masuk"
    assert (
        session.scalar(select(func.count()).where(SignIn.person_id == sari.id, SignIn.revoked_at.is_(None)))
        == 0
    )


def test_an_administrator_hands_over_a_password_link_even_to_staff(visitor, session) -> None:
    sari = factories.curator(session, email=None, phone="+6281234567890")
    session.commit()
    visitor.get(f"/admin/orang/{sari.id}")
    page = visitor.press("Buat tautan kata sandi")
    assert page.links("Buka WhatsApp")[0].startswith("https://wa.me/6281234567890")


def test_people_are_found_by_name_address_or_number(visitor, session) -> None:
    factories.person(session, "Maria", email="maria@contoh.test", phone="+6281234567890")
    factories.person(session, "Yosef")
    session.commit()
    for words in ("mari", "MARIA@contoh", "0812-3456-7890"):
        page = visitor.get("/admin?q=" + words)
        assert "Maria" in page.text
        assert "Yosef" not in page.text
    assert "Tidak ada orang yang cocok" in visitor.get("/admin?q=%25").text
    assert "Maria" not in visitor.get("/admin?kelompok=kurator").text
    visitor.get("/admin?kelompok=apa&hal=x")


def test_what_is_not_there_or_makes_no_sense(visitor, session) -> None:
    visitor.get("/admin/orang/9999", status=404)
    maria = factories.person(session, "Maria")
    session.commit()
    visitor.get(f"/admin/orang/{maria.id}")
    for step in ("tugas/raja/beri", "tugas/curator/apa"):
        assert visitor.client.post(f"/admin/orang/{maria.id}/{step}", data=csrf(visitor)).status_code == 404
    assert visitor.client.post(f"/admin/orang/{maria.id}/buka", data=csrf(visitor)).status_code == 409
    assert visitor.client.post(f"/admin/orang/{maria.id}/sandi", data=csrf(visitor)).status_code == 403


@pytest.mark.parametrize("address", ["/admin", "/admin/undang", "/admin/pengaturan", "/admin/orang/1"])
def test_only_administrators_come_in(app, session, address: str) -> None:
    guest = Visitor(app.test_client())
    assert guest.get(address).address == "/masuk"
    guest.signed_in(session, factories.curator(session)).get(address, status=404)


def test_settings_show_facts_and_no_secret(app, visitor) -> None:
    page = visitor.get("/admin/pengaturan")
    assert "Kabupaten Belu" in page.text
    assert app.config["SECRET_KEY"] not in page.text


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)
def test_the_number_of_queries_does_not_grow(app, visitor, session, admin) -> None:
    visitor.get("/admin")
    asked: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    visitor.get("/admin")
    few = len(asked)
    visitor.get(f"/admin/orang/{admin.id}")
    few_of_one = len(asked) - few
    for number in range(40):
        who = factories.person(session, f"Orang {number}")
        session.add(Event(at=factories.AT, what="sign_in", by_id=who.id, person_id=admin.id, actor="buyer"))
    session.commit()
    asked.clear()
    assert visitor.get("/admin").links("Muat lebih banyak")
    assert len(asked) == few
    asked.clear()
    visitor.get(f"/admin/orang/{admin.id}")
    assert len(asked) == few_of_one
