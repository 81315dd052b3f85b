"""Limits at the doors: whom an address stands for, and what a stranger with a link cannot do without end."""

import io
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from shop.blueprints import uploads
from shop.blueprints.inquiry import paying
from shop.blueprints.limits import network_of
from shop.domain.limits import Limit
from tests.blueprints.test_ordering import account, as_, ordered, staff


@pytest.mark.parametrize(
    ("address", "whose"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("unknown", "unknown"),
    ],
)
def test_a_home_counts_once_whichever_of_its_addresses_it_takes(address: str, whose: str) -> None:
    assert network_of(address) == whose


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_files_and_ways_to_pay_are_counted_also_when_refused(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "PHOTO", Limit("photo", 2, timedelta(hours=1)))
    monkeypatch.setattr(paying, "PAY", Limit("pay", 2, timedelta(hours=1)))
    account(session, app, *staff(session))
    inquiry, _order, _maria, ratna = ordered(session, app)
    buyer = as_(app, session, ratna)
    thread = f"/pesanan/{inquiry.code}"
    for status in (422, 422, 429):
        buyer.get(thread)
        buyer.press(
            "Kirim", {"Balas": "Lihat ini", "Tambah foto": (io.BytesIO(b"no photo"), "a.jpg")}, status=status
        )
    app.config["WTF_CSRF_ENABLED"] = False
    ways = [
        buyer.client.post(f"{thread}/bayar", data={"cara": way}) for way in ("transfer", "qris", "transfer")
    ]
    assert [answer.status_code for answer in ways] == [303, 303, 429]
