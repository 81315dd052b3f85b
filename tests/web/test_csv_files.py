"""Tables for spreadsheets: nothing in them runs, whatever separator the program believes in."""

import pytest

from shop.web.csv_files import csv_file


def only_cell(value: str | int) -> str:
    line = csv_file("a.csv", ["nama"], [[value]]).get_data(as_text=True).splitlines()[1]
    return line.strip('"').replace('""', '"')


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+62 812", "'+62 812"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1+1", "  '=1+1"),
        ("\t=1+1", "\t'=1+1"),
        ("＝1+1", "'＝1+1"),
        ("Ratna,=1+1", "Ratna,'=1+1"),
        ("Ratna; =1+1", "Ratna; '=1+1"),
        ('a,"=1+1', "a,\"'=1+1"),
    ],
)
def test_words_that_look_like_a_formula_get_a_quote(typed: str, written: str) -> None:
    assert only_cell(typed) == written


@pytest.mark.parametrize(
    "plain", ["Ratna-Wulandari", "Rp 10.000,-", "2 x Tais, merah", "a=b", "ratna@contoh.id", -5]
)
def test_other_words_and_figures_stay_as_they_are(plain: str | int) -> None:
    assert only_cell(plain) == str(plain)
