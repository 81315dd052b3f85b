"""Amounts in words, where Indonesian and English each have their own way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.domain.amount_words import in_english, in_indonesian, rupiah_in_words

TABLE = [
    (0, "nol", "zero"),
    (1, "satu", "one"),
    (11, "sebelas", "eleven"),
    (14, "empat belas", "fourteen"),
    (20, "dua puluh", "twenty"),
    (21, "dua puluh satu", "twenty-one"),
    (100, "seratus", "one hundred"),
    (999, "sembilan ratus sembilan puluh sembilan", "nine hundred ninety-nine"),
    (1_000, "seribu", "one thousand"),
    (2_011, "dua ribu sebelas", "two thousand eleven"),
    (100_000, "seratus ribu", "one hundred thousand"),
    (1_000_000, "satu juta", "one million"),
    (1_001_000, "satu juta seribu", "one million one thousand"),
    (2_450_417, "dua juta empat ratus lima puluh ribu empat ratus tujuh belas",
     "two million four hundred fifty thousand four hundred seventeen"),
    (10_000_000_000, "sepuluh miliar", "ten billion"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "indonesian", "english"), TABLE)
def test_a_number_in_both_languages(number: int, indonesian: str, english: str) -> None:
    assert in_indonesian(number) == indonesian
    assert in_english(number) == english


@given(st.integers(0, 10**13))
def test_words_are_single_spaced_and_differ_for_neighbours(number: int) -> None:
    for words in (in_indonesian, in_english):
        said = words(number)
        assert said == " ".join(said.split()) != ""
        assert said != words(number + 1)


def test_rupiah_is_named_and_nothing_below_nothing_is_said() -> None:
    assert rupiah_in_words(15_000, "id") == "lima belas ribu rupiah"
    assert rupiah_in_words(15_000, "en") == "fifteen thousand rupiah"
    with pytest.raises(ValueError, match="below nothing"):
        rupiah_in_words(-1, "id")
