"""A revision as curators read it: every reviewed field in words, in the order of the editor."""

from __future__ import annotations

from flask_babel import gettext

from shop.blueprints.curation.comparing import Field, field
from shop.domain.craft import ATTRIBUTES, KINDS, MATERIALS, REGULATED_WORDS, SLOTS, TECHNIQUES, Craft
from shop.domain.listing import DYE_LABELS, PRICE_KIND_LABELS, Dye, PriceKind
from shop.domain.money import rupiah
from shop.domain.words import N_
from shop.models import Revision
from shop.web.filters import weight

TEXTS = {"description_id", "description_en", "story", "care"}
NAMES = {
    "title_id": N_("Judul"),
    "title_en": N_("Judul, Inggris"),
    "price": N_("Harga"),
    "craft": N_("Kerajinan"),
    "technique": N_("Teknik"),
    "material": N_("Bahan"),
    "dye": N_("Pewarna"),
    "motif": N_("Nama motif"),
    "size": N_("Ukuran"),
    "weight": N_("Berat kirim"),
    "packed": N_("Ukuran paket"),
    "story": N_("Cerita"),
    "description_id": N_("Keterangan"),
    "description_en": N_("Keterangan, Inggris"),
    "care": N_("Perawatan"),
}


def compared(old: Revision | None, new: Revision) -> list[Field]:
    """Every field with what it was; without an old version, what it is."""
    before = in_words(old) if old is not None else {}
    rows = []
    for key, (name, value) in in_words(new).items():
        was = before[key][1] if key in before else ("" if old is not None else None)
        rows.append(field(name, was, value, is_text=key in TEXTS))
    gone = [key for key in before if key not in in_words(new) and before[key][1]]
    return rows + [field(before[key][0], before[key][1], "") for key in gone]


def in_words(revision: Revision) -> dict[str, tuple[str, str]]:
    """Field → its name and value in the language of the page."""
    values = {
        "title_id": revision.title_id,
        "price": price_words(revision),
        "craft": _craft(revision),
        "technique": _label(TECHNIQUES, revision.craft, revision.technique),
        "material": _label(MATERIALS, revision.craft, revision.material),
        "dye": _dye(revision),
        "motif": _motif(revision),
        "size": _centimetres(revision.length_cm, revision.width_cm, revision.height_cm),
        "weight": weight(revision.weight_g) if revision.weight_g else "",
        "packed": _centimetres(
            revision.packed_length_cm, revision.packed_width_cm, revision.packed_height_cm
        ),
    }
    named = {key: (gettext(NAMES[key]), value) for key, value in values.items()}
    named |= _attributes(revision)
    for key in ("story", "description_id", "care", "title_en", "description_en"):
        named[key] = (gettext(NAMES[key]), getattr(revision, key))
    return named


def warnings(old: Revision | None, new: Revision) -> list[str]:
    """What a curator should look at twice."""
    said = []
    if old is not None and old.price_idr and new.price_idr and old.price_idr != new.price_idr:
        percent = round((new.price_idr - old.price_idr) * 100 / old.price_idr)
        up = gettext("Harga naik %(percent)s%%.", percent=percent)
        said.append(up if percent > 0 else gettext("Harga turun %(percent)s%%.", percent=-percent))
    if old is not None and old.dye != new.dye:
        said.append(gettext("Pewarna berubah: cocokkan dengan foto detail."))
    if words := regulated(new):
        said.append(
            gettext(
                "Ada kata “%(words)s”: minta surat asal bahan sebelum menyetujui.", words=", ".join(words)
            )
        )
    return said


def regulated(revision: Revision) -> list[str]:
    """Words of woods that may not be sold without papers, where the work names them."""
    texts = (
        revision.title_id,
        revision.title_en,
        revision.description_id,
        revision.description_en,
        revision.story,
    )
    together = " ".join([*texts, revision.motif_name, *map(str, revision.attributes.values())]).lower()
    return sorted(word for word in REGULATED_WORDS if word in together)


def slot_label(craft: str | None, slot: str) -> str:
    found = next((s.label for s in SLOTS.get(Craft(craft), ()) if s.key == slot), slot) if craft else slot
    return str(gettext(found))


def price_words(revision: Revision) -> str:
    if revision.price_idr is None:
        return str(gettext(PRICE_KIND_LABELS[PriceKind.ON_REQUEST]))
    amount = rupiah(revision.price_idr)
    return gettext("Mulai %(harga)s", harga=amount) if revision.price_kind == PriceKind.FROM else amount


def _craft(revision: Revision) -> str:
    if not revision.craft:
        return ""
    return _label(KINDS, revision.craft, revision.kind) or str(gettext(revision.craft))


def _label(table: dict[Craft, dict[str, str]], craft: str | None, key: str | None) -> str:
    return str(gettext(table[Craft(craft)].get(key, key))) if craft and key else ""


def _dye(revision: Revision) -> str:
    if not revision.dye:
        return ""
    label = str(gettext(DYE_LABELS[Dye(revision.dye)]))
    return f"{label}: {revision.dye_plants}" if revision.dye_plants else label


def _motif(revision: Revision) -> str:
    if not revision.motif_name:
        return ""
    source = revision.motif_source
    return (
        gettext("%(motif)s, menurut %(who)s", motif=revision.motif_name, who=source)
        if source
        else revision.motif_name
    )


def _centimetres(*sides: int | None) -> str:
    return " × ".join(str(side) for side in sides if side) + (" cm" if any(sides) else "")


def _attributes(revision: Revision) -> dict[str, tuple[str, str]]:
    if not revision.craft:
        return {}
    found = {}
    for attribute in ATTRIBUTES[Craft(revision.craft)]:
        value = revision.attributes.get(attribute.key)
        found[attribute.key] = (
            str(gettext(attribute.label)),
            _of_type(attribute.choices, attribute.unit, value),
        )
    return found


def _of_type(choices: object, unit: str, value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return str(gettext("Ya")) if value else str(gettext("Tidak"))
    if isinstance(choices, dict):
        return str(gettext(choices.get(value, str(value))))
    return f"{value} {gettext(unit)}" if unit else str(value)
