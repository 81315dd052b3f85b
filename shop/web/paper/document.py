"""A numbered document as PDF: everything on it comes from its snapshot, so it reads the same for ever."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from shop.domain.amount_words import rupiah_in_words
from shop.domain.documents import LABELS, Kind, number_words
from shop.domain.money import rupiah
from shop.models import Document
from shop.web.filters import date_words, moment_words
from shop.web.languages import spoken_language
from shop.web.paper.words import for_what, method_words

if TYPE_CHECKING:
    from shop.web.paper.sheet import Sheet

Facts = dict[str, Any]
PRINT_SHOWN = 16  # characters of the print at the foot: enough to tell two papers apart


def number_of(document: Document) -> str:
    """`KWT/2026/0007`."""
    return number_words(document.kind, document.year, document.number)


def document_file(document: Document, replaced_by: Document | None) -> bytes:
    """The PDF in the language of the page; across a cancelled one stands so, with what took its place."""
    from shop.web.paper.sheet import Sheet  # here, since what writes PDFs takes 25 MB and is seldom needed

    facts, kind = document.facts, Kind(document.kind)
    issuer = facts["issuer"]
    foot = _(
        "%(number)s, %(code)s. Sidik isi: %(print)s", number=number_of(document), code=facts["code"],
        print=document.digest[:PRINT_SHOWN],
    )  # fmt: skip
    sheet = Sheet(f"{_(LABELS[kind])} {number_of(document)}", foot, made_at=document.issued_at)
    contact = " · ".join(issuer[key] for key in ("whatsapp", "email") if issuer.get(key))
    address = "\n".join(part for part in (issuer.get("gallery"), issuer.get("address"), contact) if part)
    sheet.head(
        issuer.get("name", ""), address, _(LABELS[kind]), number_of(document), date_words(document.issued_at)
    )
    BODIES[kind](sheet, facts)
    if document.cancelled_at is not None:
        more = date_words(document.cancelled_at)
        if replaced_by is not None:
            more = _("Diganti oleh %(number)s, %(day)s", number=number_of(replaced_by), day=more)
        sheet.stamp(_("DIBATALKAN"), more)
    return sheet.file()


def _quote(sheet: Sheet, facts: Facts) -> None:
    deposit, total = facts["deposit_idr"], facts["total_idr"]
    sheet.facts([*_parties(facts), (_("Penawaran"), _("ke-%(n)s", n=facts["round"]))])
    _lines(sheet, facts)
    sheet.sums([*_costs(facts), (_("Total"), rupiah(total), True)])
    sheet.facts(
        [
            (_("Uang muka (DP)"), f"{rupiah(deposit)} ({facts['deposit_percent']}%)"),
            (_("Pelunasan"), rupiah(total - deposit) if total > deposit else ""),
            (_("Lama pengerjaan"), _days(facts["lead_time_days"])),
            (_("Berlaku sampai"), _moment(facts["valid_until"])),
            (_("Catatan"), facts["note"]),
        ]
    )
    sheet.words(
        _("Setujui atau minta diubah di halaman permintaan %(code)s.", code=facts["code"]), muted=True
    )


def _invoice(sheet: Sheet, facts: Facts) -> None:
    sheet.facts([*_parties(facts), (_("Untuk"), for_what(facts["part"]))])
    _lines(sheet, facts)
    paid = [(_("Sudah dibayar"), rupiah(-facts["paid_idr"]), False)] if facts["paid_idr"] else []
    rest = facts["total_idr"] - facts["paid_idr"] - facts["due_idr"]
    later = [(_("Dibayar kemudian"), rupiah(-rest), False)] if rest else []
    sheet.sums(
        [
            *_costs(facts),
            (_("Total"), rupiah(facts["total_idr"]), False),
            *paid,
            *later,
            (_("Jumlah tagihan"), rupiah(facts["due_idr"]), True),
        ]
    )
    sheet.boxed(_("Terbilang"), _spelt(facts["due_idr"]))
    sheet.facts([(_("Bayar sebelum"), _moment(facts["pay_before"]))])
    sheet.words(
        _("Cara membayar tertulis di halaman permintaan %(code)s. Bayar hanya ke rekening yang tertulis di sana.",
          code=facts["code"]), muted=True,
    )  # fmt: skip


def _receipt(sheet: Sheet, facts: Facts) -> None:
    sheet.facts(
        [
            (_("Sudah diterima dari"), facts["buyer"]),
            (
                _("Untuk pembayaran"),
                f"{for_what(facts['for'])}, {facts['code']}\n" + "\n".join(facts["titles"]),
            ),
            (_("Dibuat oleh"), f"{facts['maker']}, {facts['village']}"),
            (_("Cara bayar"), method_words(facts["method"])),
        ]
    )
    sheet.boxed(_("Terbilang"), _spelt(facts["amount_idr"]))
    code = facts["code_idr"]
    sheet.sums(
        [
            (_("Sejumlah"), rupiah(facts["amount_idr"]), True),
            *([(_("termasuk kode unik"), rupiah(code), False)] if code else []),
            *(
                [(_("termasuk kelebihan"), rupiah(facts["surplus_idr"]), False)]
                if facts["surplus_idr"]
                else []
            ),
            (_("Total pesanan"), rupiah(facts["total_idr"]), False),
            (_("Sudah dibayar"), rupiah(facts["paid_idr"]), False),
            (_("Sisa"), rupiah(facts["left_idr"]), False),
        ]
    )
    if facts["surplus_idr"]:
        sheet.words(
            _("Kelebihannya dikembalikan, atau dipakai untuk pelunasan bila Anda setuju."), muted=True
        )


def _refund(sheet: Sheet, facts: Facts) -> None:
    sheet.facts(
        [
            (_("Dikembalikan kepada"), facts["buyer"]),
            (_("Pesanan"), f"{facts['code']}\n" + "\n".join(facts["titles"])),
            (_("Dibuat oleh"), f"{facts['maker']}, {facts['village']}"),
            (_("Alasan"), facts["why"]),
            (_("Lewat"), method_words(facts["method"])),
            (_("Referensi bank"), facts["bank_reference"]),
        ]
    )
    sheet.boxed(_("Terbilang"), _spelt(facts["amount_idr"]))
    sheet.sums([(_("Sejumlah"), rupiah(facts["amount_idr"]), True)])


BODIES: dict[Kind, Callable[[Sheet, Facts], None]] = {
    Kind.QUOTE: _quote,
    Kind.INVOICE: _invoice,
    Kind.RECEIPT: _receipt,
    Kind.REFUND: _refund,
}


def _parties(facts: Facts) -> list[tuple[str, str]]:
    return [
        (_("Dibuat oleh"), f"{facts['maker']}, {facts['village']}"),
        (_("Pembeli"), facts["buyer"]),
        (_("Tujuan"), facts["destination"]),
        (_("Nomor pesanan"), facts["code"]),
    ]


def _lines(sheet: Sheet, facts: Facts) -> None:
    heads = (_("Barang"), _("Jumlah"), _("Harga"), _("Jumlah harga"))
    sheet.rows(heads, [_line(line) for line in facts["lines"]], (88, 18, 34, 34))


def _line(line: Facts) -> Sequence[str]:
    more = ", ".join(part for part in (line["size"], line["material"]) if part)
    words = f"{line['title']}\n{more}" if more else line["title"]
    return words, str(line["quantity"]), rupiah(line["unit_idr"]), rupiah(line["quantity"] * line["unit_idr"])


def _costs(facts: Facts) -> list[tuple[str, str, bool]]:
    by = facts.get("shipping_by")
    shipping = f"{_('Ongkos kirim')} ({by})" if by else _("Ongkos kirim")
    costs = [(shipping, rupiah(facts["shipping_idr"]), False)]
    return [*costs, (_("Kemasan"), rupiah(facts["packing_idr"]), False)] if facts["packing_idr"] else costs


def _days(days: int) -> str:
    return str(_("%(days)s hari sejak uang muka diterima", days=days) if days else _("Siap kirim"))


def _spelt(amount_idr: int) -> str:
    words = rupiah_in_words(amount_idr, spoken_language())
    return words[0].upper() + words[1:]


def _moment(text: str) -> str:
    return moment_words(datetime.fromisoformat(text))
