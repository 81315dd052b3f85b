"""How the curator's room says what waits, how long, and what was decided."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_babel import gettext, ngettext

from shop.domain.listing import CLAIM_LASTS, STATUS_LABELS, Status
from shop.domain.words import N_
from shop.models import Revision

LATE = timedelta(days=3)
#: kind → words, tint and sign of its state
KINDS = {
    "new": (N_("Baru"), None, "tambah"),
    "revision": (N_("Revisi"), "wait", "panah"),
    "second": (N_("Kurator kedua"), "warn", "orang"),
    "appeal": (N_("Banding"), "warn", "awas"),
    "trusted": (N_("Perubahan langsung"), "wait", "centang"),
    "report": (N_("Laporan pengunjung"), "warn", "tanya"),
}
TABS = {
    "submitted": N_("Menunggu kurasi"),
    "in_review": N_("Sedang dikurasi"),
    "rejection_proposed": N_("Kurator kedua"),
    "appealed": N_("Banding"),
    "trusted": N_("Perubahan langsung"),
    "report": N_("Laporan pengunjung"),
    "changes_requested": N_("Perlu perbaikan"),
}
DECISIONS = {
    "approve": N_("Disetujui"),
    "request_changes": N_("Perlu perbaikan"),
    "reject": N_("Ditolak"),
    "propose_rejection": N_("Penolakan diusulkan"),
    "confirm_rejection": N_("Penolakan dikuatkan"),
    "disagree": N_("Penolakan tidak disetujui"),
    "uphold": N_("Banding ditolak"),
    "grant": N_("Banding diterima"),
    "take_down": N_("Diturunkan"),
    "restore": N_("Ditayangkan kembali"),
    "acknowledge": N_("Perubahan dilihat"),
    "revert": N_("Dikembalikan ke versi sebelumnya"),
}


def length(time: timedelta) -> str:
    """`12 menit`, `18 jam`, `6 hari`: whole units that have passed."""
    minutes = max(0, int(time.total_seconds() // 60))
    if minutes < 60:
        return str(ngettext("%(num)d menit", "%(num)d menit", minutes))
    if minutes < 24 * 60:
        return str(ngettext("%(num)d jam", "%(num)d jam", minutes // 60))
    return str(ngettext("%(num)d hari", "%(num)d hari", minutes // (24 * 60)))


def minutes_left(active_at: datetime | None, *, at: datetime) -> int:
    """Whole minutes until the hold lapses, rounded up; 0 when it has."""
    if active_at is None:
        return 0
    return max(0, -int(-(active_at + CLAIM_LASTS - at).total_seconds() // 60))


def said(sentence: str) -> str:
    """A marked sentence in the language of the page."""
    return str(gettext(sentence))


def status_label(revision: Revision) -> str:
    """Where the work stands, not yet translated: the listing's own state for the live version."""
    live = revision.listing.live_revision_id == revision.id
    return STATUS_LABELS[Status(revision.listing.status if live else revision.status)]


def lacking_words(lacking: dict[str, str]) -> str:
    """Why approving is not possible yet, in one sentence; or that it is."""
    gates = sum(1 for key in lacking if key.startswith("gate_"))
    scores = sum(1 for key in lacking if key.startswith("score_"))
    if gates and scores:
        return str(
            gettext(
                "Belum dapat disetujui: %(gates)s syarat dan %(scores)s nilai kurang.",
                gates=gates,
                scores=scores,
            )
        )
    if gates:
        return str(gettext("Belum dapat disetujui: %(gates)s syarat kurang.", gates=gates))
    if scores:
        return str(gettext("Belum dapat disetujui: %(scores)s nilai kurang.", scores=scores))
    return str(gettext("Belum dapat disetujui: nilai belum 16.") if lacking else gettext("Dapat disetujui."))
