"""What a parcel counts as, and what it costs."""

import pytest

from shop.domain.shipping import Packed, counted_g, nearest, price_of

CLOTH = Packed(1, 900, 35, 30, 6)  # 6,300 cm³: 1,050 g of room at 6000


@pytest.mark.parametrize(
    ("parcel", "divisor", "grams"),
    [
        ([CLOTH], 6000, 1050),
        ([CLOTH], 5000, 1260),
        ([Packed(1, 2000, 35, 30, 6)], 6000, 2000),  # heavier than its room
        ([CLOTH, Packed(2, 3000, 10, 10, 10)], 6000, 6900),  # one parcel: weights together, rooms together
        ([Packed(1, 1, 1, 1, 7)], 6000, 2),  # rounded up
    ],
)
def test_the_larger_of_weight_and_room_counts(parcel: list[Packed], divisor: int, grams: int) -> None:
    assert counted_g(parcel, divisor) == grams


@pytest.mark.parametrize(
    ("grams", "price"), [(1, 40_000), (1000, 40_000), (1001, 75_000), (2000, 75_000), (2001, None)]
)
def test_the_first_step_that_is_heavy_enough_is_the_price(grams: int, price: int | None) -> None:
    assert price_of({2000: 75_000, 1000: 40_000}, grams) == price


def test_a_table_without_steps_knows_no_price() -> None:
    assert price_of({}, 1) is None


def test_the_nearer_place_comes_before_the_wider() -> None:
    assert nearest("53.71.04") == ("53.71.04", "53.71", "53")
