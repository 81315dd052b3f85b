"""A bank's list as Indonesian banks write it: amounts, dates, headings, and the same line being the same line."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.domain.bank_cells import LARGEST_IDR, Left, read_amount, read_date, read_fee
from shop.domain.bank_file import MOST_BYTES, StatementRefused, decode, table_of
from shop.domain.bank_list import Columns, fits, guess, read
from shop.domain.money import thousands

AMOUNTS = [
    ("1250000", "", 1_250_000),
    ("1.250.000", "", 1_250_000),
    ("1.250.000,00", "", 1_250_000),
    ("1,250,000.00", "", 1_250_000),
    ("Rp 1.250.000", "", 1_250_000),
    ("Rp1.250.000,-", "", 1_250_000),
    ("IDR 2450417.00", "", 2_450_417),
    ("2,450,417.00 CR", "", 2_450_417),
    ("2.450.417 K", "", 2_450_417),
    ("2,450,417.00 DB", "", Left.OUT),
    ("2450417", "D", Left.OUT),
    ("2450417", "K", 2_450_417),
    ("+750.000", "", 750_000),
    ("-750.000", "", Left.OUT),
    ("(750.000)", "", Left.OUT),
    ("750.000-", "", Left.OUT),
    ("", "", Left.OUT),
    ("-", "", Left.OUT),
    ("0", "", Left.OUT),
    ("0,00", "", Left.OUT),
    ("1.234,56", "", Left.CENTS),
    ("12.34.56", "", Left.AMOUNT),
    ("abc", "", Left.AMOUNT),
    ("=1+1", "", Left.AMOUNT),
    ("99.999.999.999", "", Left.AMOUNT),
    ("٣٤٥", "", Left.AMOUNT),
]
DATES = [
    ("24/11/2026", date(2026, 11, 24)),
    ("24-11-26", date(2026, 11, 24)),
    ("24.11.2026", date(2026, 11, 24)),
    ("2026-11-24", date(2026, 11, 24)),
    ("2026-11-24 09:15:00", date(2026, 11, 24)),
    ("24/11/2026 09.15", date(2026, 11, 24)),
    ("5 Mei 2026", date(2026, 5, 5)),
    ("05 Agustus 2026", date(2026, 8, 5)),
    ("17-Agt-2026", date(2026, 8, 17)),
    ("'01/12/2026", date(2026, 12, 1)),
    ("31/02/2026", None),
    ("24/11", None),
    ("11/24/2026", None),
    ("PEND", None),
    ("", None),
]
BCA = (
    "Informasi Rekening\nNo. rekening : ;0010203\n\n"
    '"Tanggal Transaksi","Keterangan","Cabang","Jumlah","Saldo"\n'
    '24/11/2026,"TRSF E-BANKING CR RATNA","0000","2,450,417.00 CR","9,000,000.00"\n'
    '24/11/2026,"BIAYA ADM","0000","15,000.00 DB","8,985,000.00"\n'
    '25/11/2026,"=HYPERLINK(""x"")","0000","100,000.00 CR","9,085,000.00"\n'
)
SPLIT = (
    "Tgl;Uraian;Debet;Kredit;No. Ref\n"
    "24/11/2026;SETORAN;0,00;500.000,00;A1\n"
    "24/11/2026;SETORAN;0,00;500.000,00;A1\n"
    "24/11/2026;TARIK TUNAI;200.000,00;0,00;A2\n"
)


@pytest.mark.parametrize(("text", "direction", "amount"), AMOUNTS)
def test_an_amount_as_banks_write_it(text: str, direction: str, amount: int | Left) -> None:
    assert read_amount(text, direction) == amount


@pytest.mark.parametrize(("text", "day"), DATES)
def test_a_date_as_banks_write_it(text: str, day: date | None) -> None:
    assert read_date(text) == day


@pytest.mark.parametrize(
    ("text", "fee"),
    [
        ("", 0),
        ("0", 0),
        ("7.000", 7_000),
        ("-Rp 7.000,00", 7_000),
        ("(7,000.00)", 7_000),
        ("7.000,49", 7_000),
        ("7.000,5", 7_001),
        ("999.999", 999_999),
        ("1.000.000", Left.FEE),
        ("0,7%", Left.FEE),
        ("x", Left.FEE),
    ],
)
def test_a_fee_as_acquirers_write_it(text: str, fee: int | Left) -> None:
    assert read_fee(text, of_idr=1_000_000) == fee


def test_a_report_with_a_fee_no_one_can_read_leaves_that_line_out() -> None:
    table = table_of("Tanggal,Gross,MDR,Net\n24/11/2026,500000,3500,496500\n24/11/2026,500000,0.7%,496500\n")
    columns = guess(table)
    assert (columns.amount, columns.fee) == ("Gross", "MDR")
    found = read(table, columns)
    assert [(line.amount_idr, line.fee_idr) for line in found.lines] == [(500_000, 3_500)]
    assert found.left == {Left.FEE: 1}


@given(st.integers(1, LARGEST_IDR))
def test_every_amount_comes_back_however_it_is_written(amount: int) -> None:
    for written in (
        str(amount),
        thousands(amount),
        f"{amount:,}.00",
        f"Rp{thousands(amount)},00",
        f"{amount} CR",
    ):
        assert read_amount(written) == amount


@given(st.text(max_size=40))
def test_no_cell_makes_the_reader_fall(text: str) -> None:
    read_amount(text)
    read_date(text)
    read_fee(text, of_idr=9)


@given(st.binary(max_size=400))
def test_no_file_makes_the_reader_fall(content: bytes) -> None:
    try:
        table = table_of(decode(content))
    except StatementRefused:
        return
    read(table, guess(table)) if fits(table, guess(table)) else None


def test_one_column_with_a_word_for_the_direction() -> None:
    table = table_of(decode(BCA.encode("cp1252")))
    columns = guess(table)
    assert columns == Columns("Tanggal Transaksi", "Jumlah", "", "Keterangan", "")
    found = read(table, columns)
    assert [(line.amount_idr, line.words) for line in found.lines] == [
        (2_450_417, "TRSF E-BANKING CR RATNA"),
        (100_000, 'HYPERLINK("x")'),
    ]
    assert found.left == {Left.OUT: 1}


def test_debit_and_credit_in_columns_of_their_own_and_equal_lines_are_two() -> None:
    table = table_of(decode("\ufeff".encode() + SPLIT.encode()))
    columns = guess(table)
    assert (columns.amount, columns.reference) == ("Kredit", "No. Ref")
    found = read(table, columns)
    assert [line.amount_idr for line in found.lines] == [500_000, 500_000]
    assert len({line.fingerprint for line in found.lines}) == 2
    overlap = read(table_of(SPLIT.replace("TARIK", "AMBIL")), columns)
    assert [line.fingerprint for line in overlap.lines] == [line.fingerprint for line in found.lines]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"x" * (MOST_BYTES + 1), "1 MB"),
        (b"PK\x03\x04\0\0\0", "bukan berkas CSV"),
        (b"", "judul kolom"),
        (b"a,b,c\n1,2,3\n", "judul kolom"),
        (b"Tanggal,Jumlah,Keterangan\n" + b"24/11/2026,1000,x\n" * 5_001, "5.000 baris"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(content: bytes, why: str) -> None:
    with pytest.raises(StatementRefused, match=why):
        table_of(decode(content))


def test_columns_fit_only_a_file_that_has_them() -> None:
    table = table_of(SPLIT)
    assert fits(table, Columns("Tgl", "Kredit"))
    assert not fits(table, Columns("Tgl", ""))
    assert not fits(table, Columns("Tanggal", "Kredit"))
