"""Paying in a thread: by card at the processor's page, by a transfer whose sum is unique, or by QRIS."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from shop.actions import payments, photos, proofs
from shop.actions.deals import order_of
from shop.blueprints.inquiry.cards import close_session, is_other, to_the_processor
from shop.blueprints.inquiry.door import blueprint
from shop.blueprints.inquiry.talking import page_of, reply_form
from shop.blueprints.limits import count
from shop.blueprints.uploads import photo_in, takes_photos
from shop.domain.address import is_abroad
from shop.domain.errors import NotFound
from shop.domain.limits import PAY
from shop.domain.payment import Method
from shop.domain.photo import PhotoRefused
from shop.domain.roles import Actor
from shop.extensions import db, now, the_shop
from shop.forms.ordering import ProofForm
from shop.models import BankAccount
from shop.queries.deals import bank_account, proven_payment
from shop.web.access import public
from shop.web.errors import sentence_of
from shop.web.threads import Access, access_to

METHODS = {"kartu": Method.STRIPE, "transfer": Method.TRANSFER, "qris": Method.QRIS}


@blueprint.post("/pesanan/<code>/bayar")
@public
def pay(code: str) -> Response | tuple[str, int]:
    """Begin, or go on with, the payment of what is due now."""
    access = _buyer(code, "bayar")
    method = METHODS.get(request.form.get("cara", ""))
    if method is None or not _offered(method):
        raise NotFound
    if method is not Method.STRIPE and is_abroad(order_of(db.session(), access.inquiry).address):
        raise NotFound  # the page offers the card alone to who lives abroad
    count(PAY, str(access.inquiry.id))
    db.session.commit()
    if is_other(access.inquiry, method):
        close_session(access.inquiry)
    account = _account() if method is Method.TRANSFER else None
    try:
        payment = payments.begin(db.session(), access.inquiry, method, account=account, at=now())
    except (payments.TooMuchForQris, payments.OutsideOfCards) as refused:
        db.session.rollback()
        flash(sentence_of(refused), "bad")
        return page_of(access, reply_form()), 422
    db.session.commit()
    if payment.method == Method.STRIPE:
        return to_the_processor(payment, access.inquiry.buyer_email)
    return redirect(url_for("inquiry.thread", code=access.inquiry.code, _anchor="bayar"), 303)


@blueprint.post("/pesanan/<code>/bukti")
@public
@takes_photos(1)
def proof(code: str) -> Response:
    """A photo of the slip. It moves nothing by itself: a person looks, also when the payment is over by now."""
    access, form = _buyer(code, "bukti"), ProofForm()
    code = access.inquiry.code
    back = redirect(url_for("inquiry.thread", code=code, _anchor="bayar"), 303)
    try:
        incoming = photo_in(form.bukti.data)
    except PhotoRefused as refused:
        flash(sentence_of(refused), "bad")
        return back
    payment = proven_payment(db.session(), access.inquiry)
    if payment is None:
        raise NotFound
    session = db.session()
    picture = photos.receive(
        session, incoming, by=access.person, client_id="", at=now(), inquiry=access.inquiry
    )
    sent = proofs.send(session, payment, picture, at=now())
    again = sent.again
    db.session.commit()
    the_shop().wake("photos")
    flash(
        gettext("Bukti ini sudah tercatat.") if again else gettext("Bukti terkirim. Galeri memeriksanya."),
        "good",
    )
    return back


def _buyer(code: str, word: str) -> Access:
    access = access_to(code)
    if access.side is not Actor.BUYER:
        raise NotFound
    access.must_be_checked(word)
    return access


def _offered(method: Method) -> bool:
    """Whether this shop takes money this way; whether there is an account shows later."""
    shop = the_shop()
    return {Method.STRIPE: shop.payments is not None, Method.QRIS: shop.qris is not None}.get(method, True)


def _account() -> BankAccount:
    account = bank_account(db.session())
    if account is None:
        raise NotFound
    return account
