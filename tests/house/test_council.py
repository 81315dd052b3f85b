"""The council file: Belu's is whole, a broken one says what is wrong."""

from pathlib import Path

import pytest

from shop import council
from shop.config import BELU
from shop.domain.craft import Craft


def test_belu_has_its_twelve_districts_and_eighty_one_villages() -> None:
    belu = council.read(BELU)
    assert len(belu.districts) == 12
    assert sum(len(district.villages) for district in belu.districts) == 81
    assert sum(1 for d in belu.districts for v in d.villages if v.kind == "kelurahan") == 12


def test_every_village_has_a_postcode_of_five_digits() -> None:
    for district in council.read(BELU).districts:
        for village in district.villages:
            assert len(village.postcode) == 5, village.name
            assert village.postcode.isdecimal(), village.name


def test_a_village_belongs_to_its_own_district_only() -> None:
    belu = council.read(BELU)
    assert belu.has_village("53.04.02", "Fatuba'a")
    assert not belu.has_village("53.04.01", "Fatuba'a")
    assert not belu.has_village("99.99.99", "Fatuba'a")


def test_the_crafts_of_the_file_are_crafts_of_the_code() -> None:
    assert set(council.read(BELU).crafts) <= set(Craft)


def test_a_missing_file_a_broken_one_and_a_missing_entry_are_named(tmp_path: Path) -> None:
    with pytest.raises(council.CouncilError, match="no such council file"):
        council.read(tmp_path / "nowhere.toml")
    broken = tmp_path / "broken.toml"
    broken.write_text("name = ")
    with pytest.raises(council.CouncilError, match=r"broken\.toml"):
        council.read(broken)
    short = tmp_path / "short.toml"
    short.write_text('code = "ABC"\n')
    with pytest.raises(council.CouncilError, match="'name' is missing"):
        council.read(short)
