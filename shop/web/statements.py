"""A month's statement in words: as rows of a page, as PDF, as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from babel.dates import format_date
from flask import Response, render_template
from flask_babel import gettext as _

from shop.domain.errors import NotFound
from shop.domain.ledger import JournalKind
from shop.domain.money import rupiah
from shop.domain.months import Month, month_of, read_month
from shop.domain.words import N_
from shop.extensions import db, now, the_shop
from shop.models import Producer
from shop.queries import statements
from shop.queries.statements import Movement, Statement
from shop.web.csv_files import Cell, csv_file, download
from shop.web.filters import date_words, local, short_date
from shop.web.languages import spoken_language

WORDS = {
    JournalKind.COMPLETION: N_("Pesanan selesai"),
    JournalKind.ADVANCE: N_("Uang muka diteruskan"),
    JournalKind.PAYOUT: N_("Ditransfer kepada perajin"),
    JournalKind.PAYOUT_RETURNED: N_("Transfer kembali dari bank"),
    JournalKind.DEBT: N_("Dana dikembalikan kepada pembeli"),
    JournalKind.NET_DEBT: N_("Utang dipotong dari hak"),
}

CORRECTION = N_("Koreksi")


def asked_month(text: str) -> Month:
    """The month of an address. Raises NotFound for what is none, or has not begun."""
    month = read_month(text)
    if month is None or month > this_month():
        raise NotFound
    return month


def this_month() -> Month:
    return month_of(now(), the_shop().council.zone)


def statement_of(producer: Producer, month: Month) -> Statement:
    return statements.statement(db.session(), producer.id, month, the_shop().council.zone)


def statement_page(template: str, producer: Producer, month: Month) -> str:
    """The month as a page of either room, which differ in what stands around it."""
    return render_template(
        template,
        producer=producer,
        statement=statement_of(producer, month),
        this_month=this_month(),
        month_words=month_words,
        movement_words=movement_words,
        about=about,
    )


def month_words(month: Month) -> str:
    """`November 2026`."""
    return format_date(month.day, "MMMM yyyy", locale=spoken_language())


def movement_words(movement: Movement) -> str:
    """What it was, in words; a kind that has none reads as a correction."""
    return str(_(WORDS.get(JournalKind(movement.kind), CORRECTION)))


def about(movement: Movement) -> str:
    """The order and the bank's reference, as far as there are any."""
    return ", ".join(part for part in (movement.code, movement.bank_reference, movement.why) if part)


def statement_csv(producer: Producer, statement: Statement) -> Response:
    """Amounts as plain figures; the first and the last row are the balances."""
    head = (_("Tanggal"), _("Uraian"), _("Nomor pesanan"), _("Referensi bank"), _("Alasan"), _("Hak (Rp)"),
            _("Utang (Rp)"), _("Saldo (Rp)"))  # fmt: skip
    return csv_file(_name(producer, statement, "csv"), head, _table(statement))


def _table(statement: Statement) -> Iterator[Sequence[Cell]]:
    opening, closing = statement.opening, statement.closing
    yield "", _("Saldo awal"), "", "", "", opening.owed_idr, opening.debt_idr, opening.net_idr
    for one, balance in zip(statement.movements, statement.balances, strict=True):
        yield (
            local(one.at).date().isoformat(), movement_words(one), one.code, one.bank_reference, one.why,
            one.change.owed_idr, one.change.debt_idr, balance.net_idr,
        )  # fmt: skip
    yield "", _("Saldo akhir"), "", "", "", closing.owed_idr, closing.debt_idr, closing.net_idr


def statement_pdf(producer: Producer, statement: Statement) -> Response:
    """A sheet for the producer's papers; a month that is over gives the same file every time."""
    from shop.web.paper.sheet import Sheet  # here, since what writes PDFs takes 25 MB and is seldom needed

    issuer = the_shop().council.issuer
    month, title = month_words(statement.month), _("Laporan bulanan")
    until = min(now().replace(microsecond=0), statement.month.end(the_shop().council.zone))
    sheet = Sheet(f"{title}, {producer.name}, {month}", f"{producer.name}, {month}", made_at=until)
    address = "\n".join(part for part in (issuer["gallery"], issuer["address"]) if part)
    sheet.head(issuer["name"], address, title, month, _until(until, statement.month))
    sheet.facts([(_("Dibuat oleh"), f"{producer.name}, {producer.village}"), *_figures(statement)])
    sheet.rows(
        (_("Uraian"), _("Tanggal"), _("Hak"), _("Utang"), _("Saldo")), list(_lines(statement)),
        (66, 26, 28, 26, 28), bold_last=True,
    )  # fmt: skip
    sheet.words(
        _("Hak adalah uang yang menjadi milik perajin. Utang timbul bila dana dikembalikan setelah dibayarkan; "
          "dipotong dari pembayaran berikutnya."), muted=True,
    )  # fmt: skip
    return download(sheet.file(), "application/pdf", _name(producer, statement, "pdf"))


def _figures(statement: Statement) -> list[tuple[str, str]]:
    return [
        (_("Terjual"), f"{rupiah(statement.sold_idr)} ({_('%(n)s pesanan', n=statement.sold)})"),
        (_("Ditransfer"), rupiah(statement.paid_out_idr)),
    ]


def _lines(statement: Statement) -> Iterator[tuple[str, str, str, str, str]]:
    opening, closing = statement.opening, statement.closing
    yield _("Saldo awal"), "", rupiah(opening.owed_idr), rupiah(opening.debt_idr), rupiah(opening.net_idr)
    for one, balance in zip(statement.movements, statement.balances, strict=True):
        words = f"{movement_words(one)}\n{about(one)}" if about(one) else movement_words(one)
        yield (
            words, short_date(one.at), rupiah(one.change.owed_idr), rupiah(one.change.debt_idr),
            rupiah(balance.net_idr),
        )  # fmt: skip
    yield _("Saldo akhir"), "", rupiah(closing.owed_idr), rupiah(closing.debt_idr), rupiah(closing.net_idr)


def _until(until: datetime, month: Month) -> str:
    return "" if until >= month.end(the_shop().council.zone) else _("Sampai %(day)s", day=date_words(until))


def _name(producer: Producer, statement: Statement, ending: str) -> str:
    return f"{producer.slug}-{statement.month}.{ending}"
