"""Figures as people type them."""

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from shop.domain.listing import AVAILABILITY_LABELS
from shop.forms.numbers import OneOf, PriceField, WeightField, WholeField
from shop.forms.works import kilograms


class Typed(Form):  # type: ignore[misc]
    whole = WholeField("Panjang", smallest=1, largest=1_000)
    price = PriceField("Harga")
    weight = WeightField("Berat")
    choice = OneOf("Ketersediaan", AVAILABILITY_LABELS)


def typed(**fields: str) -> Typed:
    return Typed(MultiDict(fields))


@pytest.mark.parametrize(
    ("text", "value"),
    [("190", 190), (" 190 ", 190), ("1.000", 1000), ("1", 1), ("", None)],
)
def test_whole_numbers_are_read(text: str, value: int | None) -> None:
    form = typed(whole=text)
    assert form.validate()
    assert form.whole.value == value


@pytest.mark.parametrize("text", ["0", "1001", "-3", "98,5", "seratus", "٣", "1e3", "9" * 30])
def test_other_numbers_are_refused(text: str) -> None:
    assert not typed(whole=text).validate()


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("1,2", 1200), ("1.2", 1200), ("0,9", 900), ("1,25 kg", 1250), ("900 g", 900), ("900 gram", 900),
        ("1.200 g", 1200), ("12", 12_000), ("0,005", 5), ("", None),
    ],
)  # fmt: skip
def test_weights_are_read_in_kilograms_unless_grams_are_said(text: str, grams: int | None) -> None:
    form = typed(weight=text)
    assert form.validate()
    assert form.weight.value == grams


@pytest.mark.parametrize("text", ["berat", "0", "501", "1,2345", "-1", "1,2 g"])
def test_other_weights_are_refused(text: str) -> None:
    assert not typed(weight=text).validate()


@pytest.mark.parametrize("grams", [5, 900, 1000, 1200, 1250, 12_000, 499_999])
def test_a_weight_shown_is_read_back_as_the_same(grams: int) -> None:
    assert typed(weight=kilograms(grams)).weight.value == grams


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1250000", 1_250_000), ("1.250.000", 1_250_000), ("Rp1,25 jt", 1_250_000), ("", None)],
)
def test_prices_are_read(text: str, amount: int | None) -> None:
    form = typed(price=text)
    assert form.validate()
    assert form.price.value == amount


@pytest.mark.parametrize("text", ["murah", "0", "-5", "1,2,3"])
def test_other_prices_are_refused(text: str) -> None:
    assert not typed(price=text).validate()


def test_a_choice_may_be_left_open_but_not_made_up() -> None:
    assert typed(choice="ready").choice.value == "ready"
    assert typed().validate()
    assert typed().choice.value is None
    assert not typed(choice="gratis").validate()
