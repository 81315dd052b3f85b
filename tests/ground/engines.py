"""Which databases a test runs on, where it is not simply both."""

import pytest

# For what a database has no part in, or what is walked on PostgreSQL by another test.
ON_SQLITE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
# A journey in a browser costs seconds: it is walked on both databases, and on one of them without script.
WITH_AND_WITHOUT_SCRIPT = pytest.mark.parametrize(
    ("engine_name", "javascript"), [("sqlite", True), ("postgresql", False)], indirect=["engine_name"]
)
