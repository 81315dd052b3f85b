"""Parts that are kept are those that were asked for."""

import pytest
from flask import Flask
from markupsafe import Markup
from sqlalchemy.orm import Session

from shop.actions import catalogue
from shop.web.fragments import Fragments
from tests.bazaar import bazaar

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def test_a_card_is_made_once_for_each_language_and_anew_when_anything_of_it_changes(
    app: Flask, session: Session
) -> None:
    market = bazaar(session)
    client = app.test_client(use_cookies=False)

    def prices(path: str) -> list[bool]:
        text = client.get(path, headers={"Cookie": "x=1"}).text
        return [price in text for price in ("375.000", "376.000")]

    work = market.works["Selendang Nila"]
    assert prices("/karya") == prices("/en/karya") == [True, False]
    kept = len(app.extensions["fragments"])
    assert prices("/karya") == [True, False]
    assert len(app.extensions["fragments"]) == kept
    work.price_idr = 376_000
    session.flush()
    catalogue.refresh(session, work)
    session.commit()
    assert prices("/karya") == prices("/en/karya") == [False, True]
    assert "Satu-satunya" in client.get("/karya").text
    assert "Satu-satunya" not in client.get("/en/karya").text


def test_no_more_are_kept_than_fit(app: Flask) -> None:
    kept = Fragments(most=3)
    with app.test_request_context("/"):
        for number in (1, 2, 3, 1, 4):
            kept.fragment(number, caller=lambda n=number: Markup(f"<b>{n}</b>"))  # type: ignore[misc]
        assert len(kept) == 3
        assert kept.fragment(1, caller=lambda: Markup("new")) == "<b>1</b>"
        assert kept.fragment(2, caller=lambda: Markup("new")) == "new"
