"""What a test does when this machine lacks a database server or a browser."""

import os
from typing import NoReturn

import pytest

from tests.ground.said import say


def lacking(what: str, remedy: str) -> NoReturn:
    """Skip loudly, or fail where a skipped test would hide something (`CI=true`)."""
    sentence = f"{what} {remedy}"
    say(sentence)
    if os.environ.get("CI") == "true":
        pytest.fail(f"{sentence} (With CI=true this is a failure.)", pytrace=False)
    pytest.skip(sentence)
