"""The members' page."""

import pytest
from sqlalchemy import select

from shop.models import Event, Member
from tests import factories
from tests.page import Visitor


@pytest.fixture
def visitor(app) -> Visitor:
    return Visitor(app.test_client())


@pytest.fixture
def group(session):
    return factories.producer(session, "Kelompok Fitun")


def person_in(session, group, name: str, role: str, **values) -> Member:
    return factories.member(session, group, factories.person(session, name, **values), role)


def csrf(visitor) -> dict[str, str]:
    return {"csrf_token": visitor.page.html.xpath("//input[@name='csrf_token']/@value")[0]}


def test_the_chair_hands_over_and_changes_roles(visitor, session, group) -> None:
    chair, maria = person_in(session, group, "Yuliana", "chair"), person_in(session, group, "Maria", "member")
    visitor.signed_in(session, chair.person).get("/studio/anggota")
    visitor.press("Jadikan pendamping Maria")
    visitor.press("Jadikan ketua juga Maria")
    visitor.press("Jadikan anggota Maria")
    visitor.press("Serahkan jabatan ketua Maria")
    session.expire_all()
    assert (chair.role, maria.role) == ("member", "chair")
    assert "Undang anggota" not in visitor.page.text


def test_members_read_and_have_no_buttons(visitor, session, group) -> None:
    person_in(session, group, "Yuliana", "chair")
    maria = person_in(session, group, "Maria", "member")
    page = visitor.signed_in(session, maria.person).get("/studio/anggota")
    assert "Yuliana" in page.text
    assert "Undang" not in page.text
    for step in ("serahkan", "peran/chair", "keluarkan"):
        assert (
            visitor.client.post(f"/studio/anggota/{maria.id}/{step}", data=csrf(visitor)).status_code == 403
        )


def test_who_is_sent_out_leaves_and_stays_in_the_history(visitor, session, group) -> None:
    chair, maria = person_in(session, group, "Yuliana", "chair"), person_in(session, group, "Maria", "member")
    visitor.signed_in(session, chair.person).get("/studio/anggota")
    page = visitor.press("Keluarkan dari kelompok Maria")
    assert "Anggota dahulu" in page.text
    session.expire_all()
    assert maria.left_at is not None


def test_a_chair_hands_a_password_link_to_a_member_without_an_email(visitor, session, app, group) -> None:
    chair = person_in(session, group, "Yuliana", "chair")
    maria = person_in(session, group, "Maria", "member", email=None, phone="+6281234567890")
    visitor.signed_in(session, chair.person).get("/studio/anggota")
    page = visitor.press("Buat tautan kata sandi Maria")
    assert page.links("Buka WhatsApp")[0].startswith("https://wa.me/6281234567890")
    other = Visitor(app.test_client())
    other.get(page.html.findtext(".//code").removeprefix("http://localhost"))
    other.press("Simpan kata sandi", {"Kata sandi baru": "loba-dan-tarum"})
    assert "password_link_made" in session.scalars(select(Event.what)).all()
    session.expire_all()
    assert maria.person.password_hash is not None


@pytest.mark.parametrize(
    ("values", "status"),
    [({}, 403), ({"email": None, "phone": "+6281234567890", "is_curator": True}, 403)],
)
def test_a_chair_makes_none_for_those_with_an_email_nor_for_staff(
    visitor, session, group, values: dict, status: int
) -> None:
    chair = person_in(session, group, "Yuliana", "chair")
    maria = person_in(session, group, "Maria", "member", **values)
    visitor.signed_in(session, chair.person).get("/studio/anggota")
    assert visitor.client.post(f"/studio/anggota/{maria.id}/sandi", data=csrf(visitor)).status_code == status


def test_another_group_s_member_is_not_there(visitor, session, group) -> None:
    chair = person_in(session, group, "Yuliana", "chair")
    stranger = person_in(session, factories.producer(session), "Orang", "member")
    visitor.signed_in(session, chair.person).get("/studio/anggota")
    for step in ("serahkan", "keluarkan", "sandi", "peran/member"):
        assert (
            visitor.client.post(f"/studio/anggota/{stranger.id}/{step}", data=csrf(visitor)).status_code
            == 404
        )
    assert (
        visitor.client.post(f"/studio/anggota/{chair.id}/peran/raja", data=csrf(visitor)).status_code == 404
    )


def test_whom_to_invite_is_asked_for(visitor, session, group) -> None:
    visitor.signed_in(session, person_in(session, group, "Yuliana", "chair").person).get("/studio/anggota")
    assert "Isi email atau nomor WhatsApp" in visitor.press("Undang", status=422).text


def test_guests_sign_in_and_buyers_find_nothing(visitor, session) -> None:
    assert visitor.get("/studio/anggota").address == "/masuk"
    visitor.signed_in(session, factories.person(session)).get("/studio/anggota", status=404)


def test_the_last_chair_reads_what_to_do_first(visitor, session, group) -> None:
    chair = person_in(session, group, "Yuliana", "chair")
    visitor.signed_in(session, chair.person).get("/akun/profil")
    page = visitor.press("Keluar dari kelompok", status=403)
    assert "Serahkan jabatan ketua dulu" in page.text


def test_who_belongs_to_two_groups_chooses(visitor, session, group) -> None:
    me = person_in(session, group, "Yuliana", "chair")
    other = factories.producer(session, "Bengkel Badaen")
    second = factories.member(session, other, me.person, "member")
    visitor.signed_in(session, me.person).get("/akun/profil")
    assert "Kelompok Fitun" in visitor.get("/studio/anggota").text
    visitor.client.post(f"/akun/kelompok/{second.id}/pilih", data=csrf(visitor))
    assert "Bengkel Badaen" in visitor.get("/studio/anggota").text
    stranger = person_in(session, group, "Orang", "member")
    session.commit()
    assert visitor.client.post(f"/akun/kelompok/{stranger.id}/pilih", data=csrf(visitor)).status_code == 404
