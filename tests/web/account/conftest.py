"""Visitors for the doors of the account."""

import pytest

from shop.web.passwords import hash_password
from tests.page import Visitor

PASSWORD = "kapas-dan-mengkudu"
PASSWORD_HASH = hash_password(PASSWORD)


@pytest.fixture
def visitor(app) -> Visitor:
    return Visitor(app.test_client())


@pytest.fixture
def another(app) -> Visitor:
    return Visitor(app.test_client())
