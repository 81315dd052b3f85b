"""What a payment was for, and by which way it came, in words."""

from __future__ import annotations

from flask_babel import gettext as _

from shop.domain.words import N_

FOR_WHAT = {
    "deposit": N_("Uang muka (DP)"),
    "balance": N_("Pelunasan"),
    "difference": N_("Kekurangan uang muka"),
    "whole": N_("Pembayaran penuh"),
    "surplus": N_("Pembayaran di luar tagihan"),
}
METHODS = {
    "transfer": N_("Transfer bank"),
    "qris": N_("QRIS"),
    "stripe": N_("Kartu"),
    "demo": N_("Kartu (peragaan)"),
}


def for_what(part: str) -> str:
    return str(_(FOR_WHAT[part]))


def method_words(method: str) -> str:
    return str(_(METHODS[method]))
