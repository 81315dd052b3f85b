"""Every door says who may come in."""

import pytest

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
