"""The second step."""

import time
from dataclasses import replace
from datetime import UTC, datetime

import pyotp
import pytest
from sqlalchemy import func, select

from shop.models import Event, Person, RecoveryCode, SignIn
from tests import factories
from tests.web.account.conftest import PASSWORD, PASSWORD_HASH

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(shift: int = 0) -> str:
    return pyotp.TOTP(SECRET).at(time.time() + shift * 30)


def with_app(session, **values) -> Person:
    who = factories.curator(session, totp_secret=SECRET, totp_confirmed_at=factories.AT, **values)
    session.commit()
    return who


def test_the_password_alone_opens_nothing(visitor, session) -> None:
    visitor.signed_in(session, with_app(session), second_factor=False)
    assert visitor.get("/akun").address == "/masuk/kode"
    assert visitor.get("/kurasi/perajin").address == "/masuk/kode"
    assert "Masuk" in visitor.get("/keluar").text


def test_a_code_opens_the_rest_and_leads_back(visitor, session) -> None:
    visitor.signed_in(session, with_app(session), second_factor=False)
    visitor.get("/akun?tab=selesai")
    assert visitor.press("Lanjutkan", {"Kode": code()}).response.request.full_path == "/akun?tab=selesai"
    assert session.scalar(select(SignIn.second_factor_at)) is not None


def test_a_code_is_good_once(visitor, another, session) -> None:
    who, used = with_app(session), code()
    for somebody, status in ((visitor, 200), (another, 422)):
        somebody.signed_in(session, who, second_factor=False)
        somebody.get("/akun")
        page = somebody.press("Lanjutkan", {"Kode": used}, status=status)
    assert "Kode tidak cocok atau sudah dipakai" in page.text


@pytest.mark.parametrize("wrong", ["000000", "abc", "12345", "٠١٢٣٤٥"])
def test_a_wrong_code_is_said(visitor, session, wrong: str) -> None:
    visitor.signed_in(session, with_app(session), second_factor=False)
    visitor.get("/akun")
    visitor.press("Lanjutkan", {"Kode": wrong}, status=422)


def test_after_six_wrong_codes_the_door_rests(visitor, session) -> None:
    visitor.signed_in(session, with_app(session), second_factor=False)
    visitor.get("/akun")
    for _ in range(6):
        visitor.press("Lanjutkan", {"Kode": "000000"}, status=422)
    assert "menit" in visitor.press("Lanjutkan", {"Kode": code()}, status=429).text


def test_a_guest_is_asked_to_sign_in_first(visitor) -> None:
    assert visitor.get("/masuk/kode").address == "/masuk"
    assert visitor.get("/masuk/kode/pasang").address == "/masuk"


def test_setting_up_shows_picture_and_key_and_gives_recovery_codes_once(visitor, another, session) -> None:
    who = factories.curator(session, password_hash=PASSWORD_HASH)
    session.commit()
    visitor.signed_in(session, who)
    page = visitor.get("/masuk/kode/pasang")
    assert page.html.xpath("//main//img/@src")[0].startswith("data:image/svg+xml")
    secret = page.html.findtext(".//code")
    assert visitor.get("/masuk/kode/pasang").html.findtext(".//code") == secret
    visitor.press("Pasang", {"Enam angka": "000000", "Kata sandi": PASSWORD}, status=422)
    page = visitor.press("Pasang", {"Enam angka": pyotp.TOTP(secret).now(), "Kata sandi": PASSWORD})
    codes = [element.text for element in page.html.iter("code")]
    assert len(set(codes)) == 10
    assert session.scalar(select(Person.totp_secret)) == secret
    kept = session.scalars(select(RecoveryCode.code_hash)).all()
    assert len(kept) == 10
    assert not set(codes) & set(kept)
    another.signed_in(session, who, second_factor=False)
    another.get("/akun")
    assert another.press("Lanjutkan", {"Kode": codes[3].lower()}).address == "/akun"


def test_a_recovery_code_is_good_once(visitor, another, session) -> None:
    who = with_app(session)
    from shop.actions.second_factor import new_recovery_codes

    codes = new_recovery_codes(session, who, at=datetime.now(UTC))
    session.commit()
    for somebody, status in ((visitor, 200), (another, 422)):
        somebody.signed_in(session, who, second_factor=False)
        somebody.get("/akun")
        somebody.press("Lanjutkan", {"Kode": codes[0].replace("-", "")}, status=status)
    assert session.scalar(select(func.count()).where(RecoveryCode.used_at.is_not(None))) == 1
    assert "recovery" in str(session.scalars(select(Event.facts).where(Event.what == "second_factor")).all())


def test_who_has_an_app_cannot_set_up_another_with_the_password_alone(visitor, session) -> None:
    visitor.signed_in(session, with_app(session), second_factor=False)
    assert visitor.get("/masuk/kode/pasang").address == "/masuk/kode"


def test_an_open_browser_puts_no_other_phone_in_the_place_of_the_right_one(visitor, session) -> None:
    who = with_app(session, password_hash=PASSWORD_HASH)
    visitor.signed_in(session, who)
    secret = visitor.get("/masuk/kode/pasang").html.findtext(".//code")
    for password in ("", "bukan-kata-sandi"):
        wanted = {"Enam angka": pyotp.TOTP(secret).now(), "Kata sandi": password}
        visitor.press("Pasang", wanted, status=422)
    session.expire_all()
    assert who.totp_secret == SECRET
    visitor.press("Pasang", {"Enam angka": pyotp.TOTP(secret).now(), "Kata sandi": PASSWORD})
    session.expire_all()
    assert who.totp_secret == secret


class TestInProduction:
    @pytest.fixture
    def config(self, config):
        return replace(config, env="production", base_url="https://localhost")

    @pytest.fixture
    def client_options(self) -> dict[str, str]:
        return {"base_url": "https://localhost"}

    def test_staff_set_a_second_factor_up_before_anything_else(self, app, session) -> None:
        who = factories.curator(session)
        token = factories.sign_in(session, who, second_factor=False)
        session.commit()
        client = app.test_client()
        with client.session_transaction(base_url="https://localhost") as cookie:
            cookie["_user_id"] = token
        answer = client.get("/akun", base_url="https://localhost", follow_redirects=True)
        assert answer.request.path == "/masuk/kode/pasang"

    def test_buyers_need_none(self, app, session) -> None:
        token = factories.sign_in(session, factories.person(session), second_factor=False)
        session.commit()
        client = app.test_client()
        with client.session_transaction(base_url="https://localhost") as cookie:
            cookie["_user_id"] = token
        assert client.get("/akun", base_url="https://localhost").status_code == 200


def test_in_development_staff_without_one_come_in(visitor, session) -> None:
    who = factories.curator(session)
    session.commit()
    assert visitor.signed_in(session, who, second_factor=False).get("/akun").address == "/akun"
