"""What waits for a person of the council, in words, and the page where it finds its end."""

from __future__ import annotations

from flask_babel import gettext

#: Kind → endpoint that takes the thread's code. A kind that is not here has a page of its own.
TASK_HOMES = {
    "short": "curation.money_of_order",
    "surplus": "curation.money_of_order",
    "refund": "curation.money_of_order",
    "dispute": "curation.settle",
}


def task_words() -> dict[str, str]:
    return {
        "check_proof": gettext("Periksa bukti bayar"),
        "short": gettext("Nominal kurang"),
        "surplus": gettext("Kelebihan atau pembayaran kedua"),
        "dispute": gettext("Pesanan bermasalah"),
        "card_notice": gettext("Kabar kartu tidak cocok"),
        "chargeback": gettext("Pembeli menarik pembayaran kartu"),
        "refund": gettext("Kembalikan dana lewat bank"),
        "late_in_production": gettext("Janji selesai lewat 14 hari"),
        "late_to_ship": gettext("Belum dikirim 7 hari"),
        "maker_suspended": gettext("Perajin ditangguhkan, pesanannya berjalan"),
    }
