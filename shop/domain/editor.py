"""The steps in which a work is written down, what each of them holds, and what is still missing."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from shop.domain.craft import ATTRIBUTES, DYED, REGULATED_WORDS, WITH_MOTIF, Craft, required_slots
from shop.domain.listing import Availability, PriceKind
from shop.domain.words import N_


class EditorStep(StrEnum):
    """The reasons of a curator name these steps too."""

    PHOTOS = "photos"
    NAME = "name"
    SIZE = "size"
    MATERIAL = "material"
    MOTIF = "motif"
    PRICE = "price"
    STORY = "story"
    CHECK = "check"


STEP_LABELS = {
    EditorStep.PHOTOS: N_("Foto"),
    EditorStep.NAME: N_("Nama dan jenis"),
    EditorStep.SIZE: N_("Ukuran dan berat kirim"),
    EditorStep.MATERIAL: N_("Bahan, teknik, pewarna"),
    EditorStep.MOTIF: N_("Nama motif"),
    EditorStep.PRICE: N_("Harga"),
    EditorStep.STORY: N_("Cerita"),
    EditorStep.CHECK: N_("Periksa dan kirim"),
}
SHORT_MATERIAL = N_("Bahan dan teknik")

FIELDS: dict[EditorStep, tuple[str, ...]] = {
    EditorStep.PHOTOS: (),
    EditorStep.NAME: ("title_id", "title_en", "craft", "kind"),
    EditorStep.SIZE: (
        "length_cm", "width_cm", "height_cm", "weight_g",
        "packed_length_cm", "packed_width_cm", "packed_height_cm",
    ),
    EditorStep.MATERIAL: ("technique", "material", "dye", "dye_plants", "attributes"),
    EditorStep.MOTIF: ("motif_name", "motif_source"),
    EditorStep.PRICE: ("price_kind", "price_idr"),
    EditorStep.STORY: ("description_id", "description_en", "story", "care"),
    EditorStep.CHECK: (),
}  # fmt: skip
CONTENT_FIELDS = tuple(field for fields in FIELDS.values() for field in fields)
PLAIN_TECHNIQUES = frozenset({"soru"})


@dataclass(frozen=True)
class Content:
    """A work as far as it is written: the reviewed fields, the filled photo slots, and what applies at once.

    `slots` are pairs of slot key and the photo's state.
    """

    fields: Mapping[str, Any]
    slots: Sequence[tuple[str, str]]
    availability: str
    stock: int
    lead_time_days: int | None


@dataclass(frozen=True)
class Missing:
    """One thing that stands against submitting: on which step, at which field; `what` fills the sentence."""

    step: EditorStep
    field: str
    sentence: str
    what: str = ""


def editor_steps(craft: str) -> list[EditorStep]:
    """The steps for a craft, in order; only cloth is asked for its motif."""
    return [step for step in EditorStep if step is not EditorStep.MOTIF or Craft(craft) in WITH_MOTIF]


def step_label(step: str, craft: str) -> str:
    """The step's name, not yet translated; crafts that are not dyed are not asked for a dye."""
    if step == EditorStep.MATERIAL and Craft(craft) not in DYED:
        return SHORT_MATERIAL
    return STEP_LABELS[EditorStep(step)]


def print_of(values: Mapping[str, Any]) -> str:
    """A short print of what a form showed: whoever saves must have seen what stands there."""
    text = json.dumps(values, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def missing(content: Content) -> list[Missing]:
    """Everything without which the work cannot be submitted, in the order of the steps."""
    order = list(EditorStep)
    return sorted(_missing(content), key=lambda item: order.index(item.step))


def _missing(content: Content) -> Iterator[Missing]:
    craft = str(content.fields["craft"] or "")
    if craft not in list(Craft):
        yield Missing(EditorStep.NAME, "craft", N_("Pilih kerajinan"))
        return
    yield from _photos(content, craft)
    yield from _plain(content.fields, _asked(content.fields, craft))
    yield from _attributes(content.fields, craft)
    yield from _price(content)


def _photos(content: Content, craft: str) -> Iterator[Missing]:
    filled = dict(content.slots)
    for slot in required_slots(craft):
        if slot.key not in filled:
            yield Missing(EditorStep.PHOTOS, slot.key, N_("Tambahkan foto: %(what)s"), slot.label)
    if "parked" in [state for _, state in content.slots]:
        yield Missing(EditorStep.PHOTOS, "photos", N_("Ada foto yang tidak dapat diolah. Ganti foto itu"))


Asked = tuple[EditorStep, str, str]


def _asked(fields: Mapping[str, Any], craft: str) -> Iterator[Asked]:
    yield EditorStep.NAME, "title_id", N_("Isi nama karya")
    yield EditorStep.NAME, "kind", N_("Pilih jenis karya")
    yield EditorStep.SIZE, "length_cm", N_("Isi panjang dalam cm")
    yield EditorStep.SIZE, "width_cm", N_("Isi lebar dalam cm")
    if craft != Craft.WEAVING:
        yield EditorStep.SIZE, "height_cm", N_("Isi tinggi dalam cm")
    yield EditorStep.SIZE, "weight_g", N_("Isi berat kirim")
    yield EditorStep.SIZE, "packed_length_cm", N_("Isi panjang paket dalam cm")
    yield EditorStep.SIZE, "packed_width_cm", N_("Isi lebar paket dalam cm")
    yield EditorStep.SIZE, "packed_height_cm", N_("Isi tinggi paket dalam cm")
    yield EditorStep.MATERIAL, "material", N_("Pilih bahan")
    yield EditorStep.MATERIAL, "technique", N_("Pilih teknik")
    if Craft(craft) in DYED:
        yield EditorStep.MATERIAL, "dye", N_("Pilih pewarna")
    yield from _motif(fields, craft)
    yield EditorStep.STORY, "description_id", N_("Tulis keterangan karya")


def _motif(fields: Mapping[str, Any], craft: str) -> Iterator[Asked]:
    """Patterned cloth carries a name of its motif; whoever names one says according to whom."""
    if Craft(craft) not in WITH_MOTIF:
        return
    if fields["motif_name"] or (fields["technique"] and fields["technique"] not in PLAIN_TECHNIQUES):
        yield EditorStep.MOTIF, "motif_name", N_("Isi nama motif")
        yield EditorStep.MOTIF, "motif_source", N_("Tulis nama motif itu menurut siapa")


def _plain(fields: Mapping[str, Any], asked: Iterator[Asked]) -> Iterator[Missing]:
    for step, field, sentence in asked:
        if fields[field] in (None, ""):
            yield Missing(step, field, sentence)


def _attributes(fields: Mapping[str, Any], craft: str) -> Iterator[Missing]:
    for attribute in ATTRIBUTES[Craft(craft)]:
        if attribute.required and fields["attributes"].get(attribute.key) in (None, ""):
            yield Missing(EditorStep.MATERIAL, f"attr_{attribute.key}", N_("Isi: %(what)s"), attribute.label)


def _price(content: Content) -> Iterator[Missing]:
    if content.fields["price_kind"] != PriceKind.ON_REQUEST and not content.fields["price_idr"]:
        yield Missing(EditorStep.PRICE, "price", N_("Isi harga, misalnya 1.250.000"))
    if content.availability == Availability.MADE_TO_ORDER and not content.lead_time_days:
        yield Missing(EditorStep.PRICE, "lead_time_days", N_("Isi lama pengerjaan dalam hari"))
    if content.availability != Availability.MADE_TO_ORDER and not content.stock:
        yield Missing(EditorStep.PRICE, "stock", N_("Isi stok, paling sedikit 1"))


def regulated_words(fields: Mapping[str, Any]) -> list[str]:
    """Words for woods that need papers, found in anything the producer wrote; a curator is warned."""
    texts = [value for value in fields.values() if isinstance(value, str)]
    texts += [value for value in (fields.get("attributes") or {}).values() if isinstance(value, str)]
    words = set(re.findall(r"\w+", " ".join(texts).lower()))
    return sorted(words & REGULATED_WORDS)


def default_alt(title: str, slot_label: str) -> str:
    """What a picture is called for those who cannot see it, when its maker wrote nothing."""
    return f"{title}: {slot_label.lower()}"


def suggested_price_idr(material_idr: int, days: int, wage_idr: int) -> int:
    """Material, and days times a day's wage, and ten percent, rounded up to whole thousands of rupiah."""
    return -(-(material_idr + days * wage_idr) * 110 // 100_000) * 1_000
