"""Payments: every status by every step, and the codes that make a transfer recognisable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.domain.errors import WrongState
from shop.domain.payment import PAYMENT_STEPS, NoCodeLeft, PaymentStatus, free_code, payment_step

STEPS = sorted({step for _, step in PAYMENT_STEPS})


@pytest.mark.parametrize("status", PaymentStatus)
@pytest.mark.parametrize("step", STEPS)
def test_a_payment_goes_where_the_table_says_and_nowhere_else(status: PaymentStatus, step: str) -> None:
    if (status, step) in PAYMENT_STEPS:
        assert payment_step(status, step) is PAYMENT_STEPS[status, step]
    else:
        with pytest.raises(WrongState):
            payment_step(status, step)


def test_only_what_was_received_has_no_way_on() -> None:
    started = {status for status, _ in PAYMENT_STEPS}
    assert set(PaymentStatus) - started == {PaymentStatus.RECEIVED}


@given(st.integers(1, 10**9), st.sets(st.integers(1, 999), max_size=300), st.integers(0, 10**6))
def test_a_code_is_never_one_that_is_taken(amount: int, codes: set[int], first: int) -> None:
    taken = {amount + code for code in codes}
    code = free_code(amount, taken, first=first)
    assert amount + code not in taken
    assert 1 <= code <= 999


def test_when_the_small_codes_are_used_up_the_large_ones_follow_and_then_none() -> None:
    small = {50_000 + code for code in range(1, 1000)}
    assert free_code(50_000, small, first=7) == 1000
    with pytest.raises(NoCodeLeft):
        free_code(50_000, {50_000 + code for code in range(1, 2000)}, first=7)
