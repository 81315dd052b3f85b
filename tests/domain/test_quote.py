"""What a quote adds up to, and the second it ends."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.domain.quote import Line, add_up, is_expired

PRICES = st.integers(0, 10**8)
LINES = st.lists(st.builds(Line, st.just("Lemari"), st.integers(1, 50), PRICES), min_size=1, max_size=8)


@given(LINES, PRICES, PRICES, st.integers(30, 100))
def test_deposit_and_balance_are_the_total_to_the_rupiah(
    lines: list[Line], shipping: int, packing: int, percent: int
) -> None:
    total = add_up(lines, shipping_idr=shipping, packing_idr=packing, deposit_percent=percent)
    assert total.deposit_idr + total.balance_idr == total.total_idr
    assert total.total_idr == sum(line.quantity * line.unit_idr for line in lines) + shipping + packing
    assert 0 <= total.deposit_idr <= total.total_idr


@pytest.mark.parametrize(
    "wrong",
    [
        {"deposit_percent": 29},
        {"deposit_percent": 101},
        {"shipping_idr": -1},
        {"packing_idr": -1},
        {"lines": []},
        {"lines": [Line("Kursi", 0, 1)]},
        {"lines": [Line("Kursi", 1, -1)]},
    ],
)
def test_what_no_quote_may_hold_is_refused(wrong: dict[str, object]) -> None:
    fine: dict[str, object] = {
        "lines": [Line("Kursi", 2, 650_000)],
        "shipping_idr": 0,
        "packing_idr": 0,
        "deposit_percent": 50,
    }
    asked = fine | wrong
    with pytest.raises(ValueError, match=r"quote|deposit|shipping"):
        add_up(asked.pop("lines"), **asked)  # type: ignore[arg-type]


def test_a_quote_ends_at_the_same_second_in_every_zone() -> None:
    wita, wib = timezone(timedelta(hours=8)), timezone(timedelta(hours=7))
    until = datetime(2026, 11, 24, 17, 0, tzinfo=wita)
    assert not is_expired(until, at=datetime(2026, 11, 24, 16, 0, tzinfo=wib))
    assert is_expired(until, at=datetime(2026, 11, 24, 16, 0, 1, tzinfo=wib))
    assert is_expired(until, at=datetime(2026, 11, 24, 9, 0, 1, tzinfo=UTC))
