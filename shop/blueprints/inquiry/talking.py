"""The thread: read it, say something, look at its photos."""

from __future__ import annotations

import secrets
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from shop.actions import photos, talking
from shop.actions.talking import MOST_PHOTOS_A_MESSAGE
from shop.blueprints.inquiry.asking import usual
from shop.blueprints.inquiry.door import blueprint
from shop.blueprints.inquiry.entering import not_yours
from shop.blueprints.inquiry.ordering import WORD_OF
from shop.blueprints.limits import count
from shop.blueprints.media import send_rendition
from shop.blueprints.uploads import photo_in, takes_photos
from shop.domain.deal import CLOSED, DEAL_STEPS, DealStatus, deal_steps_from
from shop.domain.errors import NotFound, WrongInput
from shop.domain.limits import REPLY
from shop.domain.payment import CARD_LEAST_IDR, CARD_MOST_IDR, QRIS_LIMIT_IDR
from shop.domain.photo import Asked as AskedPhoto
from shop.domain.photo import PhotoRefused, asked, nearest
from shop.domain.refund_account import masked
from shop.domain.roles import Actor
from shop.extensions import db, now, the_shop
from shop.forms.asking import ReplyForm
from shop.forms.ordering import ProofForm
from shop.models import Notice, Photo
from shop.queries import documents
from shop.queries import inquiries as queries
from shop.queries.deals import deal_of
from shop.web.access import public
from shop.web.errors import sentence_of
from shop.web.login import current_member, current_person
from shop.web.paper.listed import listed
from shop.web.thread_words import now_of, speaker, timeline_of, when_of
from shop.web.threads import Access, access_to
from shop.web.whose_chat import chat_url

WIDE = 1080


@blueprint.get("/pesanan/<code>")
@public
def thread(code: str) -> str | Response | tuple[str, int]:
    try:
        access = access_to(code)
    except NotFound:
        return not_yours(code)
    if access.inquiry.code != code:
        return redirect(url_for("inquiry.thread", code=access.inquiry.code), 303)
    return page_of(access, reply_form())


@blueprint.post("/pesanan/<code>/balas")
@public
@takes_photos(MOST_PHOTOS_A_MESSAGE)
def reply(code: str) -> Response | tuple[str, int]:
    access, form = access_to(code), ReplyForm()
    if not form.validate():
        return page_of(access, form), 422
    try:
        _say(access, form)
    except PhotoRefused as refused:
        form.foto.errors = [sentence_of(refused)]
        return page_of(access, form), 422
    except WrongInput as wrong:
        form.pesan.errors = [sentence_of(wrong)]
        return page_of(access, form), 422
    code = access.inquiry.code
    db.session.commit()
    the_shop().wake("notices")
    the_shop().wake("photos")
    return redirect(url_for("inquiry.thread", code=code, _anchor="balasan"), 303)


@blueprint.get("/pesanan/<code>/foto/<name>")
@public
def photo(code: str, name: str) -> Response:
    """A photo of the thread, for its people only: in the width and format the address names, or without them in
    one size that fits a phone and a desk.
    """
    access, wanted = access_to(code), asked(name)
    row = queries.thread_photo(db.session(), access.inquiry, wanted.name if wanted else name)
    if row is None:
        raise NotFound
    width = nearest(row.widths, WIDE) if row.state == "ready" and row.widths else None
    return send_rendition(row, wanted or AskedPhoto(row.name, width, "jpg"), "no-store")


def reply_form() -> ReplyForm:
    """An empty answer with the key that makes a second press the same message."""
    form = ReplyForm(formdata=None)
    form.kunci.data = secrets.token_hex(16)
    return form


def _say(access: Access, form: ReplyForm) -> None:
    """Files first, with no transaction open; then the row of each photo, the message and its notices."""
    key = form.form_key or secrets.token_hex(16)
    incoming = [photo_in(file) for file in _chosen(form)]
    count(REPLY, f"{access.inquiry.id}:{access.side}")
    session, inquiry = db.session(), access.inquiry
    pictures = [
        photos.receive(session, one, by=access.person, client_id=f"{key}-{n}", at=now(), inquiry=inquiry)
        for n, one in enumerate(incoming)
    ]
    talking.reply(
        session,
        inquiry,
        side=access.side,
        by=access.person,
        text=form.pesan.data or "",
        photos=_once(pictures),
        form_key=key,
        at=now(),
        on_behalf=access.on_behalf,
        handed_by=access.person if access.sees_contact else None,
    )


def _chosen(form: ReplyForm) -> list[FileStorage]:
    files = [file for file in request.files.getlist(form.foto.name) if file.filename]
    return files[:MOST_PHOTOS_A_MESSAGE]


def _once(pictures: list[Photo]) -> list[Photo]:
    """The same picture chosen twice is shown once."""
    return list({picture.id: picture for picture in pictures}.values())


def _ending(access: Access) -> str:
    """How this side may end the matter now: `tolak`, `batal`, or not at all."""
    side = {Actor.PRODUCER: ("tolak", "decline"), Actor.BUYER: ("batal", "withdraw")}.get(access.side)
    if side is None or (DealStatus(access.inquiry.status), side[1]) not in DEAL_STEPS:
        return ""
    return side[0]


def _to_hand_over(access: Access) -> list[Notice]:
    """Messages about this thread that this person may send by WhatsApp: their own, or any for curators."""
    if access.is_buyer or not access.sees_contact or access.person is None:
        return []
    waiting = queries.hand_overs(db.session(), access.inquiry, at=now())
    return [one for one in waiting if access.is_curator or one.hand_over_by_id == access.person.id]


def page_of(access: Access, form: ReplyForm) -> str:
    """The page of a thread as this visitor sees it."""
    inquiry = queries.whole(db.session(), access.inquiry.id)
    hand_overs = _to_hand_over(access)
    deal = deal_of(db.session(), inquiry, at=now())
    values: dict[str, Any] = {
        "now_line": now_of(access, deal, usual=usual(inquiry), at=now()),
        "steps": timeline_of(inquiry, list(queries.steps(db.session(), inquiry))),
        "messages": [
            (message, speaker(access, message), when_of(message.at)) for message in inquiry.messages
        ],
        "deal": deal,
        "papers": listed(documents.of_inquiry(db.session(), inquiry.id)),
        "refund_number": masked(deal.order.refund_account.get("number", "")) if deal.order else "",
        "step_words": WORD_OF,
        "proof_form": ProofForm(),
        "cards": the_shop().payments is not None and CARD_LEAST_IDR <= deal.due_idr <= CARD_MOST_IDR,
        "qris": the_shop().qris,
        "qris_limit": QRIS_LIMIT_IDR,
        "may": deal_steps_from(inquiry.status, by=access.side),
        "talking": DealStatus(inquiry.status) not in CLOSED,
        "ending": _ending(access),
        "chat": chat_url(access),
        "keepable": access.is_buyer and inquiry.buyer_id is None and current_person() is not None,
    }
    room = not access.is_buyer
    return render_template(
        "inquiry/thread.html",
        access=access,
        inquiry=inquiry,
        form=form,
        hand_overs=hand_overs,
        room=room,
        side=room and access.link is None and (access.is_curator or current_member() is not None),
        **values,
    )
