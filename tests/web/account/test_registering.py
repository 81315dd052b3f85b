"""Becoming somebody here."""

import pytest
from sqlalchemy import func, select

from shop.models import Consent, Event, Notice, OneTimeLink, Person
from tests import factories
from tests.web.account.conftest import PASSWORD, PASSWORD_HASH

FILLED = {
    "Nama lengkap": "Maria da Silva",
    "Email": "maria@contoh.test",
    "Nomor WhatsApp": "0812 3456 7890",
    "Kata sandi": PASSWORD,
    "Nama dan kontak saya": True,
}


def register(visitor, status: int = 200, **changes):
    visitor.get("/daftar")
    return visitor.press("Buat akun", FILLED | changes, status=status)


def test_somebody_registers_and_signs_in(visitor, session) -> None:
    page = register(visitor)
    assert page.address == "/masuk"
    assert "Kami mengirim email ke maria@contoh.test" in page.text
    assert page.html.get_element_by_id("identifier").get("value") == "maria@contoh.test"
    assert visitor.press("Masuk", {"Kata sandi": PASSWORD}).address == "/akun"
    person = session.scalars(select(Person)).one()
    assert (person.name, person.phone) == ("Maria da Silva", "+6281234567890")
    assert person.email_confirmed_at is None
    assert session.scalars(select(Consent.purpose)).all() == ["account"]
    assert session.scalars(select(Notice.kind)).all() == ["confirm_email"]
    assert "register" in session.scalars(select(Event.what)).all()


def test_a_number_alone_is_enough(visitor, session) -> None:
    page = register(visitor, Email="")
    assert "masuk dengan nomor" in page.text
    visitor.press("Masuk", {"Kata sandi": PASSWORD})
    person = session.scalars(select(Person)).one()
    assert person.email is None
    assert session.scalar(select(func.count()).select_from(Notice)) == 0


def test_the_password_is_kept_as_argon2_only(visitor, session) -> None:
    register(visitor)
    assert session.scalar(select(Person.password_hash)).startswith("$argon2id$")


def test_a_taken_address_reads_as_a_free_one_and_its_owner_gets_a_letter(visitor, another, session) -> None:
    factories.person(session, "Maria", email="maria@contoh.test", password_hash=PASSWORD_HASH)
    session.commit()
    taken = register(visitor, **{"Nama lengkap": "Orang Lain", "Kata sandi": "bukan-punya-saya"})
    free = register(another, Email="baru@contoh.test", **{"Nomor WhatsApp": ""})
    assert taken.text.replace("maria@", "baru@") == free.text
    assert session.scalar(select(func.count()).select_from(Person)) == 2
    first = session.scalars(select(Notice).order_by(Notice.id)).first()
    assert (first.kind, first.to_email) == ("already_registered", "maria@contoh.test")
    assert (
        session.scalar(select(Person.password_hash).where(Person.email == "maria@contoh.test"))
        == PASSWORD_HASH
    )


def test_a_taken_number_reads_as_a_free_one(visitor, another, session) -> None:
    factories.person(session, "Maria", email=None, phone="+6281234567890")
    session.commit()
    taken = register(visitor, Email="")
    free = register(another, Email="", **{"Nomor WhatsApp": "0813 1111 2222"})
    assert taken.text == free.text
    assert session.scalar(select(func.count()).select_from(Person)) == 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"Nama lengkap": "  "}, "Isi nama lengkap"),
        ({"Email": "maria@"}, "Isi alamat email, misalnya"),
        ({"Nomor WhatsApp": "08"}, "Isi nomor WhatsApp, misalnya 0812 3456 7890"),
        ({"Email": "", "Nomor WhatsApp": ""}, "Isi email, nomor WhatsApp, atau keduanya"),
        ({"Kata sandi": "pendek"}, "Pakai paling sedikit 8 huruf atau angka"),
        ({"Kata sandi": "12345678"}, "Kata sandi ini mudah ditebak"),
        ({"Kata sandi": "Maria da Silva"}, "Kata sandi ini mudah ditebak"),
        ({"Kata sandi": "k" * 201}, "Paling banyak 200 huruf"),
        ({"Nama dan kontak saya": False}, "Centang persetujuan ini"),
        ({"Nama lengkap": "M" * 101}, "Paling banyak 100 huruf"),
    ],
)
def test_what_is_missing_is_said_and_the_rest_stays(visitor, session, changes: dict, sentence: str) -> None:
    page = register(visitor, status=422, **changes)
    assert sentence in page.text
    for name, label in (("name", "Nama lengkap"), ("email", "Email"), ("phone", "Nomor WhatsApp")):
        if label not in changes:
            assert page.html.get_element_by_id(name).get("value") == FILLED[label]
    assert session.scalar(select(func.count()).select_from(Person)) == 0


def test_news_is_agreed_to_apart(visitor, session) -> None:
    register(visitor, **{"Saya mau menerima kabar": True})
    assert sorted(session.scalars(select(Consent.purpose))) == ["account", "news"]


def test_the_letter_s_link_confirms_the_address_by_a_button(visitor, another, session, app) -> None:
    register(visitor)
    address = _link(session, app)
    page = visitor.get(address)
    assert page.address == "/akun/email/pastikan"
    visitor.get(next(link for link in page.links("Masuk") if "next=" in link))
    visitor.press("Masuk", {"Email atau nomor WhatsApp": "maria@contoh.test", "Kata sandi": PASSWORD})
    assert session.scalar(select(Person.email_confirmed_at)) is None
    visitor.press("Ya, ini alamat saya")
    session.rollback()
    assert session.scalar(select(Person.email_confirmed_at)) is not None
    assert "Tautan tidak berlaku lagi" in another.get(address, status=410).text


def test_nobody_confirms_an_address_into_somebody_else_s_account(visitor, another, session, app) -> None:
    """Who registers with a stranger's address gains nothing by the stranger's opening the letter."""
    register(visitor)
    stranger = factories.person(session, "Orang Lain")
    another.signed_in(session, stranger)
    page = another.get(_link(session, app))
    assert "Masuk dulu dengan akun yang memakai maria@contoh.test" in page.text
    another.get("/keluar")
    token = another.page.html.xpath("//input[@name='csrf_token']/@value")[0]
    answer = another.client.post("/akun/email/pastikan", data={"csrf_token": token})
    assert answer.location == "/akun/email/pastikan"
    session.rollback()
    confirmed = select(Person.email_confirmed_at).where(Person.email == "maria@contoh.test")
    assert session.scalar(confirmed) is None


def test_no_secret_lies_in_the_database(visitor, session, app) -> None:
    register(visitor)
    token = _link(session, app).removeprefix("/tautan/")
    facts = session.scalars(select(Notice.facts)).all() + session.scalars(select(OneTimeLink.facts)).all()
    assert token not in str(facts)
    assert session.scalar(select(OneTimeLink.token_hash)) != token


def _link(session, app) -> str:
    facts = session.scalars(select(Notice.facts).where(Notice.kind == "confirm_email")).one()
    return "/tautan/" + app.extensions["shop"].links.token(facts["seed"])
