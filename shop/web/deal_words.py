"""A deal in words: what to do now and until when, for each side, from the first quote to the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext

from shop.domain.deal import LAPSE_AFTER, TIMERS, DealStatus
from shop.domain.money import rupiah
from shop.queries.deals import Deal
from shop.web.filters import date_words, moment_words
from shop.web.threads import Access


@dataclass(frozen=True)
class Now:
    """The line at the top: what to do, a sentence more, and the deadline with its zone named."""

    heading: str
    more: str = ""
    deadline: str = ""


def now_of_deal(access: Access, deal: Deal) -> Now | None:
    """Where a deal with a quote or an order stands; None for one that has neither, or has ended."""
    inquiry = access.inquiry
    tell = NOW.get(DealStatus(inquiry.status))
    return tell(access, deal) if tell else None


def _quoted(access: Access, deal: Deal) -> Now:
    quote = deal.quote
    until = moment_words(quote.valid_until) if quote else ""
    if deal.expired:
        heading = gettext("Penawaran ini sudah berakhir")
        return Now(heading, "", gettext("Berakhir %(moment)s", moment=until))
    if access.is_buyer:
        return Now(
            gettext("Baca penawaran, lalu setujui atau minta diubah"),
            "",
            gettext("Berlaku sampai %(moment)s", moment=until),
        )
    return Now(
        gettext("Menunggu jawaban %(buyer)s", buyer=access.inquiry.buyer_name),
        "",
        gettext("Berlaku sampai %(moment)s", moment=until),
    )


def _countered(access: Access, _deal: Deal) -> Now:
    closing = gettext(
        "Ditutup bila sampai %(moment)s tidak ada kabar",
        moment=moment_words(access.inquiry.changed_at + LAPSE_AFTER),
    )
    if access.is_producer:
        return Now(gettext("%(buyer)s minta penawaran diubah", buyer=access.inquiry.buyer_name), "", closing)
    return Now(
        gettext("Menunggu penawaran baru dari %(producer)s", producer=access.inquiry.producer.name),
        "",
        closing,
    )


def _deposit_due(access: Access, deal: Deal) -> Now:
    until = moment_words(deal.held_until) if deal.held_until else _until(deal, DealStatus.DEPOSIT_DUE)
    if access.is_buyer:
        heading = (
            gettext("Bayar agar karyanya dapat dikirim")
            if deal.at_once
            else gettext("Bayar uang muka agar pengerjaan dapat mulai")
        )
        more = gettext("Karyanya kami tahan untuk Anda sampai saat itu.") if deal.held_until else ""
        return Now(heading, more, gettext("Bayar sebelum %(moment)s", moment=until))
    return Now(
        gettext("Menunggu pembayaran dari %(buyer)s", buyer=access.inquiry.buyer_name)
        if deal.at_once
        else gettext("Menunggu DP dari %(buyer)s", buyer=access.inquiry.buyer_name),
        "",
        gettext("Sampai %(moment)s", moment=until),
    )


def _in_production(access: Access, deal: Deal) -> Now:
    order = deal.order
    promised = date_words(order.promised_at) if order and order.promised_at else ""
    deadline = gettext("Dijanjikan selesai %(day)s", day=promised) if promised else ""
    if access.is_producer:
        return Now(
            gettext("Kerjakan pesanan ini"),
            gettext("Kirim foto pengerjaan agar pembeli melihatnya tumbuh."),
            deadline,
        )
    maker = access.inquiry.producer.name
    if access.is_buyer:
        return Now(gettext("%(producer)s sedang mengerjakan pesanan Anda", producer=maker), "", deadline)
    return Now(gettext("%(producer)s sedang mengerjakan pesanan ini", producer=maker), "", deadline)


def _balance_due(access: Access, deal: Deal) -> Now:
    left = rupiah(max(0, deal.order.total_idr - deal.paid_idr)) if deal.order else ""
    until = _until(deal, DealStatus.BALANCE_DUE)
    if access.is_buyer:
        return Now(
            gettext("Karya sudah jadi. Lunasi %(amount)s", amount=left),
            "",
            gettext("Bayar sebelum %(moment)s", moment=until),
        )
    return Now(
        gettext("Menunggu pelunasan %(amount)s", amount=left), "", gettext("Sampai %(moment)s", moment=until)
    )


def _to_ship(access: Access, _deal: Deal) -> Now:
    if access.is_producer:
        return Now(gettext("Kirim pesanan ini, lalu isi nomor resi"))
    return Now(gettext("Lunas. Menunggu dikirim oleh %(producer)s", producer=access.inquiry.producer.name))


def _shipped(access: Access, deal: Deal) -> Now:
    order = deal.order
    how = f"{order.courier} {order.tracking_number}".strip() if order else ""
    until = _until(deal, DealStatus.SHIPPED)
    if access.is_buyer:
        more = gettext("Tanpa kabar, pesanan dianggap diterima.")
        return Now(gettext("Sudah dikirim. Beri tahu bila sudah diterima"), how, f"{more} {until}")
    return Now(
        gettext("Dikirim, menunggu pembeli menerima"),
        how,
        gettext("Dianggap diterima %(moment)s", moment=until),
    )


def _disputed(access: Access, deal: Deal) -> Now:
    words = deal.order.problem if deal.order else ""
    if access.is_curator:
        return Now(gettext("Putuskan masalah pesanan ini"), words)
    return Now(gettext("Galeri sedang menengahi masalah pesanan ini"), words)


NOW = {
    DealStatus.QUOTED: _quoted,
    DealStatus.COUNTERED: _countered,
    DealStatus.DEPOSIT_DUE: _deposit_due,
    DealStatus.IN_PRODUCTION: _in_production,
    DealStatus.BALANCE_DUE: _balance_due,
    DealStatus.TO_SHIP: _to_ship,
    DealStatus.SHIPPED: _shipped,
    DealStatus.DISPUTED: _disputed,
}


def _until(deal: Deal, status: DealStatus) -> str:
    """When the status ends by itself, in words."""
    entered: datetime | None = deal.order.entered_at if deal.order else None
    after: timedelta = max(timer.after for timer in TIMERS[status])
    return moment_words(entered + after) if entered else ""
