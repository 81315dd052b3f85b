"""A work's facts in words, for the check page; and its history in sentences."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from shop.actions.offers import Offer
from shop.domain.craft import (
    ATTRIBUTES,
    CRAFT_LABELS,
    DYED,
    KINDS,
    MATERIALS,
    TECHNIQUES,
    Attribute,
    AttributeType,
    Craft,
)
from shop.domain.listing import AVAILABILITY_LABELS, DYE_LABELS, STATUS_LABELS, Availability, Dye, Status
from shop.domain.words import N_
from shop.models import Revision
from shop.queries.works import Happening
from shop.web.filters import weight

Row = tuple[str, str]


def spec_rows(revision: Revision, offer: Offer) -> list[Row]:
    """Name and value of every fact buyers will read; empty values stay in, the page says so."""
    craft = Craft(str(revision.craft))
    rows = [
        (_("Kerajinan"), _(CRAFT_LABELS[craft])),
        (_("Jenis"), _label(KINDS[craft], revision.kind)),
        (_("Ukuran"), size_words(revision.length_cm, revision.width_cm, revision.height_cm)),
        (_("Berat kirim"), weight(revision.weight_g) if revision.weight_g else ""),
        (
            _("Ukuran paket"),
            size_words(revision.packed_length_cm, revision.packed_width_cm, revision.packed_height_cm),
        ),
        (_("Bahan"), _label(MATERIALS[craft], revision.material)),
        (_("Teknik"), _label(TECHNIQUES[craft], revision.technique)),
    ]
    if craft in DYED:
        rows.append((_("Pewarna"), _dye(revision)))
    rows += [(_(a.label), attribute_words(a, revision.attributes.get(a.key))) for a in ATTRIBUTES[craft]]
    if revision.motif_name:
        rows.append(
            (_("Nama motif"), f"{revision.motif_name}, {_('menurut %(who)s', who=revision.motif_source)}")
        )
    return rows + _terms(offer)


def _terms(offer: Offer) -> list[Row]:
    rows = [(_("Ketersediaan"), _(AVAILABILITY_LABELS[Availability(offer.availability)]))]
    if offer.availability != Availability.MADE_TO_ORDER:
        rows.append((_("Stok"), str(offer.stock)))
    if offer.lead_time_days:
        rows.append((_("Lama pengerjaan"), _("%(days)s hari", days=offer.lead_time_days)))
    labels = {"length_cm": _("Panjang"), "width_cm": _("Lebar"), "height_cm": _("Tinggi")}
    rows += [
        (_("%(side)s dapat diminta", side=labels[side]), f"{span[0]}–{span[1]} cm")
        for side, span in offer.size_limits.items()
    ]
    return rows


def size_words(*sides: int | None) -> str:
    """`190 × 98 cm`; empty when nothing was measured."""
    known = [str(side) for side in sides if side]
    return f"{' × '.join(known)} cm" if known else ""


def _label(labels: dict[str, str], key: str | None) -> str:
    return str(_(labels[key])) if key in labels else ""


def _dye(revision: Revision) -> str:
    if not revision.dye:
        return ""
    words = _(DYE_LABELS[Dye(revision.dye)])
    return f"{words}: {revision.dye_plants}" if revision.dye_plants else words


def _motif(revision: Revision) -> str:
    if not revision.motif_source:
        return revision.motif_name
    according = _("menurut %(who)s", who=revision.motif_source)
    return f"{revision.motif_name}, {according}"


def attribute_words(attribute: Attribute, value: Any) -> str:
    """A craft's own fact in words."""
    if value is None:
        return ""
    if attribute.type is AttributeType.YES_NO:
        return str(_("Ya") if value else _("Tidak"))
    if attribute.type is AttributeType.CHOICE:
        return _label(dict(attribute.choices or {}), str(value))
    return f"{value} {_(attribute.unit)}" if attribute.unit else str(value)


HAPPENED = {
    "start": N_("Draf dibuat"),
    "edit": N_("Isi diubah"),
    "submit": N_("Dikirim untuk dikurasi"),
    "withdraw": N_("Ditarik kembali"),
    "claim": N_("Mulai dikurasi"),
    "release": N_("Kembali ke antrean"),
    "approve": N_("Disetujui dan ditayangkan"),
    "request_changes": N_("Dikembalikan untuk diperbaiki"),
    "reject": N_("Ditolak"),
    "propose_rejection": N_("Penolakan diusulkan, menunggu kurator kedua"),
    "confirm_rejection": N_("Penolakan dipastikan kurator kedua"),
    "disagree": N_("Kurator kedua tidak sependapat, dikurasi lagi"),
    "appeal": N_("Banding diajukan"),
    "uphold": N_("Banding ditolak, keputusan tetap"),
    "grant": N_("Banding diterima, dikurasi lagi"),
    "hide": N_("Disembunyikan"),
    "unhide": N_("Ditampilkan lagi"),
    "take_down": N_("Diturunkan kurator"),
    "restore": N_("Ditampilkan lagi oleh kurator"),
    "archive": N_("Diarsipkan"),
    "restore_as_draft": N_("Dipulihkan sebagai draf"),
    "publish_first": N_("Langsung ditayangkan, dilihat kurator kemudian"),
    "acknowledge": N_("Dilihat kurator"),
    "revert": N_("Dikembalikan ke versi yang disetujui"),
    "discard": N_("Perubahan dibuang"),
    "change_now": N_("Harga, stok, atau ketersediaan diubah"),
    "describe_photo": N_("Teks foto diubah"),
    "undo": N_("Keputusan diurungkan"),
}


def happened(line: Happening) -> str:
    """One line of the history as a sentence."""
    words = str(_(HAPPENED[line.what]))
    if line.who and line.helping:
        return str(_("%(what)s oleh %(who)s, pendamping", what=words, who=line.who))
    if line.who:
        return str(_("%(what)s oleh %(who)s", what=words, who=line.who))
    return words


STATE_LOOKS: dict[str, tuple[str, str]] = {
    Status.DRAFT: ("", "lingkar"),
    Status.SUBMITTED: ("wait", "jam"),
    Status.IN_REVIEW: ("wait", "jam"),
    Status.CHANGES_REQUESTED: ("warn", "awas"),
    Status.REJECTION_PROPOSED: ("wait", "jam"),
    Status.REJECTED: ("bad", "tutup"),
    Status.APPEALED: ("wait", "jam"),
    Status.PUBLISHED: ("good", "centang"),
    Status.HIDDEN_BY_PRODUCER: ("", "tutup"),
    Status.HIDDEN_BY_CURATOR: ("bad", "awas"),
    Status.ARCHIVED: ("", "tutup"),
}


def state_look(status: str) -> tuple[str, str, str]:
    """Words, tint and sign of a state."""
    return _(STATUS_LABELS[Status(status)]), *STATE_LOOKS[status]
