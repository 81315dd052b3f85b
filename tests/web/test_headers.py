"""What every answer says to the browser: what it may run, keep, tell and show."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from shop.config import Config
from tests import factories
from tests.house.test_routes import FOR_SOME, address, doors
from tests.page import Visitor

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
#: A kept page, the same again, an error, a redirect, JSON, a machine's, a drawing.
ANSWERS = ("/", "/", "/en/karya", "/tidak-ada", "/akun", "/masuk", "/api/v1/karya", "/healthz", "/robots.txt", "/pita/a-24.svg",
           "/pesanan/BLU-0000000", "/t/tidak-ada", "/sw.js")  # fmt: skip


def directives(policy: str) -> dict[str, list[str]]:
    return {words[0]: words[1:] for words in (part.split() for part in policy.split(";"))}


def test_every_answer_runs_nothing_foreign_and_nothing_inline(client: FlaskClient) -> None:
    for path in ANSWERS:
        said = client.get(path).headers
        policy = directives(said["Content-Security-Policy"])
        assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == ["'none'"], path
        assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == ["'self'"], path
        assert "unsafe" not in said["Content-Security-Policy"], path
        assert said["X-Content-Type-Options"] == "nosniff", path
        assert said["Cross-Origin-Opener-Policy"] == "same-origin", path
        assert "camera=()" in said["Permissions-Policy"], path
        assert "Strict-Transport-Security" not in said, "only where the shop is open to the world"


def test_a_thread_and_its_link_tell_no_other_site_where_they_are(client: FlaskClient) -> None:
    assert client.get("/t/tidak-ada").headers["Referrer-Policy"] in {"no-referrer", "same-origin"}
    said = client.get("/pesanan/BLU-0000000").headers
    assert (said["Referrer-Policy"], said["Cache-Control"]) == ("same-origin", "no-store")
    assert "noindex" in said["X-Robots-Tag"]


def test_nothing_of_a_room_may_be_kept_by_anybody_in_between(app: Flask, session: Session) -> None:
    who = factories.curator(session, is_administrator=True, matches_payments=True)
    factories.member(session, factories.producer(session), who)
    session.commit()
    visitor, kept = Visitor(app.test_client()).signed_in(session, who), []
    for rule, access in doors(app):
        if "GET" in (rule.methods or ()) and (access in FOR_SOME or rule.endpoint.startswith("inquiry.")):
            answer = visitor.client.get(address(app, rule))
            assert answer.status_code < 500, rule.rule
            said = answer.headers["Cache-Control"]
            if "public" in said and rule.endpoint != "inquiry.kecamatan":  # the country's districts
                kept.append(f"{rule.rule}: {said}")
    assert not kept


class TestInProduction:
    @pytest.fixture
    def config(self, config: Config) -> Config:
        return replace(config, env="production", base_url="https://localhost")

    def test_browsers_come_back_encrypted_and_cookies_stay_there(self, client: FlaskClient) -> None:
        cookies: list[str] = []
        for path in ANSWERS:
            said = client.get(path, base_url="https://localhost").headers
            cookies += said.getlist("Set-Cookie")
            assert "max-age=31536000" in said["Strict-Transport-Security"], path
        assert cookies
        for cookie in cookies:
            assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; ")), cookie
