"""Every door says who may come in, and holds to it."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from tests import factories
from tests.page import Visitor

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
FOR_ANYBODY = {"public", "machine"}
FOR_SOME = {"signed_in", "producer_only", "curator_only", "admin_only"}
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
DUMMY = {"RowNumber": 999_999, "UnicodeConverter": "tidak-ada", "PathConverter": "tidak/ada"}


def doors(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Every rule with what its view says about access."""
    for rule in app.url_map.iter_rules():
        yield rule, getattr(app.view_functions[rule.endpoint], "access", "")


def address(app: Flask, rule: Rule, **known: Any) -> str:
    """The rule with what is known in it, else with something that is not there."""
    values: dict[str, Any] = {
        name: DUMMY.get(type(converter).__name__, "tidak-ada") for name, converter in rule._converters.items()
    }
    return app.url_map.bind("localhost").build(rule.endpoint, values | known, append_unknown=False)


def test_every_view_says_who_may(app: Flask) -> None:
    silent = [rule.rule for rule, access in doors(app) if access not in FOR_ANYBODY | FOR_SOME]
    assert not silent, f"Give these one decorator of shop/web/access.py: {silent}"


def test_rooms_that_need_an_account_ask_for_it(app: Flask, client: FlaskClient) -> None:
    wrong = []
    for rule, access in doors(app):
        if access in FOR_SOME and "GET" in (rule.methods or ()):
            answer = client.get(address(app, rule))
            if answer.status_code not in (302, 303) or "/masuk" not in answer.headers["Location"]:
                wrong.append(f"{rule.rule}: {answer.status}")
    assert not wrong


def test_nothing_is_changed_without_the_forms_own_token(app: Flask, client: FlaskClient) -> None:
    """Only programs, which bring a signature or a key of their own, are excused."""
    wrong = []
    for rule, access in doors(app):
        for method in UNSAFE.intersection(rule.methods or ()):
            if access != "machine":
                answer = client.open(address(app, rule), method=method)
                if answer.status_code != 400:
                    wrong.append(f"{method} {rule.rule}: {answer.status}")
    assert not wrong


def test_no_address_ends_in_an_error_of_ours(app: Flask, client: FlaskClient) -> None:
    app.testing = False
    wrong = [
        f"{rule.rule}: {status}"
        for rule, _access in doors(app)
        if "GET" in (rule.methods or ()) and (status := client.get(address(app, rule)).status_code) >= 500
    ]
    assert not wrong


def test_addresses_in_english_are_the_same_behind_the_prefix(app: Flask, client: FlaskClient) -> None:
    different = []
    for rule, access in doors(app):
        if access == "public" and "GET" in (rule.methods or ()) and not rule.arguments:
            here, there = client.get(rule.rule), client.get(f"/en{rule.rule}")
            if here.status_code != there.status_code:
                different.append(f"{rule.rule}: {here.status_code} and {there.status_code}")
    assert not different


def test_asking_for_the_head_alone_gets_the_same_code(app: Flask, client: FlaskClient) -> None:
    """Proxies and link checkers do; a view that takes everything but GET for a sent form would answer 422."""
    different = []
    for rule, _access in doors(app):
        if "GET" in (rule.methods or ()):
            whole, head = client.get(address(app, rule)), client.head(address(app, rule))
            if whole.status_code != head.status_code:
                different.append(f"{rule.rule}: {whole.status_code} and {head.status_code}")
    assert not different


def test_another_host_name_is_refused_in_plain_words(client: FlaskClient) -> None:
    for path in ("/", "/masuk", "/healthz", "/tidak-ada"):
        answer = client.get(path, headers={"Host": "evil.example"})
        assert (answer.status_code, answer.mimetype) == (400, "text/plain"), path
        assert "evil" not in answer.text


def test_a_number_no_row_can_have_is_not_there(app: Flask, session: Session) -> None:
    """Not an error of ours: the database could not even ask for it."""
    who = factories.curator(session, is_administrator=True)
    factories.member(session, factories.producer(session), who)
    session.commit()
    visitor = Visitor(app.test_client()).signed_in(session, who)
    for rule, _access in doors(app):
        if "GET" in (rule.methods or ()) and "<int:" in rule.rule:
            visitor.get(address(app, rule).replace("/999999", f"/{10**20}"), status=404)
    visitor.get(f"/kurasi?diputus={10**20}")
