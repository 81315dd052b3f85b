"""A thread in words: where it stands, what to do next and until when, and how it came here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from flask_babel import gettext

from shop.domain.deal import CLOSED, DEAL_STATUS_LABELS, ESCALATE_AFTER, LAPSE_AFTER, NUDGE_AFTER, DealStatus
from shop.domain.words import N_
from shop.models import Event, Inquiry, Message
from shop.queries.deals import Deal
from shop.web.deal_words import Now, now_of_deal
from shop.web.durations import about
from shop.web.filters import moment_words, short_date, time_words
from shop.web.labels import deal_label
from shop.web.threads import Access
from shop.web.whose_chat import gallery_name

STEP_WORDS = {
    "ask": N_("Permintaan terkirim"),
    "decline": N_("Perajin tidak dapat memenuhi"),
    "withdraw": N_("Dibatalkan pembeli"),
    "lapse": N_("Ditutup, waktunya lewat"),
    "quote": N_("Penawaran dikirim"),
    "counter": N_("Pembeli minta diubah"),
    "ask_again": N_("Pembeli minta penawaran baru"),
    "sold": N_("Karyanya terjual"),
    "accept": N_("Penawaran disetujui"),
    "buy": N_("Dipesan"),
    "deposit_paid": N_("DP diterima"),
    "cancel": N_("Dibatalkan"),
    "ready": N_("Selesai dikerjakan"),
    "balance_paid": N_("Lunas"),
    "overdue": N_("Pelunasan terlambat, Galeri ikut menangani"),
    "ship": N_("Dikirim"),
    "pick_up": N_("Diambil"),
    "receive": N_("Diterima pembeli"),
    "problem": N_("Pembeli melaporkan masalah"),
    "cannot_deliver": N_("Perajin tidak dapat menyelesaikan"),
    "resume": N_("Dilanjutkan oleh Galeri"),
    "refund_part": N_("Sebagian dana dikembalikan"),
    "refund_all": N_("Dana dikembalikan"),
}


def now_of(access: Access, deal: Deal, *, usual: str, at: datetime) -> Now:
    """`usual` is how long the maker usually takes, in words, or empty."""
    inquiry = access.inquiry
    if inquiry.status != DealStatus.ASKED:
        return now_of_deal(access, deal) or _ended(inquiry, deal)
    closing = gettext(
        "Ditutup bila sampai %(moment)s tidak ada kabar",
        moment=moment_words(inquiry.changed_at + LAPSE_AFTER),
    )
    if inquiry.waiting_since is None:
        return _answered(access, closing)
    if access.is_producer:
        return _to_answer(inquiry, inquiry.waiting_since, at)
    more = gettext("Biasanya dijawab dalam %(time)s.", time=usual) if usual else ""
    return Now(gettext("Menunggu jawaban %(producer)s", producer=inquiry.producer.name), more, closing)


def _to_answer(inquiry: Inquiry, since: datetime, at: datetime) -> Now:
    heading = (
        gettext("Isi ongkir untuk %(buyer)s", buyer=inquiry.buyer_name)
        if inquiry.only_shipping
        else gettext("Jawab pertanyaan %(buyer)s", buyer=inquiry.buyer_name)
    )
    until = since + NUDGE_AFTER
    if at < until:
        return Now(heading, "", gettext("Jawab sebelum %(moment)s", moment=moment_words(until)))
    return Now(heading, "", gettext("Pembeli menunggu sejak %(moment)s", moment=moment_words(since)))


def _answered(access: Access, closing: str) -> Now:
    inquiry = access.inquiry
    if access.is_buyer:
        heading = gettext("%(producer)s sudah menjawab", producer=inquiry.producer.name)
        return Now(heading, gettext("Balas di bawah untuk melanjutkan."), closing)
    return Now(gettext("Menunggu kabar dari %(buyer)s", buyer=inquiry.buyer_name), "", closing)


def _ended(inquiry: Inquiry, deal: Deal) -> Now:
    producer, buyer = inquiry.producer.name, inquiry.buyer_name
    if inquiry.status == DealStatus.LAPSED and deal.order is not None:
        return Now(
            gettext("Waktu bayar habis"), gettext("Karyanya kembali dijual. Tidak ada yang perlu dibayar.")
        )
    headings = {
        DealStatus.DECLINED: gettext("%(producer)s tidak dapat memenuhi permintaan ini", producer=producer),
        DealStatus.WITHDRAWN: gettext("%(buyer)s membatalkan permintaan ini", buyer=buyer),
        DealStatus.LAPSED: gettext("Permintaan ini ditutup karena tidak ada kabar"),
    }
    status = DealStatus(inquiry.status)
    return Now(headings.get(status) or str(gettext(DEAL_STATUS_LABELS[status])), inquiry.closed_reason)


def timeline_of(inquiry: Inquiry, steps: list[Event]) -> list[tuple[str, str, str]]:
    """(words, when, mark) of each step; the last one of an open thread is where it stands."""
    rows = [(step.at, _step(inquiry, step.what), "done") for step in steps if step.what in STEP_WORDS]
    if inquiry.answered_at is not None and inquiry.answered_at not in [moment for moment, _, _ in rows]:
        rows.append((inquiry.answered_at, str(gettext("Perajin menjawab")), "done"))
    rows.sort(key=itemgetter(0))  # steps of one moment stay in their order
    told = [(words, when_of(moment), mark) for moment, words, mark in rows]
    if inquiry.status != DealStatus.ASKED:
        return _with_the_last_one_here(told, inquiry)
    if inquiry.waiting_since is not None:
        return [*told, (str(gettext("Menunggu jawaban perajin")), "", "here")]
    return [*told, (str(gettext("Menunggu kabar pembeli")), "", "here")]


def _step(inquiry: Inquiry, what: str) -> str:
    """What stood ready is paid in one: there was no deposit."""
    told = "balance_paid" if inquiry.only_shipping and what == "deposit_paid" else what
    return str(gettext(STEP_WORDS[told]))


def _with_the_last_one_here(told: list[tuple[str, str, str]], inquiry: Inquiry) -> list[tuple[str, str, str]]:
    """A running order stands at its last step; one that ended stands nowhere."""
    if not told or DealStatus(inquiry.status) in CLOSED or inquiry.status == DealStatus.COMPLETED:
        return told
    words, when, _ = told[-1]
    return [*told[:-1], (words, when, "here")]


def when_of(moment: datetime) -> str:
    """`21 Nov 2026, 19.42 WITA`."""
    return f"{short_date(moment)}, {time_words(moment)}"


def speaker(access: Access, message: Message) -> str:
    """Who said it, as this reader knows them."""
    if message.side == access.side and not (access.is_curator and message.author is not access.person):
        return str(gettext("Anda"))
    if message.side == "buyer":
        return access.inquiry.buyer_name
    if message.side == "curator":
        return gallery_name()
    return _maker(access.inquiry, message)


def _maker(inquiry: Inquiry, message: Message) -> str:
    if message.author is None:
        return inquiry.producer.name
    facts = {"person": message.author.name, "producer": inquiry.producer.name}
    if message.on_behalf:
        return str(gettext("%(person)s, pendamping %(producer)s", **facts))
    return f"{facts['person']}, {facts['producer']}"


@dataclass(frozen=True)
class Row:
    """A thread in a list."""

    inquiry: Inquiry
    state: str
    kind: str
    sign: str
    since: str
    late: bool


def row_of(inquiry: Inquiry, *, at: datetime) -> Row:
    """Where the thread stands, how that looks, and since when; late once the gallery should ask."""
    if inquiry.waiting_since is not None:
        late = at - inquiry.waiting_since >= ESCALATE_AFTER
        words = str(gettext("Menunggu jawaban"))
        return Row(inquiry, words, "warn", "jam", about(at - inquiry.waiting_since), late)
    words = deal_label(inquiry)
    if inquiry.status == DealStatus.ASKED:
        return Row(
            inquiry, str(gettext("Sudah dijawab")), "wait", "tanya", about(at - inquiry.changed_at), False
        )
    return Row(inquiry, words, "", "lingkar", about(at - inquiry.changed_at), False)
