"""Getting back in."""

import pytest
from sqlalchemy import func, select

from shop.models import Event, Inquiry, Notice, SignIn
from tests import factories
from tests.web.account.conftest import PASSWORD, PASSWORD_HASH
from tests.web.account.test_home import inquiry

NEW = "loba-dan-tarum"


def ask(visitor, who: str, status: int = 200):
    visitor.get("/masuk/lupa")
    return visitor.press("Kirim tautan", {"Email atau nomor WhatsApp": who}, status=status)


def link_of(app, session, kind: str = "reset_password") -> str:
    facts = session.scalars(
        select(Notice.facts).where(Notice.kind == kind).order_by(Notice.id.desc())
    ).first()
    return "/tautan/" + app.extensions["shop"].links.token(facts["seed"])


def test_a_letter_leads_to_a_new_password_and_everybody_is_out(visitor, another, session, app) -> None:
    me = factories.person(
        session, email="maria@contoh.test", password_hash=PASSWORD_HASH, email_confirmed_at=None
    )
    inquiry(session, factories.person(session), 1, buyer_id=None, buyer_email="maria@contoh.test")
    another.signed_in(session, me).get("/akun")
    ask(visitor, "maria@contoh.test")
    page = visitor.get(link_of(app, session))
    assert page.address == "/masuk/sandi-baru"
    page = visitor.press("Simpan kata sandi", {"Kata sandi baru": NEW})
    assert page.address == "/masuk"
    assert another.get("/akun").address == "/masuk"
    visitor.press("Masuk", {"Kata sandi": PASSWORD}, status=422)
    assert visitor.press("Masuk", {"Kata sandi": NEW}).address == "/akun"
    session.expire_all()
    session.refresh(me)
    assert me.email_confirmed_at is not None
    assert session.scalars(select(Inquiry.buyer_id)).all() == [me.id]  # the letter proved the address
    assert session.scalars(select(Notice.kind).order_by(Notice.id)).all() == [
        "reset_password",
        "password_changed",
    ]


def test_known_and_unknown_addresses_read_the_same(visitor, another, session) -> None:
    factories.person(session, email="maria@contoh.test")
    session.commit()
    known = ask(visitor, "maria@contoh.test").text
    unknown = ask(another, "siapa@contoh.test").text
    assert known.replace("maria@", "siapa@") == unknown
    assert session.scalar(select(func.count()).select_from(Notice)) == 1


def test_without_an_email_the_gallery_hands_the_link_over(visitor, another, session) -> None:
    factories.person(session, email=None, phone="+6281234567890")
    session.commit()
    assert ask(visitor, "0812 3456 7890").text == ask(another, "0813 0000 1111").text
    ask(visitor, "0812 3456 7890")
    notice = session.scalars(select(Notice)).one()
    assert (notice.channel, notice.hand_over_by_id, notice.to_phone) == ("whatsapp", None, "+6281234567890")


def test_the_link_of_staff_is_never_handed_to_a_curator(visitor, session) -> None:
    factories.curator(session, email=None, phone="+6281234567890")
    session.commit()
    ask(visitor, "0812 3456 7890")
    assert session.scalar(select(func.count()).select_from(Notice)) == 0


def test_a_link_is_good_once_and_for_an_hour(visitor, another, session, app) -> None:
    factories.person(session, email="maria@contoh.test")
    session.commit()
    ask(visitor, "maria@contoh.test")
    address = link_of(app, session)
    visitor.get(address)
    another.get(address)
    visitor.press("Simpan kata sandi", {"Kata sandi baru": NEW})
    assert (
        "Tautan tidak berlaku lagi"
        in another.press("Simpan kata sandi", {"Kata sandi baru": "lain-lagi-xyz"}, status=410).text
    )
    another.get(address, status=410)


def test_opening_a_link_changes_nothing_and_leaves_no_secret_in_the_address(visitor, session, app) -> None:
    factories.person(session, email="maria@contoh.test")
    session.commit()
    ask(visitor, "maria@contoh.test")
    answer = visitor.client.get(link_of(app, session))
    assert (answer.status_code, answer.location) == (303, "/masuk/sandi-baru")
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_a_weak_password_is_explained(visitor, session, app) -> None:
    factories.person(session, email="maria@contoh.test")
    session.commit()
    ask(visitor, "maria@contoh.test")
    visitor.get(link_of(app, session))
    page = visitor.press("Simpan kata sandi", {"Kata sandi baru": "maria"}, status=422)
    assert "Pakai paling sedikit 8" in page.text


def test_a_suspended_person_gets_no_letter(visitor, session) -> None:
    factories.person(session, email="maria@contoh.test", suspended_at=factories.AT)
    session.commit()
    ask(visitor, "maria@contoh.test")
    assert session.scalar(select(func.count()).select_from(Notice)) == 0


@pytest.mark.parametrize("who", ["", "siapa"])
def test_what_is_no_address_is_said(visitor, who: str) -> None:
    assert "Isi email atau nomor WhatsApp" in ask(visitor, who, status=422).text


def test_after_five_letters_one_waits(visitor) -> None:
    for _ in range(5):
        ask(visitor, "maria@contoh.test")
    assert "menit" in ask(visitor, "maria@contoh.test", status=429).text


@pytest.mark.parametrize(
    "address", ["/masuk/sandi-baru", "/akun/email/pastikan", "/akun/email/urungkan", "/tautan/xyz"]
)
def test_pages_of_links_say_when_there_is_none(visitor, address: str) -> None:
    assert "Tautan tidak berlaku lagi" in visitor.get(address, status=410).text


def test_changing_the_password_keeps_this_browser_and_ends_the_others(visitor, another, session) -> None:
    me = factories.person(session, email="maria@contoh.test", password_hash=PASSWORD_HASH)
    another.signed_in(session, me)
    visitor.signed_in(session, me).get("/akun/sandi")
    wrong = visitor.press(
        "Simpan kata sandi", {"Kata sandi Anda": "bukan ini", "Kata sandi baru": NEW}, status=422
    )
    assert "Kata sandi tidak cocok" in wrong.text
    weak = visitor.press(
        "Simpan kata sandi", {"Kata sandi Anda": PASSWORD, "Kata sandi baru": "12345678"}, status=422
    )
    assert "mudah ditebak" in weak.text
    page = visitor.press("Simpan kata sandi", {"Kata sandi Anda": PASSWORD, "Kata sandi baru": NEW})
    assert page.address == "/akun/keamanan"
    assert another.get("/akun").address == "/masuk"
    assert {"password_changed", "sign_ins_ended"} <= set(session.scalars(select(Event.what)))


def test_the_list_of_sign_ins_ends_one_or_all_others(visitor, another, app, session) -> None:
    me = factories.person(session)
    another.signed_in(session, me)
    visitor.signed_in(session, me).get("/akun/keamanan")
    assert visitor.press("Keluarkan").text.count("Perangkat tidak dikenal") == 1
    assert another.get("/akun").address == "/masuk"
    another.signed_in(session, me)
    visitor.get("/akun/keamanan")
    visitor.press("Keluar dari semua perangkat lain")
    assert another.get("/akun").address == "/masuk"
    assert visitor.get("/akun").address == "/akun"


def test_nobody_ends_somebody_else_s_sign_in(visitor, another, session) -> None:
    other = factories.person(session)
    another.signed_in(session, other)
    row = session.scalars(select(SignIn)).one()
    visitor.signed_in(session, factories.person(session)).get("/akun/profil")
    token = visitor.page.html.xpath("//input[@name='csrf_token']/@value")[0]
    answer = visitor.client.post(f"/akun/keamanan/keluar/{row.id}", data={"csrf_token": token})
    assert answer.status_code == 404
    assert another.get("/akun").address == "/akun"
