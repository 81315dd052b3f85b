"""The steps of the editor as forms: what stands in a revision ↔ what is typed.

Everything may be left empty while a work is a draft; only what cannot be read is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from shop.domain.craft import CRAFT_LABELS, DYED, KINDS, MATERIALS, TECHNIQUES, Craft
from shop.domain.editor import FIELDS, EditorStep
from shop.domain.listing import DYE_LABELS
from shop.domain.money import thousands
from shop.forms.attributes import attribute_fields, read_attributes, shown_attributes
from shop.forms.fields import LineField, TextField
from shop.forms.numbers import OneOf, WeightField, WholeField

Fields = Mapping[str, Any]
LONGEST_TITLE = 80
LARGEST_CM = 1_000
CM_FIELDS = ("length_cm", "width_cm", "height_cm", "packed_length_cm", "packed_width_cm", "packed_height_cm")


class StepForm(FlaskForm):  # type: ignore[misc]
    """One step. `shown` turns stored fields into what the inputs hold, `read` gives back what to store."""

    step: EditorStep

    @classmethod
    def shown(cls, fields: Fields) -> dict[str, Any]:
        return {name: fields[name] or "" for name in FIELDS[cls.step]}

    def read(self) -> dict[str, Any]:
        return {name: self[name].data or "" for name in FIELDS[self.step]}


class NameForm(StepForm):
    """Title, and which kind of thing of which craft."""

    step = EditorStep.NAME
    title_id = LineField(lazy_gettext("Nama karya"), longest=LONGEST_TITLE)
    title_en = LineField(lazy_gettext("Nama dalam bahasa Inggris"), longest=LONGEST_TITLE)
    kind = SelectField(lazy_gettext("Jenis karya"))

    @classmethod
    def shown(cls, fields: Fields) -> dict[str, Any]:
        own = {"title_id": fields["title_id"], "title_en": fields["title_en"]}
        return own | {"kind": f"{fields['craft']}/{fields['kind'] or ''}"}

    def offer(self, crafts: Sequence[str], fields: Fields) -> None:
        """The kinds of these crafts, in groups; the work's own craft first, not chosen yet."""
        own = str(fields["craft"])
        first = SelectChoice(f"{own}/", lazy_gettext("Pilih jenis"), optgroup=_craft_words(own))
        self.kind.choices = [
            first,
            *(
                SelectChoice(f"{craft}/{kind}", lazy_gettext(words), optgroup=_craft_words(craft))
                for craft in [own, *(other for other in crafts if other != own)]
                for kind, words in KINDS[Craft(craft)].items()
            ),
        ]

    def read(self) -> dict[str, Any]:
        craft, _, kind = str(self.kind.data).partition("/")
        titles = {"title_id": self.title_id.data or "", "title_en": self.title_en.data or ""}
        return titles | {"craft": craft, "kind": kind or None}


def _craft_words(craft: str) -> str:
    return str(lazy_gettext(CRAFT_LABELS[Craft(craft)]))


class SizeForm(StepForm):
    """The work's size, and the parcel it travels in."""

    step = EditorStep.SIZE
    length_cm = WholeField(lazy_gettext("Panjang (cm)"), largest=LARGEST_CM)
    width_cm = WholeField(lazy_gettext("Lebar (cm)"), largest=LARGEST_CM)
    height_cm = WholeField(lazy_gettext("Tinggi (cm)"), largest=LARGEST_CM)
    weight_g = WeightField(lazy_gettext("Berat kirim (kg)"))
    packed_length_cm = WholeField(lazy_gettext("Panjang paket (cm)"), largest=LARGEST_CM)
    packed_width_cm = WholeField(lazy_gettext("Lebar paket (cm)"), largest=LARGEST_CM)
    packed_height_cm = WholeField(lazy_gettext("Tinggi paket (cm)"), largest=LARGEST_CM)

    @classmethod
    def shown(cls, fields: Fields) -> dict[str, Any]:
        sizes = {name: str(fields[name] or "") for name in CM_FIELDS}
        return sizes | {"weight_g": kilograms(fields["weight_g"])}

    def read(self) -> dict[str, Any]:
        return {name: self[name].value for name in FIELDS[self.step]}


def kilograms(grams: int | None) -> str:
    """`1,2` for 1200 g, to be typed over; empty for nothing."""
    return f"{grams / 1000:.3f}".rstrip("0").rstrip(".").replace(".", ",") if grams else ""


class MaterialForm(StepForm):
    """Material and technique; the dye where there is one; the craft's own facts. Made by `material_form`."""

    step = EditorStep.MATERIAL
    craft: str

    @classmethod
    def shown(cls, fields: Fields) -> dict[str, Any]:
        plain = {name: fields[name] for name in ("technique", "material", "dye", "dye_plants")}
        return plain | shown_attributes(cls.craft, fields["attributes"])

    def read(self) -> dict[str, Any]:
        dyed = Craft(self.craft) in DYED
        return {
            "technique": self["technique"].value,
            "material": self["material"].value,
            "dye": self["dye"].value if dyed else None,
            "dye_plants": (self["dye_plants"].data or "") if dyed else "",
            "attributes": read_attributes(self.craft, self),
        }


def material_form(craft: str) -> type[MaterialForm]:
    """The form for a craft, out of its tables."""
    own = Craft(craft)
    fields: dict[str, Any] = {
        "material": OneOf(lazy_gettext("Bahan"), MATERIALS[own]),
        "technique": OneOf(lazy_gettext("Teknik"), TECHNIQUES[own]),
    }
    if own in DYED:
        fields["dye"] = OneOf(lazy_gettext("Pewarna"), DYE_LABELS)
        fields["dye_plants"] = LineField(lazy_gettext("Tanaman atau bahan pewarna"), longest=120)
    return type("CraftMaterialForm", (MaterialForm,), {"craft": craft, **fields, **attribute_fields(craft)})


class MotifForm(StepForm):
    """What the motif is called, and according to whom."""

    step = EditorStep.MOTIF
    motif_name = LineField(lazy_gettext("Nama motif"), longest=80)
    motif_source = LineField(lazy_gettext("Menurut siapa"), longest=80)


class StoryForm(StepForm):
    """What it is, how it came to be, how to care for it."""

    step = EditorStep.STORY
    description_id = TextField(lazy_gettext("Apa barang ini, dan untuk apa dipakai?"), longest=2_000)
    story = TextField(lazy_gettext("Bagaimana dibuat, berapa lama, dan oleh siapa?"), longest=2_000)
    care = TextField(lazy_gettext("Cara merawat"), longest=500)
    description_en = TextField(lazy_gettext("Keterangan dalam bahasa Inggris"), longest=2_000)


def price_text(amount_idr: int | None) -> str:
    """An amount as it is typed: `1.250.000`; empty for none."""
    return thousands(amount_idr) if amount_idr else ""


class AltForm(FlaskForm):  # type: ignore[misc]
    """Words for those who cannot see a photo."""

    alt_id = LineField(lazy_gettext("Teks foto"), longest=200)
    alt_en = LineField(lazy_gettext("Teks foto dalam bahasa Inggris"), longest=200)


class AppealForm(FlaskForm):  # type: ignore[misc]
    """The producer's one answer to a rejection."""

    text = TextField(lazy_gettext("Mengapa keputusan ini perlu dilihat lagi?"), longest=2_000)

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        if good and not self.text.data:
            self.text.errors = [str(lazy_gettext("Tulis alasan banding"))]
            return False
        return good


class StartForm(FlaskForm):  # type: ignore[misc]
    """Of which craft a new work is."""

    craft = OneOf(lazy_gettext("Kerajinan"), CRAFT_LABELS)

    def offer(self, crafts: Sequence[str]) -> None:
        self.craft.choices = [choice for choice in self.craft.choices if choice.value in crafts]

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        if good and not self.craft.value:
            self.craft.errors = [str(lazy_gettext("Pilih kerajinan"))]
            return False
        return good
