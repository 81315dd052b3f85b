"""The dollar's rate: typed by an administrator, shown beside English prices for thirty days."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions.catalogue import refresh
from shop.actions.exchange_rates import set_rate
from shop.domain.errors import NotAllowed
from shop.models import Event, ExchangeRate, Person
from tests import factories
from tests.page import Visitor


@pytest.fixture
def admin(session: Session) -> Person:
    return factories.person(session, "Budi", is_administrator=True)


@pytest.fixture
def address(session: Session, admin: Person) -> str:
    """A live work of Rp 1.300.000."""
    work = factories.published(session, factories.producer(session), admin, price_idr=1_300_000)
    refresh(session, work)
    session.commit()
    return f"/karya/{work.slug}"


def test_it_stands_beside_english_prices_until_it_is_thirty_days_old(
    app: Flask, session: Session, admin: Person, address: str
) -> None:
    budi, guest = Visitor(app.test_client()).signed_in(session, admin), Visitor(app.test_client())
    passer_by = app.test_client(use_cookies=False)  # what is kept for everybody must hear of it too
    assert "US$" not in passer_by.get("/en" + address).text
    budi.get("/admin/kurs")
    page = budi.press("Simpan kurs", {"Rupiah untuk satu dolar AS": "16.250"})
    assert "Kurs sekarang: Rp 16.250" in page.text
    assert "About US$ 80, an estimate at the rate of" in guest.get("/en" + address).text
    assert "About US$" in passer_by.get("/en" + address).text
    assert "US$" not in guest.get(address).text
    assert session.scalars(select(Event.facts).where(Event.what == "rate_set")).one() == {
        "idr_per_usd": 16_250
    }

    rate = session.scalars(select(ExchangeRate)).one()
    old = rate.at + timedelta(days=30)
    app.extensions["shop"] = replace(app.extensions["shop"], clock=lambda: old)
    assert "US$" not in guest.get("/en" + address).text


@pytest.mark.parametrize("typed", ["", "enam belas", "1", "16.250.000"])
def test_what_is_no_rate_is_refused_and_stays_typed(
    app: Flask, session: Session, admin: Person, typed: str
) -> None:
    budi = Visitor(app.test_client()).signed_in(session, admin)
    budi.get("/admin/kurs")
    page = budi.press("Simpan kurs", {"Rupiah untuk satu dolar AS": typed}, status=422)
    assert page.html.get_element_by_id("kurs").get("value", "") == typed
    assert session.scalars(select(ExchangeRate)).all() == []


def test_only_administrators_set_it(app: Flask, session: Session, admin: Person) -> None:
    sari = factories.person(session, "Sari", is_curator=True)
    session.commit()
    assert Visitor(app.test_client()).get("/admin/kurs").heading == "Masuk"
    Visitor(app.test_client()).signed_in(session, sari).get("/admin/kurs", status=404)
    with pytest.raises(NotAllowed):
        set_rate(session, 16_000, by=sari, at=admin.created_at)
