"""The tables of the crafts are whole: every craft has what the editor, the filters and the facts need."""

import pytest

from shop.domain import craft
from shop.domain.craft import ATTRIBUTES, KINDS, MATERIALS, SLOTS, TECHNIQUES, AttributeType, Craft


@pytest.mark.parametrize("each", Craft)
def test_every_craft_has_its_slots_kinds_techniques_materials_and_attributes(each: Craft) -> None:
    for table in (SLOTS, KINDS, TECHNIQUES, MATERIALS, ATTRIBUTES):
        assert table[each]


@pytest.mark.parametrize("each", Craft)
def test_slots_and_attributes_have_names_of_their_own(each: Craft) -> None:
    for table in (SLOTS, ATTRIBUTES):
        keys = [row.key for row in table[each]]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize("each", Craft)
def test_an_attribute_of_choice_has_choices_and_a_number_has_bounds(each: Craft) -> None:
    for attribute in ATTRIBUTES[each]:
        assert (attribute.type is AttributeType.CHOICE) == bool(attribute.choices)
        if attribute.type is AttributeType.NUMBER:
            assert attribute.smallest < attribute.largest


def test_cloth_needs_a_photo_of_its_reverse_side() -> None:
    assert "balik" in [slot.key for slot in craft.required_slots("tenun-ikat")]


def test_an_attribute_is_found_by_its_key_within_its_craft_only() -> None:
    found = craft.attribute("meubel", "drying")
    assert found is not None
    assert found.filtered
    assert craft.attribute("gerabah", "drying") is None
