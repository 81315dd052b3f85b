"""A NUL, which PostgreSQL cannot keep, reaches no view: not in an address, a question or a form."""

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from tests.house.test_routes import doors

on_one_engine = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@on_one_engine
def test_no_rule_takes_a_nul(app: Flask) -> None:
    tried = 0
    for rule, _access in doors(app):
        words = {name: kind for name, kind in rule._converters.items() if type(kind).__name__ != "RowNumber"}
        for kind in words.values():
            assert not kind.part_isolating or "\\x00" in kind.regex, rule.rule
            tried += 1
    assert tried > 50


def test_an_address_with_a_nul_is_not_there(client: FlaskClient) -> None:
    for address in ("/karya/a%00b", "/perajin/a%00b", "/karya/a%00b/tanya", "/api/v1/karya/a%00b"):
        assert client.get(address).status_code == 404, address
    assert client.get("/karya?q=tais%00&kerajinan=%00").status_code == 200
    assert client.get("/beli?karya=a%00b").status_code == 200


@on_one_engine
def test_what_is_asked_and_sent_comes_without_it(app: Flask) -> None:
    with app.test_request_context(
        "/karya?q=a%00b&q=c", method="POST", data={"nama": "Ma\0ria", "kata": "Hari"}
    ):
        assert request.args.getlist("q") == ["ab", "c"]
        assert dict(request.form) == {"nama": "Maria", "kata": "Hari"}
        assert request.values["nama"] == "Maria"
