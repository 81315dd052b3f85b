"""Why a visitor may report a work."""

from __future__ import annotations

from shop.domain.words import N_

REPORT_LABELS = {
    "not_local": N_("Tidak dibuat di daerah ini"),
    "printed": N_("Cetakan atau buatan pabrik"),
    "photo": N_("Foto bukan barang ini"),
    "motif": N_("Motif milik kelompok atau daerah lain"),
    "text": N_("Keterangan tidak benar"),
    "other": N_("Hal lain"),
}
