"""What people type, and what it is taken for."""

import pytest

from shop.forms.fields import (
    clean_line,
    clean_text,
    leads_somewhere,
    read_email,
    read_identifier,
    read_phone,
)


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


@pytest.mark.parametrize(
    "typed",
    [
        "Hadiah di https://evil.example",
        "buka WWW.evil",
        "evil.com",
        "menang! situs.xyz/a",
        "a@b.example",
        r"\\evil",
    ],
)
def test_a_name_leads_nowhere(typed: str) -> None:
    assert leads_somewhere(typed)


@pytest.mark.parametrize(
    "name",
    [
        "Maria da Silva",
        "Drs. Y. Bere, S.Pd., M.Si.",
        "CV. Maju Jaya",
        "Ny. Ana / Pak Yos",
        "Fatuba'a",
        "D.Ximenes",
    ],
)
def test_names_of_people_and_workshops_are_names(name: str) -> None:
    assert not leads_somewhere(name)


def test_text_loses_what_no_database_takes() -> None:
    assert clean_line("Rp 100\u202e000.01\u2066") == "Rp 100000.01"
    assert clean_line("  Maria\x00  da\tSilva\n") == "Maria da Silva"
    assert clean_text("satu\x00\r\n\r\n\r\n\r\ndua  \n") == "satu\n\ndua"
