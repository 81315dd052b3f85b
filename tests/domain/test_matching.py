"""A line is a payment exactly, or not at all."""

from datetime import date

import pytest

from shop.domain.matching import Awaited, exact

DAY, BEFORE, AFTER = date(2026, 11, 24), date(2026, 11, 23), date(2026, 11, 25)
ONE = Awaited(1, 2_450_417, DAY)


@pytest.mark.parametrize(
    ("amount", "day", "awaited", "alike", "found"),
    [
        (2_450_417, DAY, [ONE], 1, 1),
        (2_450_417, AFTER, [ONE], 1, 1),
        (2_450_417, BEFORE, [ONE], 1, None),  # it cannot have come before it was asked for
        (2_450_416, DAY, [ONE], 1, None),
        (2_450_418, DAY, [ONE], 1, None),
        (2_450_417, DAY, [ONE, Awaited(2, 2_450_417, DAY)], 1, None),
        (2_450_417, DAY, [ONE, Awaited(2, 2_450_417, AFTER)], 1, 1),
        (2_450_417, DAY, [ONE], 2, None),  # two such lines: whose is which?
        (2_450_417, DAY, [], 1, None),
    ],
)
def test_exactly_or_not_at_all(
    amount: int, day: date, awaited: list[Awaited], alike: int, found: int | None
) -> None:
    assert exact(amount, day, awaited, alike=alike) == found
