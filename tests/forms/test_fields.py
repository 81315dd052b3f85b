"""What people type, and what it is taken for."""

import pytest

from shop.forms.fields import clean_line, clean_text, read_email, read_identifier, read_phone


@pytest.mark.parametrize(
    "typed",
    [
        "081234567890",
        "0812-3456-7890",
        "0812 3456 7890",
        "6281234567890",
        "+62 812 3456 7890",
        "+62 (0)812 3456 7890",
    ],
)
def test_an_indonesian_number_is_understood_however_it_is_written(typed: str) -> None:
    assert read_phone(typed) == "+6281234567890"


def test_numbers_from_next_door_and_abroad_keep_their_country() -> None:
    assert read_phone("+670 7723 4567") == "+67077234567"
    assert read_phone("+61 412 345 678") == "+61412345678"


@pytest.mark.parametrize("typed", ["", "0812", "abc", "0812345678901234567", "+999 1234"])
def test_what_cannot_be_a_number_is_none(typed: str) -> None:
    assert read_phone(typed) is None


def test_an_address_is_compared_in_lower_case() -> None:
    assert read_email(" Maria@Contoh.test ") == "maria@contoh.test"
    assert read_email("maria@") is None
    assert read_email("maria") is None


def test_one_signs_in_with_either() -> None:
    assert read_identifier("A@contoh.test") == ("a@contoh.test", None)
    assert read_identifier("0812 3456 7890") == (None, "+6281234567890")
    assert read_identifier("siapa") == (None, None)


def test_text_loses_what_no_database_takes() -> None:
    assert clean_line("  Maria\x00  da\tSilva\n") == "Maria da Silva"
    assert clean_text("satu\x00\r\n\r\n\r\n\r\ndua  \n") == "satu\n\ndua"
