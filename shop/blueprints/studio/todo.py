"""The producer's to-do list, in words."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from shop.domain.deal import ESCALATE_AFTER, NUDGE_AFTER
from shop.domain.review import REASONS
from shop.extensions import now
from shop.models import Member
from shop.queries import studio
from shop.queries.notices import to_hand_over
from shop.web.filters import moment_words

Item = tuple[int, str, str, str, str | None]  # how many, what, why, where to, how pressing


def todo_list(session: Session, member: Member) -> list[Item]:
    """What waits for this person, the most pressing first."""
    producer_id = member.producer_id
    items = [
        _unanswered(studio.unanswered(session, producer_id)),
        _to_mend(studio.to_mend(session, producer_id)),
        _failed_photos(studio.failed_photos(session, producer_id)),
        _hand_overs(len(to_hand_over(session, at=now(), by=member.person))),
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


def _hand_overs(count: int) -> Item:
    what = ngettext("Pesan WhatsApp belum dikirim", "Pesan WhatsApp belum dikirim", count)
    return count, what, _("Buka WhatsApp, lalu tandai sudah dikirim"), url_for("studio.inquiries"), "soft"
