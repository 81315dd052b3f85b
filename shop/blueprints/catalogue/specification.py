"""The facts of a work in words: the list of specifications, availability, and which sizes may be asked for."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext, ngettext

from shop.domain.craft import ATTRIBUTES, KINDS, MATERIALS, TECHNIQUES, Attribute, AttributeType, Craft
from shop.domain.listing import Availability
from shop.domain.words import N_
from shop.models import Revision
from shop.queries.work_page import WorkPage
from shop.web.filters import weight

Row = tuple[str, str]
_DYE_WORDS = {"natural": N_("Alami"), "synthetic": N_("Sintetis"), "mixed": N_("Campuran")}
_SIDES = {"length_cm": N_("panjang"), "width_cm": N_("lebar"), "height_cm": N_("tinggi")}


def size_words(*sides: int | None) -> str:
    """`190 × 98 cm`; nothing where no side is known."""
    known = [str(side) for side in sides if side]
    return " × ".join(known) + " cm" if known else ""


def specification(work: WorkPage) -> list[Row]:
    """Label and value of every fact that is known, in the order of the page."""
    rows = [(gettext(label), value) for label, value in _facts(work)]
    return [(label, value) for label, value in rows if value]


def _facts(work: WorkPage) -> Iterator[Row]:
    revision, craft = work.revision, Craft(work.entry.craft)
    yield N_("Ukuran"), size_words(revision.length_cm, revision.width_cm, revision.height_cm)
    yield N_("Berat kirim"), _shipping(revision)
    yield N_("Jenis"), _label(KINDS[craft], revision.kind)
    yield N_("Teknik"), _label(TECHNIQUES[craft], revision.technique)
    yield N_("Bahan"), _label(MATERIALS[craft], revision.material)
    yield N_("Pewarna"), _dye(revision)
    yield N_("Nama motif"), _motif(revision)
    for attribute in ATTRIBUTES[craft]:
        yield attribute.label, attribute_words(attribute, (revision.attributes or {}).get(attribute.key))
    yield N_("Lama pengerjaan"), _making(work)


def _label(labels: dict[str, str], value: str | None) -> str:
    return str(gettext(labels[value])) if value and value in labels else ""


def _shipping(revision: Revision) -> str:
    if not revision.weight_g:
        return ""
    packed = size_words(revision.packed_length_cm, revision.packed_width_cm, revision.packed_height_cm)
    if packed:
        return str(gettext("%(berat)s, dikemas %(ukuran)s", berat=weight(revision.weight_g), ukuran=packed))
    return weight(revision.weight_g)


def _dye(revision: Revision) -> str:
    if not revision.dye:
        return ""
    words = gettext(_DYE_WORDS[revision.dye])
    return f"{words}: {revision.dye_plants}" if revision.dye_plants else words


def _motif(revision: Revision) -> str:
    if not revision.motif_name:
        return ""
    if revision.motif_source:
        return str(
            gettext("%(nama)s, menurut %(siapa)s", nama=revision.motif_name, siapa=revision.motif_source)
        )
    return revision.motif_name


def _making(work: WorkPage) -> str:
    days = work.listing.lead_time_days
    if not days or work.listing.availability != Availability.MADE_TO_ORDER:
        return ""
    return str(gettext("sekitar %(hari)s", hari=ngettext("%(num)s hari", "%(num)s hari", days)))


def attribute_words(attribute: Attribute, value: object) -> str:
    """The value of a typed attribute in words; nothing where it was not filled in."""
    if value is None or value == "":
        return ""
    if attribute.type is AttributeType.YES_NO:
        return str(gettext("Ya") if value else gettext("Tidak"))
    if attribute.type is AttributeType.CHOICE:
        return str(gettext((attribute.choices or {}).get(str(value), str(value))))
    if attribute.type is AttributeType.NUMBER and attribute.unit:
        return f"{value} {gettext(attribute.unit)}"
    return str(value)


def availability(work: WorkPage) -> str:
    """One line: what can be had now and where it is, or how long it takes."""
    standing, listing = work.entry.standing, work.listing
    if standing == Availability.ONE_OF_A_KIND:
        return str(gettext("Satu-satunya, siap kirim dari %(desa)s", desa=work.entry.village))
    if standing == Availability.READY:
        stock = ngettext("%(num)s buah", "%(num)s buah", listing.stock)
        return str(
            gettext("Siap kirim dari %(desa)s, tersedia %(stok)s", desa=work.entry.village, stok=stock)
        )
    if standing == Availability.MADE_TO_ORDER:
        making = _making(work)
        words = gettext("Dibuat sesuai pesanan, %(lama)s", lama=making) if making else ""
        return str(words or gettext("Dibuat sesuai pesanan"))
    return str(gettext("Terjual"))


def wishes(work: WorkPage) -> str:
    """Inside which limits another size may be asked for; nothing where none may."""
    parts = [
        gettext("%(sisi)s %(dari)s–%(sampai)s cm", sisi=gettext(words), dari=limits[0], sampai=limits[1])
        for side, words in _SIDES.items()
        if (limits := (work.listing.size_limits or {}).get(side))
    ]
    return ", ".join(parts)
