"""Buyers who wait, messages to hand over, e-mails in trouble, how fast makers answer."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from shop.actions import delivery
from shop.blueprints.curation.room import blueprint
from shop.blueprints.inquiry.handing import chat_with
from shop.domain.errors import NotFound
from shop.domain.roles import Actor
from shop.extensions import db, now, the_shop
from shop.models import Notice
from shop.queries import inquiry_lists, notices
from shop.web.access import curator_only
from shop.web.durations import about
from shop.web.letters import subject
from shop.web.login import the_person
from shop.web.numbers import page_asked
from shop.web.thread_words import row_of

TABS = ("belum-dijawab", "perlu-dikirim", "gagal", "waktu-balas")


@blueprint.get("/kurasi/pesanan")
@curator_only
def inquiries() -> str:
    session, at = db.session(), now()
    tab = request.args.get("bagian", "")
    tab = tab if tab in TABS else TABS[0]
    waiting, escalated = inquiry_lists.count_unanswered(session)
    to_send, failed = notices.waiting_counts(session, at=at, curator=the_person())
    counts = {"belum-dijawab": waiting, "perlu-dikirim": to_send, "gagal": failed, "waktu-balas": None}
    return render_template(
        "curation/inquiries.html", tab=tab, counts=counts, escalated=escalated, **_listed(tab)
    )


@blueprint.post("/kurasi/pesanan/kabar/<int:notice_id>/buka")
@curator_only
def open_chat(notice_id: int) -> Response:
    """Opens the chat with the words and, where one belongs in, a fresh private link."""
    return chat_with(_by_hand(notice_id))


@blueprint.post("/kurasi/pesanan/kabar/<int:notice_id>/sudah")
@curator_only
def chat_sent(notice_id: int) -> Response:
    delivery.handed_over(db.session(), _by_hand(notice_id), by=the_person(), actor=Actor.CURATOR, at=now())
    db.session.commit()
    return redirect(url_for("curation.inquiries", bagian="perlu-dikirim"), 303)


@blueprint.post("/kurasi/pesanan/kabar/<int:notice_id>/lagi")
@curator_only
def send_again(notice_id: int) -> Response:
    notice = db.session.get(Notice, notice_id)
    if notice is None or notice.channel != "email":
        raise NotFound
    delivery.send_again(db.session(), notice, by=the_person(), at=now())
    db.session.commit()
    the_shop().wake("notices")
    return redirect(url_for("curation.inquiries", bagian="gagal"), 303)


def _by_hand(notice_id: int) -> Notice:
    notice = db.session.get(Notice, notice_id)
    if notice is None or notice.channel != "whatsapp" or not notice.to_phone:
        raise NotFound
    return notice


def _listed(tab: str) -> dict[str, object]:
    """What the chosen tab lists."""
    if tab == "perlu-dikirim":
        return {"notices": _told(notices.to_hand_over(db.session(), at=now(), curator=the_person()))}
    if tab == "gagal":
        return {"notices": _told(notices.failed(db.session()))}
    return _reply_times() if tab == "waktu-balas" else _unanswered()


def _unanswered() -> dict[str, object]:
    listed = inquiry_lists.unanswered(db.session(), page_asked())
    return {"listed": listed, "rows": [row_of(inquiry, at=now()) for inquiry in listed.rows]}


def _reply_times() -> dict[str, object]:
    times = inquiry_lists.reply_times(db.session(), at=now())
    return {"times": [(one, about(one.middle) if one.middle else "") for one in times]}


def _told(waiting: list[Notice]) -> list[tuple[Notice, str, str]]:
    """Each notice with what it is about and who reads it."""
    return [(notice, subject(notice), notice.reader) for notice in waiting]
