"""Rupiah are read and written the Indonesian way, and never lose a rupiah."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.domain.money import LARGEST_IDR, Many, about_usd, deposit_of, rate_holds, read_rupiah, rupiah


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (0, "Rp\u00a00"),
        (999, "Rp\u00a0999"),
        (1_000, "Rp\u00a01.000"),
        (999_999, "Rp\u00a0999.999"),
        (1_000_000, "Rp\u00a01.000.000"),
        (125_000_000, "Rp\u00a0125.000.000"),
        (-5_000, "−Rp\u00a05.000"),
    ],
)
def test_an_amount_is_written_with_dots_and_a_no_break_space(amount: int, written: str) -> None:
    assert rupiah(amount) == written


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1250000", 1_250_000),
        ("1.250.000", 1_250_000),
        ("1,250,000", 1_250_000),
        ("Rp 1.250.000", 1_250_000),
        ("rp.1.250.000,00", 1_250_000),
        ("1.250.000,-", 1_250_000),
        ("Rp1,25 jt", 1_250_000),
        ("1.5 juta", 1_500_000),
        ("750rb", 750_000),
        ("2 ribu", 2_000),
        ("0", 0),
    ],
)
def test_what_people_type_becomes_whole_rupiah(typed: str, amount: int) -> None:
    assert read_rupiah(typed) == amount


@pytest.mark.parametrize(
    "typed",
    ["", "Rp", "murah", "1.25.000", "12,5", "1.5", "-5000", "1e6", "1,2345678 jt", "٣", "99999999999"],
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        read_rupiah(typed)


@given(st.integers(min_value=0, max_value=LARGEST_IDR))
def test_every_written_amount_is_read_back(amount: int) -> None:
    assert read_rupiah(rupiah(amount)) == amount


@pytest.mark.parametrize(
    ("total", "percent", "deposit"),
    [(4_900_000, 50, 2_450_000), (4_900_001, 50, 2_451_000), (500, 30, 500), (1_000_000, 100, 1_000_000)],
)
def test_a_deposit_is_rounded_up_to_thousands_but_never_over_the_total(
    total: int, percent: int, deposit: int
) -> None:
    assert deposit_of(total, percent) == deposit


@given(st.integers(min_value=1, max_value=LARGEST_IDR), st.integers(min_value=30, max_value=100))
def test_a_deposit_is_at_least_its_percent_and_at_most_the_total(total: int, percent: int) -> None:
    deposit = deposit_of(total, percent)
    assert total * percent <= deposit * 100 or deposit == total
    assert deposit <= total


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (1, "US$\u00a00.50"),
        (16_000, "US$\u00a01"),
        (23_999, "US$\u00a01.50"),
        (311_999, "US$\u00a019.50"),
        (320_000, "US$\u00a020"),
        (344_000, "US$\u00a022"),
        (327_999, "US$\u00a020"),
        (19_840_000, "US$\u00a01,240"),
    ],
)
def test_an_estimate_in_dollars_is_rounded_as_estimates_are(amount: int, words: str) -> None:
    assert about_usd(amount, 16_000) == words


def test_a_rate_holds_for_thirty_days_to_the_second() -> None:
    set_at = datetime(2026, 11, 1, 4, tzinfo=UTC)
    assert rate_holds(set_at, at=set_at + timedelta(days=30) - timedelta(seconds=1))
    assert not rate_holds(set_at, at=set_at + timedelta(days=30))


def test_no_rate_is_no_estimate() -> None:
    with pytest.raises(ValueError, match="0"):
        about_usd(1_000, 0)


def test_many_says_itself_with_points_and_counts_as_a_number() -> None:
    assert [str(Many(n)) for n in (0, 999, 1_000, 1_234_567)] == ["0", "999", "1.000", "1.234.567"]
    sentence = "%(num)s, %(num)d"
    assert sentence % {"num": Many(2_548)} == "2.548, 2548"
    assert Many(1) == 1
