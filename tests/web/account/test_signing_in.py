"""In and out."""

import pytest
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import func, select

from shop.domain.limits import SIGN_IN
from shop.models import Attempt, Event, Person, SignIn
from tests import factories
from tests.web.account.conftest import PASSWORD, PASSWORD_HASH

MISMATCH = "Email, nomor, atau kata sandi tidak cocok"


def make(session, **values) -> Person:
    person = factories.person(session, "Maria", password_hash=PASSWORD_HASH, **values)
    session.commit()
    return person


def typed(who: str, password: str = PASSWORD) -> dict:
    return {"Email atau nomor WhatsApp": who, "Kata sandi": password}


@pytest.mark.parametrize("who", ["Maria@Contoh.test", "0812 3456 7890", "+62 812-3456-7890"])
def test_one_signs_in_by_email_or_number(visitor, session, who: str) -> None:
    make(session, email="maria@contoh.test", phone="+6281234567890")
    visitor.get("/masuk")
    page = visitor.press("Masuk", typed(who))
    assert page.address == "/akun"
    assert session.scalar(select(func.count()).select_from(SignIn)) == 1
    assert session.scalars(select(Event.what)).all() == ["sign_in"]


def test_one_comes_back_to_the_page_one_wanted(visitor, session) -> None:
    make(session, email="maria@contoh.test")
    assert visitor.get("/akun?tab=selesai").address == "/masuk"
    assert (
        visitor.press("Masuk", typed("maria@contoh.test")).response.request.full_path == "/akun?tab=selesai"
    )


def test_one_is_never_led_to_another_site(visitor, session) -> None:
    make(session, email="maria@contoh.test")
    visitor.get("/masuk?next=https://jahat.example/")
    assert visitor.press("Masuk", typed("maria@contoh.test")).address == "/akun"


@pytest.mark.parametrize("who", ["maria@contoh.test", "siapa@contoh.test", "bukan apa-apa"])
def test_a_wrong_password_and_an_unknown_address_read_the_same(visitor, session, who: str) -> None:
    make(session, email="maria@contoh.test")
    visitor.get("/masuk")
    page = visitor.press("Masuk", typed(who, "salah semua"), status=422)
    assert MISMATCH in page.text
    assert page.html.get_element_by_id("identifier").get("value") == who
    assert page.html.get_element_by_id("password").get("value") == ""
    assert page.title.startswith("Salah: ")


def test_a_person_without_a_password_is_as_unknown(visitor, session) -> None:
    factories.person(session, email="maria@contoh.test", password_hash=None)
    session.commit()
    visitor.get("/masuk")
    assert MISMATCH in visitor.press("Masuk", typed("maria@contoh.test"), status=422).text


def test_an_unknown_address_costs_what_a_known_one_costs(visitor, session, monkeypatch) -> None:
    """As many passwords are checked, by hashes of the same cost; a clock would measure the machine."""
    make(session, email="maria@contoh.test")
    costs: list[str] = []
    verify = Argon2Hasher.verify

    def noted(hasher: Argon2Hasher, password: str, stored: str) -> bool:
        costs.append(stored.rsplit("$", 2)[0])
        return verify(hasher, password, stored)

    monkeypatch.setattr(Argon2Hasher, "verify", noted)
    for who in ("maria@contoh.test", "siapa@contoh.test"):
        visitor.get("/masuk")
        visitor.press("Masuk", typed(who, "salah semua"), status=422)
    assert costs == ["$argon2id$v=19$m=19456,t=2,p=1"] * 2


def test_nothing_typed_is_explained_at_the_fields(visitor) -> None:
    visitor.get("/masuk")
    page = visitor.press("Masuk", status=422)
    assert "Isi email atau nomor WhatsApp" in page.text
    assert "Isi kata sandi" in page.text


def test_after_ten_wrong_tries_the_account_rests(visitor, another, session) -> None:
    make(session, email="maria@contoh.test")
    for _ in range(SIGN_IN.tries):
        visitor.get("/masuk")
        visitor.press("Masuk", typed("maria@contoh.test", "salah semua"), status=422)
    visitor.get("/masuk")
    page = visitor.press("Masuk", typed("maria@contoh.test"), status=429)
    assert "15 menit" in page.text
    assert int(page.response.headers["Retry-After"]) > 14 * 60
    another.get("/masuk")  # others from the same address go on
    another.press("Masuk", typed("lain@contoh.test"), status=422)


def test_signing_in_forgives_the_wrong_tries(visitor, session) -> None:
    make(session, email="maria@contoh.test")
    visitor.get("/masuk")
    visitor.press("Masuk", typed("maria@contoh.test", "salah semua"), status=422)
    visitor.press("Masuk", typed("maria@contoh.test"))
    keys = session.scalars(select(Attempt.key)).all()
    assert not [key for key in keys if key.startswith("sign_in:")]


class TestWithoutLimits:
    @pytest.fixture
    def settings(self) -> dict[str, str]:
        return {"SHOP_LIMITS": "off"}

    def test_nothing_is_counted(self, visitor, session) -> None:
        visitor.get("/masuk")
        visitor.press("Masuk", typed("maria@contoh.test"), status=422)
        assert session.scalar(select(func.count()).select_from(Attempt)) == 0


def test_a_suspended_person_is_told_only_with_the_right_password(visitor, session) -> None:
    make(session, email="maria@contoh.test", suspended_at=factories.AT)
    visitor.get("/masuk")
    assert MISMATCH in visitor.press("Masuk", typed("maria@contoh.test", "salah semua"), status=422).text
    page = visitor.press("Masuk", typed("maria@contoh.test"), status=422)
    assert "Akun ini sedang ditutup" in page.text


def test_signing_out_ends_the_sign_in_itself(visitor, client, session) -> None:
    person = make(session, email="maria@contoh.test")
    visitor.signed_in(session, person).get("/akun")
    with visitor.client.session_transaction() as cookie:
        stolen = cookie["_user_id"]
    assert sign_out(visitor).location == "/"
    assert "Anda sudah keluar" in visitor.get("/masuk").text
    with client.session_transaction() as cookie:
        cookie["_user_id"] = stolen
    assert client.get("/akun").status_code == 302


def test_signing_out_twice_is_no_mistake(visitor) -> None:
    assert sign_out(visitor).status_code == 302
    assert sign_out(visitor).status_code == 302


def sign_out(visitor):
    visitor.get("/keluar")
    return visitor.client.post("/keluar", data=dict(visitor.page.html.forms[-1].form_values()))


@pytest.mark.parametrize(
    ("who", "room"), [("weaver", "/studio"), ("curator", "/kurasi"), ("administrator", "/admin")]
)
def test_each_comes_into_their_room(visitor, session, who: str, room: str) -> None:
    person = make(session, is_curator=who == "curator", is_administrator=who == "administrator")
    if who == "weaver":
        factories.producer(session, chair=person)
    answer = visitor.signed_in(session, person).client.get("/masuk")
    assert (answer.status_code, answer.location) == (302, room)


def test_the_english_page_says_the_same(visitor) -> None:
    assert visitor.get("/en/masuk").heading == "Sign in"
