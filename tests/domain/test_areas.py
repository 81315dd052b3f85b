"""Kecamatan of the whole country: found as one types, told apart where they share a name."""

import pytest

from shop.areas import indonesia


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("oebobo", "Oebobo, Kota Kupang, Nusa Tenggara Timur"),
        ("Oebobo, Kota Kupang", "Oebobo, Kota Kupang, Nusa Tenggara Timur"),
        ("tasifeto t", "Tasifeto Timur, Kabupaten Belu, Nusa Tenggara Timur"),
        ("oeboboo", "Oebobo, Kota Kupang, Nusa Tenggara Timur"),  # misspelt
    ],
)
def test_what_one_types_offers_the_kecamatan_it_means(typed: str, first: str) -> None:
    assert indonesia().offered(typed)[0].words == first


def test_the_country_has_all_its_kecamatan_and_no_two_read_the_same() -> None:
    every = indonesia().all
    assert len(every) > 7_200
    assert len({area.words for area in every}) == len(every)
    assert all(area.regency and area.province for area in every)


def test_a_name_that_several_bear_means_all_of_them_until_the_regency_is_said() -> None:
    several = indonesia().matching("Bandung")
    assert len(several) > 1
    assert all(area.name == "Bandung" for area in several)
    assert [area.code for area in indonesia().matching(several[0].words)] == [several[0].code]


def test_one_letter_offers_nothing() -> None:
    assert indonesia().offered("k") == []


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("53.71", "Kota Kupang, Nusa Tenggara Timur"),
        ("Kota Kupang", "Kota Kupang, Nusa Tenggara Timur"),
        ("belu", "Kabupaten Belu, Nusa Tenggara Timur"),
        ("Nusa Tenggara Timur", "Nusa Tenggara Timur"),
        ("Bandung Kulon, Kota Bandung", "Bandung Kulon, Kota Bandung, Jawa Barat"),
        ("DKI Jakarta", "Daerah Khusus Ibukota Jakarta"),
        ("DI Yogyakarta", ""),  # a city too
        ("Daerah Istimewa Yogyakarta", "Daerah Istimewa Yogyakarta"),
        ("Atlantis", ""),
        ("Bandung", ""),  # a city and a regency
    ],
)
def test_curators_name_a_place_by_code_or_by_name(written: str, words: str) -> None:
    code = indonesia().named(written)
    assert (indonesia().words_of(code) if code else "") == words
