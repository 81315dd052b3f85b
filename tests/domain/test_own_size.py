"""Sizes inside a wish are found and held against the maker's limits; other numbers are left alone."""

import pytest

from shop.domain.own_size import outside, sizes_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("150 x 60 x 75 cm", {"length_cm": 150, "width_cm": 60, "height_cm": 75}),
        ("Ukuran 150×60 cm saja", {"length_cm": 150, "width_cm": 60}),
        ("Tinggi dudukan 46 cm. Finishing minyak.", {"height_cm": 46}),
        ("panjangnya 1,5 m dan lebar 600 mm", {"length_cm": 150, "width_cm": 60}),
        ("2 m long, please", {"length_cm": 200}),
        ("height: 46", {"height_cm": 46}),
        ("Untuk 6 orang, sebelum 20/12/2026", {}),
        ("Warna merah, dua lajur", {}),
        ("", {}),
    ],
)
def test_sizes_are_read_as_people_write_them(text: str, found: dict[str, float]) -> None:
    assert sizes_in(text) == pytest.approx(found)


def test_only_what_lies_beyond_a_named_limit_is_told() -> None:
    limits = {"length_cm": [100, 180], "height_cm": [42, 50]}
    assert outside(limits, "150 x 60 x 46 cm") == []
    assert outside(limits, "200 x 60 x 55 cm") == [("length_cm", 100, 180), ("height_cm", 42, 50)]
    assert outside(limits, "lebar 500") == []
    assert outside({}, "panjang 5000") == []
