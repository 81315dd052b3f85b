"""Visitors for the doors of the account."""

import pytest

from shop.blueprints.account import recovery, registering
from shop.web.passwords import hash_password
from tests.page import Visitor

PASSWORD = "kapas-dan-mengkudu"
PASSWORD_HASH = hash_password(PASSWORD)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch) -> None:
    """Answers need not be slow here; tests/web/account/test_pace.py looks at the time they take."""
    monkeypatch.setattr(registering, "PACE_S", 0)
    monkeypatch.setattr(recovery, "PACE_S", 0)


@pytest.fixture
def visitor(app) -> Visitor:
    return Visitor(app.test_client())


@pytest.fixture
def another(app) -> Visitor:
    return Visitor(app.test_client())
