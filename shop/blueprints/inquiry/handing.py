"""Handing a notice over by WhatsApp: open the chat with the words and a fresh link, then say that it was sent."""

from __future__ import annotations

from flask import redirect, url_for
from werkzeug.wrappers import Response

from shop.actions import delivery, links
from shop.blueprints.inquiry.door import blueprint
from shop.domain.errors import NotFound
from shop.extensions import db, now
from shop.models import Notice
from shop.web.access import public
from shop.web.letters import whatsapp_url, whatsapp_words
from shop.web.threads import Access, access_to


@blueprint.post("/pesanan/<code>/whatsapp/<int:notice_id>")
@public
def open_chat(code: str, notice_id: int) -> Response:
    """Makes the link that goes with the words, and opens the chat."""
    return chat_with(_notice(access_to(code), notice_id))


@blueprint.post("/pesanan/<code>/whatsapp/<int:notice_id>/sudah")
@public
def chat_sent(code: str, notice_id: int) -> Response:
    access = access_to(code)
    notice = _notice(access, notice_id)
    delivery.handed_over(db.session(), notice, by=access.person, actor=access.side, at=now())
    code = access.inquiry.code
    db.session.commit()
    return redirect(url_for("inquiry.thread", code=code), 303)


@blueprint.post("/pesanan/<code>/whatsapp-saya")
@public
def own_chat(code: str) -> Response:
    """A buyer sends the way back to their own number, to find it there later."""
    access = access_to(code)
    if not access.is_buyer or not access.checked:
        raise NotFound
    notice = Notice(
        kind="thread_link",
        channel="whatsapp",
        to_phone=access.inquiry.buyer_phone,
        language=access.inquiry.language,
        facts={"code": access.inquiry.code, "name": access.inquiry.buyer_name, "link": "buyer"},
        inquiry=access.inquiry,
    )
    return chat_with(notice)


def chat_with(notice: Notice) -> Response:
    """The chat of a notice's reader. The link is committed before the address that carries it leaves."""
    session = db.session()
    token = links.token_for(session, notice, at=now())
    address = whatsapp_url(notice.to_phone or "", whatsapp_words(notice, token=token))
    session.commit()
    return redirect(address, 303)


def _notice(access: Access, notice_id: int) -> Notice:
    """A message about this thread that this person is to hand over: their own, or any for curators."""
    notice = db.session.get(Notice, notice_id)
    if notice is None or notice.inquiry_id != access.inquiry.id or notice.channel != "whatsapp":
        raise NotFound
    if not access.sees_contact:
        raise NotFound
    mine = access.is_producer and access.person is not None and notice.hand_over_by_id == access.person.id
    if not (access.is_curator or mine):
        raise NotFound
    return notice
