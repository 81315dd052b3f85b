"""Form fields out of the table of a craft's attributes, and back."""

from typing import Any

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from shop.domain.craft import ATTRIBUTES, Attribute, AttributeType, Craft
from shop.forms.attributes import attribute_fields, read_attributes, shown_attributes


def form_of(craft: str, typed: dict[str, str] | None = None, stored: dict[str, Any] | None = None) -> Form:
    kind = type("AttributeForm", (Form,), attribute_fields(craft))
    return kind(MultiDict(typed or {}), data=shown_attributes(craft, stored or {}))


def a_value(attribute: Attribute) -> Any:
    if attribute.type is AttributeType.CHOICE:
        return next(iter(attribute.choices or {}))
    return {AttributeType.YES_NO: False, AttributeType.NUMBER: attribute.largest, AttributeType.TEXT: "kain"}[
        attribute.type
    ]


@pytest.mark.parametrize("craft", Craft)
def test_every_attribute_has_its_field_and_comes_back_as_stored(craft: str) -> None:
    stored = {attribute.key: a_value(attribute) for attribute in ATTRIBUTES[Craft(craft)]}
    form = form_of(craft, stored=stored)
    assert [field.name for field in form] == [f"attr_{key}" for key in stored]
    assert read_attributes(craft, form) == stored


@pytest.mark.parametrize("craft", Craft)
def test_what_is_left_empty_is_not_stored(craft: str) -> None:
    assert read_attributes(craft, form_of(craft)) == {}


def test_typed_values_have_their_types() -> None:
    form = form_of("tenun-ikat", {"attr_loom": "atbm", "attr_fringe": "yes", "attr_panels": "2"})
    assert form.validate()
    assert read_attributes("tenun-ikat", form) == {"loom": "atbm", "fringe": True, "panels": 2}


@pytest.mark.parametrize(
    "typed", [{"attr_loom": "mesin"}, {"attr_fringe": "mungkin"}, {"attr_panels": "0"}, {"attr_panels": "7"}]
)
def test_values_outside_the_table_are_refused(typed: dict[str, str]) -> None:
    assert not form_of("tenun-ikat", typed).validate()
