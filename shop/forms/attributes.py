"""Form fields out of the one table of a craft's attributes, and back again."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext

from shop.domain.craft import ATTRIBUTES, Attribute, AttributeType, Craft
from shop.domain.words import N_
from shop.forms.fields import LineField
from shop.forms.numbers import OneOf, WholeField

PREFIX = "attr_"
YES_NO = {"yes": N_("Ya"), "no": N_("Tidak")}
LONGEST = 120


def attribute_fields(craft: str) -> dict[str, Any]:
    """Unbound fields by name, `attr_<key>`, in the order of the table."""
    return {PREFIX + attribute.key: _field(attribute) for attribute in ATTRIBUTES[Craft(craft)]}


def _field(attribute: Attribute) -> Any:
    label = lazy_gettext(attribute.label)
    if attribute.type is AttributeType.CHOICE:
        return OneOf(label, attribute.choices or {})
    if attribute.type is AttributeType.YES_NO:
        return OneOf(label, YES_NO)
    if attribute.type is AttributeType.NUMBER:
        return WholeField(label, smallest=attribute.smallest, largest=attribute.largest)
    return LineField(label, longest=LONGEST)


def shown_attributes(craft: str, values: dict[str, Any]) -> dict[str, str]:
    """What the fields hold for stored values."""
    return {
        PREFIX + attribute.key: _shown(attribute, values.get(attribute.key))
        for attribute in ATTRIBUTES[Craft(craft)]
    }


def _shown(attribute: Attribute, value: Any) -> str:
    if value is None:
        return ""
    if attribute.type is AttributeType.YES_NO:
        return "yes" if value else "no"
    return str(value)


def read_attributes(craft: str, form: Any) -> dict[str, Any]:
    """What to store: typed values, without those that were left empty."""
    read = {
        attribute.key: _read(attribute, form[PREFIX + attribute.key])
        for attribute in ATTRIBUTES[Craft(craft)]
    }
    return {key: value for key, value in read.items() if value is not None}


def _read(attribute: Attribute, field: Any) -> Any:
    if attribute.type is AttributeType.YES_NO:
        return {"yes": True, "no": False}.get(field.value or "")
    if attribute.type is AttributeType.TEXT:
        return field.data or None
    return field.value
