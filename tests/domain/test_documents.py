"""Numbers of documents: written, read, of which year; and the print that shows a change."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from shop.domain.documents import Kind, digest, file_words, number_words, read_file_words, year_of


@pytest.mark.parametrize("kind", Kind)
def test_a_number_is_written_and_read_again(kind: Kind) -> None:
    assert read_file_words(file_words(kind, 2026, 7)) == (kind, 2026, 7)
    assert read_file_words(file_words(kind, 2026, 12345)) == (kind, 2026, 12345)


def test_a_number_reads_as_people_write_it() -> None:
    assert number_words("receipt", 2026, 7) == "KWT/2026/0007"


@pytest.mark.parametrize(
    "text", ["", "KWT-2026-7", "XXX-2026-0007", "KWT/2026/0007", "KWT-2026-0007 ", "kwt-2026-0007"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert read_file_words(text) is None


def test_the_year_turns_on_the_councils_calendar() -> None:
    """New Year's Eve, 16.00 UTC: midnight in Atambua."""
    turning = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
    assert year_of(turning, ZoneInfo("Asia/Makassar")) == 2027
    assert year_of(turning, ZoneInfo("Asia/Jakarta")) == 2026


def test_the_print_shows_any_change() -> None:
    at = datetime(2026, 11, 24, tzinfo=UTC)
    whole = ("quote", 2026, 1, "inquiry:1", at, {"total_idr": 100, "note": "ą"})
    same = digest("quote", 2026, 1, "inquiry:1", at, {"note": "ą", "total_idr": 100})
    assert digest(*whole) == same
    assert digest(*whole[:5], {"total_idr": 101, "note": "ą"}) != same
    assert digest("quote", 2026, 2, *whole[3:]) != same
