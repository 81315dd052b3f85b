"""The producer's to-do list and the rows of what came in, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from shop.domain.deal import DEAL_STATUS_LABELS, ESCALATE_AFTER, NUDGE_AFTER, DealStatus
from shop.domain.review import REASONS
from shop.extensions import now
from shop.models import Inquiry, Member, Photo
from shop.queries import studio
from shop.web.filters import moment_words

Item = tuple[int, str, str, str, str | None]  # how many, what, why, where to, how pressing


def todo_list(session: Session, member: Member) -> list[Item]:
    """What waits for this person, the most pressing first."""
    producer_id = member.producer_id
    items = [
        _unanswered(studio.unanswered(session, producer_id)),
        _to_mend(studio.to_mend(session, producer_id)),
        _failed_photos(studio.failed_photos(session, producer_id)),
        _hand_overs(studio.hand_overs(session, member)),
    ]
    return [item for item in items if item[0]]


def _unanswered(waiting: studio.Waiting) -> Item:
    late = waiting.since is not None and now() - waiting.since >= NUDGE_AFTER
    why = ""
    if waiting.since is not None:
        hours = int(ESCALATE_AFTER.total_seconds() // 3600)
        why = _(
            "Paling lama sejak %(moment)s. Galeri ikut menanyakan setelah %(hours)s jam",
            moment=moment_words(waiting.since),
            hours=hours,
        )
    what = ngettext("Pertanyaan menunggu jawaban", "Pertanyaan menunggu jawaban", waiting.count)
    return waiting.count, what, why, url_for("studio.inquiries"), "late" if late else None


def _to_mend(waiting: studio.Waiting) -> Item:
    reason = next((REASONS[code].label for code in waiting.codes if code in REASONS), None)
    why = f"{waiting.first}: {_(reason).lower()}" if reason else waiting.first
    where = url_for("studio.listings", keadaan="perbaikan")
    if waiting.count == 1:
        where = url_for("studio.edit", listing_id=waiting.first_id)
    return (
        waiting.count,
        ngettext("Karya perlu perbaikan", "Karya perlu perbaikan", waiting.count),
        why,
        where,
        None,
    )


def _failed_photos(waiting: studio.Waiting) -> Item:
    where = url_for("studio.home")
    if waiting.count:
        where = url_for("studio.step", listing_id=waiting.first_id, word="foto")
    what = ngettext("Foto tidak dapat diolah", "Foto tidak dapat diolah", waiting.count)
    return waiting.count, what, _("%(title)s: ganti fotonya", title=waiting.first), where, None


def _hand_overs(waiting: studio.Waiting) -> Item:
    what = ngettext("Pesan WhatsApp belum dikirim", "Pesan WhatsApp belum dikirim", waiting.count)
    return (
        waiting.count,
        what,
        _("Buka WhatsApp, lalu tandai sudah dikirim"),
        url_for("studio.inquiries"),
        "soft",
    )


@dataclass(frozen=True)
class AskedRow:
    """One inquiry in the list of the first screen."""

    code: str
    title: str
    photo: Photo | None
    price_kind: str
    price_idr: int | None
    who: str
    words: str
    look: tuple[str, str]
    late: bool


def asked_rows(inquiries: Iterable[Inquiry]) -> list[AskedRow]:
    return [_asked(inquiry) for inquiry in inquiries]


def _asked(inquiry: Inquiry) -> AskedRow:
    first = inquiry.items[0] if inquiry.items else None
    waits = inquiry.status == DealStatus.ASKED and inquiry.answered_at is None
    title = first.title if first else _("Pertanyaan")
    if first and first.quantity > 1:
        title = f"{first.quantity} × {title}"
    return AskedRow(
        code=inquiry.code,
        title=title,
        photo=first.photo if first else None,
        price_kind=first.price_kind if first else "on_request",
        price_idr=first.price_idr * first.quantity if first and first.price_idr else None,
        who=_who(inquiry),
        words=_("Menunggu jawaban") if waits else _words(inquiry),
        look=("warn", "jam") if waits else ("", "tanya"),
        late=waits and now() - inquiry.created_at >= NUDGE_AFTER,
    )


def _words(inquiry: Inquiry) -> str:
    if inquiry.status == DealStatus.ASKED:
        return str(_("Sudah dijawab"))
    return str(_(DEAL_STATUS_LABELS[DealStatus(inquiry.status)]))


def _who(inquiry: Inquiry) -> str:
    since = duration_words(now() - inquiry.created_at)
    if inquiry.destination:
        return str(
            _("%(code)s, %(name)s di %(place)s, sejak %(since)s", code=inquiry.code, name=inquiry.buyer_name,
              place=inquiry.destination, since=since)
        )  # fmt: skip
    return str(
        _("%(code)s, %(name)s, sejak %(since)s", code=inquiry.code, name=inquiry.buyer_name, since=since)
    )


def duration_words(span: timedelta) -> str:
    """`40 menit`, `7 jam`, `3 hari`: one unit is enough."""
    minutes = max(1, int(span.total_seconds() // 60))
    if minutes < 60:
        return str(ngettext("%(num)d menit", "%(num)d menit", minutes))
    if minutes < 48 * 60:
        return str(ngettext("%(num)d jam", "%(num)d jam", minutes // 60))
    return str(ngettext("%(num)d hari", "%(num)d hari", minutes // (24 * 60)))
