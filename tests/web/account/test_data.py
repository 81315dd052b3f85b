"""Consents, a copy of one's data, the end of an account."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from shop.actions.leaving import NOBODY, finish_deletions
from shop.models import Base, Consent, Event, Inquiry, Member, Message, Notice, Person, SignIn
from shop.queries.own_data import ELSEWHERE, TOLD, everything_about
from tests import factories
from tests.web.account.conftest import PASSWORD, PASSWORD_HASH
from tests.web.account.test_home import inquiry

LATER = factories.AT + timedelta(days=400)


def me(session, **values) -> Person:
    return factories.person(session, "Maria", **({"password_hash": PASSWORD_HASH} | values))


def delete(visitor, status: int = 200, password: str = PASSWORD):
    visitor.get("/akun/hapus")
    answer = visitor.client.post("/akun/hapus", data={**_csrf(visitor), "password": password})
    assert answer.status_code == (302 if status == 200 else status)
    return answer.get_data(as_text=True)


def _csrf(visitor) -> dict[str, str]:
    return {"csrf_token": visitor.page.html.xpath("//input[@name='csrf_token']/@value")[0]}


def test_consents_are_given_and_taken_back_one_by_one(visitor, session) -> None:
    visitor.signed_in(session, me(session)).get("/akun/data")
    visitor.press("Berikan Saya mau menerima kabar")
    visitor.press("Tarik Saya mau menerima kabar")
    row = session.scalars(select(Consent)).one()
    assert row.purpose == "news"
    assert row.withdrawn_at is not None
    assert session.scalars(select(Event.what).order_by(Event.id)).all() == ["consent", "consent_withdrawn"]


def test_what_the_account_needs_cannot_be_taken_back_but_by_deleting_it(visitor, session) -> None:
    visitor.signed_in(session, me(session)).get("/akun/data")
    assert visitor.client.post("/akun/data/tarik/account", data=_csrf(visitor)).status_code == 409
    assert visitor.client.post("/akun/data/tarik/apa", data=_csrf(visitor)).status_code == 404


def test_curators_hear_when_a_maker_no_longer_wants_to_be_shown(visitor, session) -> None:
    mine = me(session)
    factories.producer(session, chair=mine)
    session.add(Consent(person_id=mine.id, purpose="profile", given_at=factories.AT))
    factories.curator(session)
    visitor.signed_in(session, mine).get("/akun/data")
    visitor.press("Tarik Nama kelompok")
    assert session.scalars(select(Notice.kind)).all() == ["consent_withdrawn"]


def test_the_copy_holds_everything_of_mine_and_nothing_of_others(visitor, session) -> None:
    mine, other = me(session, email="maria@contoh.test"), factories.person(session, "Orang Lain")
    inquiry(session, mine, 1)
    inquiry(session, other, 2, last="producer")
    factories.producer(session, "Kelompok Saya", chair=mine)
    visitor.signed_in(session, mine).get("/akun/data")
    answer = visitor.client.post("/akun/data/unduh", data=_csrf(visitor))
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    copy = json.loads(answer.get_data(as_text=True))
    assert copy["person"]["email"] == "maria@contoh.test"
    assert [row["code"] for row in copy["inquiries"]] == ["BLU-0000001"]
    assert [row["text"] for row in copy["messages"]] == ["Apakah masih ada?"]
    assert [row["producer"] for row in copy["memberships"]] == ["Kelompok Saya"]
    assert "Orang Lain" not in str(copy)
    assert "argon2" not in str(copy)
    assert "token" not in str(copy)


def test_the_copy_is_not_a_link(visitor, session) -> None:
    visitor.signed_in(session, me(session))
    assert visitor.client.get("/akun/data/unduh").status_code == 405


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)
def test_every_column_with_a_person_in_it_is_told_or_has_a_reason(session) -> None:
    columns = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == "person"
    }
    assert columns - TOLD - set(ELSEWHERE) == set()
    assert (TOLD | set(ELSEWHERE)) - columns == set()


def test_deleting_closes_the_door_at_once(visitor, another, session) -> None:
    mine = me(session, email="maria@contoh.test")
    another.signed_in(session, mine)
    visitor.signed_in(session, mine)
    assert "Kata sandi tidak cocok" in delete(visitor, status=422, password="bukan")
    delete(visitor)
    assert another.get("/akun").address == "/masuk"
    another.press(
        "Masuk", {"Email atau nomor WhatsApp": "maria@contoh.test", "Kata sandi": PASSWORD}, status=422
    )
    assert session.scalars(select(Notice.kind)).all() == ["account_closed"]


def test_the_facts_go_when_the_last_letter_is_out_and_threads_stay_under_no_name(visitor, session) -> None:
    mine = me(session, email="maria@contoh.test", phone="+6281234567890")
    inquiry(session, mine, 1, status="declined")
    visitor.signed_in(session, mine)
    delete(visitor)
    at = session.scalar(select(Person.deletion_asked_at).where(Person.name == "Maria")) + timedelta(minutes=5)
    session.commit()
    assert finish_deletions(session, at=at) == 0  # the letter has not gone yet
    session.execute(update(Notice).values(sent_at=at))
    assert finish_deletions(session, at=at) == 1
    assert finish_deletions(session, at=at) == 0
    session.commit()
    row = session.scalars(select(Person).where(Person.deleted_at.is_not(None))).one()
    assert (row.name, row.email, row.phone, row.password_hash) == (NOBODY, None, None, None)
    thread = session.scalars(select(Inquiry)).one()
    assert (thread.buyer_name, thread.buyer_phone, thread.buyer_email) == (NOBODY, "", None)
    assert session.scalar(select(func.count()).select_from(Message)) == 1
    assert session.scalar(select(func.count()).select_from(SignIn)) == 0
    assert "maria" not in str(everything_about(session, row)).lower()
    assert session.scalars(select(Notice.to_email)).all() == [None]


def test_with_something_open_the_rest_waits_until_it_ends(visitor, session) -> None:
    mine = me(session, email=None, phone="+6281234567890")
    asked = inquiry(session, mine, 1)
    visitor.signed_in(session, mine).get("/akun/hapus")
    assert "Masih ada percakapan yang berjalan" in visitor.page.text
    delete(visitor)
    session.commit()
    assert finish_deletions(session, at=LATER) == 0
    asked.status = "withdrawn"
    session.commit()
    assert finish_deletions(session, at=LATER) == 1


def test_the_last_chair_hands_over_first(visitor, session) -> None:
    mine, other = me(session), factories.person(session)
    group = factories.producer(session, chair=mine)
    factories.member(session, group, other, "member")
    visitor.signed_in(session, mine)
    assert "Serahkan jabatan ketua dulu" in delete(visitor, status=409)
    factories.member(session, group, factories.person(session), "chair")
    session.commit()
    delete(visitor)
    left = session.scalars(select(Member.left_at).where(Member.person_id == mine.id)).one()
    assert left is not None


def test_the_last_administrator_stays(visitor, session) -> None:
    visitor.signed_in(session, me(session, is_administrator=True))
    assert "perlu paling sedikit satu pengurus" in delete(visitor, status=409)
    factories.person(session, is_administrator=True)
    session.commit()
    delete(visitor)
