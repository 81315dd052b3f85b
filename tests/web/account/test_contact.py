"""Changing e-mail and number."""

from sqlalchemy import func, select

from shop.models import Inquiry, Notice, Person
from tests import factories
from tests.web.account.conftest import PASSWORD, PASSWORD_HASH
from tests.web.account.test_home import inquiry
from tests.web.account.test_recovery import link_of


def me(session, **values) -> Person:
    return factories.person(
        session, "Maria", **({"email": "lama@contoh.test", "password_hash": PASSWORD_HASH} | values)
    )


def change(visitor, email: str, password: str = PASSWORD, status: int = 200):
    visitor.get("/akun/email")
    return visitor.press("Kirim tautan", {"Email baru": email, "Kata sandi Anda": password}, status=status)


def test_the_new_address_confirms_and_the_old_one_can_undo(visitor, another, session, app) -> None:
    visitor.signed_in(session, me(session))
    change(visitor, "Baru@contoh.test")
    assert session.scalar(select(Person.email)) == "lama@contoh.test"
    session.rollback()
    visitor.get(link_of(app, session, "change_email"))
    assert "baru@contoh.test" in visitor.page.text
    visitor.press("Ya, ini alamat saya")
    session.rollback()
    assert session.scalar(select(Person.email)) == "baru@contoh.test"
    undo = session.scalars(select(Notice).where(Notice.kind == "email_changed")).one()
    assert undo.to_email == "lama@contoh.test"
    session.rollback()
    another.get(link_of(app, session, "email_changed"))
    page = another.press("Kembalikan email lama")
    assert page.address == "/masuk/sandi-baru"
    session.rollback()
    assert session.scalar(select(Person.email)) == "lama@contoh.test"
    assert visitor.get("/akun").address == "/masuk"  # whoever changed it is out
    another.press("Simpan kata sandi", {"Kata sandi baru": "loba-dan-tarum"})


def test_a_taken_address_reads_the_same_and_changes_nothing(visitor, session) -> None:
    factories.person(session, email="ada@contoh.test")
    visitor.signed_in(session, me(session))
    page = change(visitor, "ada@contoh.test")
    assert "Kami mengirim tautan ke ada@contoh.test" in page.text
    assert session.scalars(select(Notice.kind)).all() == ["already_registered"]


def test_the_password_is_needed(visitor, session) -> None:
    visitor.signed_in(session, me(session))
    assert "Kata sandi tidak cocok" in change(visitor, "baru@contoh.test", "bukan", status=422).text
    assert "misalnya nama@contoh.id" in change(visitor, "baru@", status=422).text
    assert session.scalar(select(func.count()).select_from(Notice)) == 0


def test_confirming_joins_what_was_asked_as_a_guest(visitor, session, app) -> None:
    somebody = factories.person(session)
    inquiry(session, somebody, 1, buyer_id=None, buyer_email="lama@contoh.test")
    inquiry(session, somebody, 2, buyer_id=None, buyer_email="lain@contoh.test")
    mine = me(session, email_confirmed_at=None)
    visitor.signed_in(session, mine).get("/akun/profil")
    visitor.press("Kirim tautan lagi")
    assert session.scalars(select(Inquiry.buyer_id)).all() == [None, None]
    session.rollback()
    visitor.get(link_of(app, session, "confirm_email"))
    visitor.press("Ya, ini alamat saya")
    session.rollback()
    joined = select(Inquiry.code).where(Inquiry.buyer_id == mine.id)
    assert session.scalars(joined).all() == ["BLU-0000001"]


def test_the_number_changes_with_the_password(visitor, session) -> None:
    visitor.signed_in(session, me(session))
    visitor.get("/akun/whatsapp")
    page = visitor.press("Simpan", {"Nomor WhatsApp": "0813 1111 2222", "Kata sandi Anda": PASSWORD})
    assert "0813-1111-2222" in page.text
    assert session.scalars(select(Notice.kind)).all() == ["phone_changed"]


def test_somebody_else_s_number_is_refused_and_the_typed_one_stays(visitor, session) -> None:
    factories.person(session, phone="+6281311112222")
    visitor.signed_in(session, me(session))
    visitor.get("/akun/whatsapp")
    page = visitor.press(
        "Simpan", {"Nomor WhatsApp": "0813 1111 2222", "Kata sandi Anda": PASSWORD}, status=422
    )
    assert "Nomor ini sudah dipakai akun lain" in page.text
    assert page.html.get_element_by_id("phone").get("value") == "0813 1111 2222"


def test_without_an_email_the_number_must_stay(visitor, session) -> None:
    visitor.signed_in(session, me(session, email=None, phone="+6281234567890"))
    visitor.get("/akun/whatsapp")
    page = visitor.press("Simpan", {"Nomor WhatsApp": "", "Kata sandi Anda": PASSWORD}, status=422)
    assert "Tanpa email, nomor WhatsApp tidak dapat dikosongkan" in page.text


def test_the_profile_is_kept_and_wrong_input_explained(visitor, session) -> None:
    visitor.signed_in(session, me(session, is_curator=True))
    visitor.get("/akun/profil")
    page = visitor.press("Simpan", {"Nama lengkap": " ", "English": True}, status=422)
    assert "Isi nama lengkap" in page.text
    visitor.press("Simpan", {"Nama lengkap": "Maria Bete", "English": True, "Pintasan papan ketik": False})
    row = session.scalars(select(Person)).one()
    assert (row.name, row.language, row.shortcuts_on) == ("Maria Bete", "en", False)


def test_only_curators_have_shortcuts_to_switch(visitor, session) -> None:
    visitor.signed_in(session, me(session)).get("/akun/profil")
    assert "Pintasan" not in visitor.page.text
    visitor.press("Simpan")
    assert session.scalar(select(Person.shortcuts_on)) is True
