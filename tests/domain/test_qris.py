"""QRIS strings: checked field by field, the amount put in, the checksum made again."""

import pytest
import qriskit
from hypothesis import given
from hypothesis import strategies as st

from shop.domain.qris import AMOUNT, QrisError, crc16, parse, read_static, with_amount
from shop.gateways.demo_qris import EXAMPLE

BODY = (
    "00020101021126610014COM.GO-JEK.WWW01189360091434506469550210G4506469550303UMI"
    "51440014ID.CO.QRIS.WWW0215ID10243639137310303UMI5204581253033605802ID"
    "5914WARUNG DEMO BL6007ATAMBUA61058571262070703A016304"
)
STATIC = BODY + crc16(BODY)


def test_the_checksum_is_the_published_one() -> None:
    assert crc16("123456789") == "29B1"  # the check value of CRC-16/CCITT-FALSE


def test_a_merchant_string_is_read_field_by_field() -> None:
    fields = parse(STATIC)
    assert fields["59"] == "WARUNG DEMO BL"
    assert fields["53"] == "360"


@given(st.integers(1, 10_000_000))
def test_an_amount_goes_in_and_the_string_is_whole_again(amount: int) -> None:
    fields = parse(with_amount(STATIC, amount))
    assert fields[AMOUNT] == str(amount)
    assert fields["01"] == "12"
    assert {key: fields[key] for key in fields if key not in (AMOUNT, "01", "63")} == {
        key: value for key, value in parse(STATIC).items() if key not in ("01", "63")
    }


@given(st.integers(0, len(STATIC) - 1))
def test_one_wrong_character_is_noticed(place: int) -> None:
    wrong = "X" if STATIC[place] != "X" else "Y"
    with pytest.raises(QrisError):
        parse(STATIC[:place] + wrong + STATIC[place + 1 :])


@pytest.mark.parametrize(
    "text", ["", "00", "hello", STATIC[:-1], STATIC + "00", STATIC.replace("5303360", "5303840")]
)
def test_what_is_no_usable_qris_is_refused(text: str) -> None:
    with pytest.raises(QrisError):
        parse(text)


@pytest.mark.parametrize("amount", [0, -1])
def test_no_amount_is_no_qris(amount: int) -> None:
    with pytest.raises(ValueError, match="more than nothing"):
        with_amount(STATIC, amount)


def sealed(body: str) -> str:
    return body + crc16(body)


@given(st.integers(1, 10_000_000), st.sampled_from([STATIC, EXAMPLE]))
def test_another_reader_of_qris_agrees_about_what_we_made(amount: int, text: str) -> None:
    asked = read_static(text).asking(amount)
    read = qriskit.parse(asked)
    assert qriskit.is_valid(asked)
    assert read.is_dynamic and int(read.amount or 0) == amount
    assert read.merchant_name == read_static(text).merchant
    assert asked == read.to_static().to_dynamic(amount).dumps()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (with_amount(STATIC, 5), "one payment"),
        (sealed(BODY.replace("010211", "010212")), "one payment"),
        (
            sealed("00020101021152045812530336058021D5904TOKO6007ATAMBUA6304".replace("1D", "ID")),
            "merchant account",
        ),
        (sealed(BODY.replace("5802ID", "5802MY")), "Indonesia"),
        (STATIC.replace("WARUNG", "WARÜNG"), "character"),
        (STATIC[:-4] + "0000", "checksum"),
        ("", "missing"),
    ],
)
def test_what_is_no_static_merchant_code_is_refused_with_its_reason(text: str, why: str) -> None:
    with pytest.raises(QrisError, match=why):
        read_static(text)


def test_the_example_of_development_is_a_whole_code_of_nobody() -> None:
    example = read_static(EXAMPLE, example=True)
    assert example.example and "CONTOH" in example.merchant
