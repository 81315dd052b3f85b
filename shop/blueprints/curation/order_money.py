"""The money of one order at the desk: surplus, small shortfalls, refunds by bank, chargebacks."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from shop.actions import odd_money, refund_accounts, refunds
from shop.blueprints.curation.payments import payment_staff
from shop.blueprints.curation.room import blueprint
from shop.blueprints.inquiry.cards import close_session
from shop.domain.errors import NotFound, WrongInput
from shop.domain.ledger import JournalKind
from shop.domain.money import thousands
from shop.domain.payment import PAYMENT_STATUS_LABELS, WRITE_OFF_MOST_IDR
from shop.domain.roles import Actor
from shop.extensions import db, now, the_shop
from shop.forms.order_money import RefundAccountForm, SentBackForm, SurplusBackForm, WriteOffForm
from shop.models import Inquiry
from shop.queries.order_money import BY_CARD, OrderMoney, by_bank, order_money, to_send_idr
from shop.queries.reviews import belonged
from shop.web.access import curator_only
from shop.web.errors import sentence_of
from shop.web.threads import named

Answer = str | Response | tuple[str, int]
FORMS = {
    "kelebihan": SurplusBackForm,
    "hapus": WriteOffForm,
    "terkirim": SentBackForm,
    "rekening": RefundAccountForm,
}


@blueprint.get("/kurasi/pesanan/<code>/uang")
@curator_only
def money_of_order(code: str) -> str:
    payment_staff()
    return _page(_inquiry(code))


@blueprint.post("/kurasi/pesanan/<code>/uang/pakai")
@curator_only
def use_surplus(code: str) -> Response:
    """The surplus pays what is due; an open card page is closed first, and a card that was faster wins."""
    by, inquiry = payment_staff(), _inquiry(code)
    close_session(inquiry)
    used = odd_money.use_surplus(db.session(), inquiry, key=_key("use", inquiry), by=by, at=now())
    return _done(inquiry, gettext("Kelebihan dipakai untuk pesanan ini.") if used else "")


@blueprint.post("/kurasi/pesanan/<code>/uang/kelebihan")
@curator_only
def give_surplus_back(code: str) -> Answer:
    by, inquiry, form = payment_staff(), _inquiry(code), SurplusBackForm()
    if not form.validate():
        return _page(inquiry, kelebihan=form), 422
    key = _key("surplus", inquiry)
    try:
        amount, why = form.jumlah.value or 0, form.kata.data or ""
        odd_money.refund_surplus(db.session(), inquiry, amount, why=why, key=key, by=by, at=now())
    except WrongInput as wrong:
        return _wrong(inquiry, form.jumlah, wrong, kelebihan=form)
    return _done(inquiry, gettext("Pengembalian diputuskan."))


@blueprint.post("/kurasi/pesanan/<code>/uang/hapus")
@curator_only
def waive_rest(code: str) -> Answer:
    by, inquiry, form = payment_staff(), _inquiry(code), WriteOffForm()
    if not form.validate():
        return _page(inquiry, hapus=form), 422
    close_session(inquiry)
    key = _key("waive", inquiry)
    try:
        odd_money.write_off(db.session(), inquiry, why=form.kata.data, key=key, by=by, at=now())
    except WrongInput as wrong:
        return _wrong(inquiry, form.kata, wrong, hapus=form)
    return _done(inquiry, gettext("Selisih dihapus."))


@blueprint.post("/kurasi/pesanan/<code>/uang/terkirim/<int:refund_id>")
@curator_only
def refund_sent(code: str, refund_id: int) -> Answer:
    """A refund left the bank, named by the bank's reference."""
    by, inquiry, form = payment_staff(), _inquiry(code), SentBackForm()
    refund = by_bank(db.session(), inquiry, refund_id)
    if refund is None:
        raise NotFound
    if not form.validate():
        return _page(inquiry, wrong=refund_id, terkirim=form), 422
    refunds.done(db.session(), refund, bank_reference=form.referensi.data, by=by, at=now())
    return _done(inquiry, gettext("Pengembalian tercatat."))


@blueprint.post("/kurasi/pesanan/<code>/uang/rekening")
@curator_only
def name_refund_account(code: str) -> Answer:
    """The buyer's account, as they told it to the gallery."""
    by, inquiry, form = payment_staff(), _inquiry(code), RefundAccountForm()
    if not form.validate():
        return _page(inquiry, rekening=form), 422
    refund_accounts.name_account(db.session(), inquiry, form.read(), actor=Actor.CURATOR, by=by, at=now())
    return _done(inquiry, gettext("Rekening pembeli tersimpan."))


def _inquiry(code: str) -> Inquiry:
    inquiry = named(code)
    if inquiry is None:
        raise NotFound
    return inquiry


def _money(inquiry: Inquiry) -> OrderMoney:
    money = order_money(db.session(), inquiry)
    if money is None:
        raise NotFound
    return money


def _key(what: str, inquiry: Inquiry) -> str:
    """Names this very press, so that a second one is the same movement."""
    return f"{what}:{inquiry.id}:{request.form.get('kunci', '')[:40]}"


def _done(inquiry: Inquiry, words: str) -> Response:
    code = inquiry.code
    db.session.commit()
    the_shop().wake("notices")
    if words:
        flash(words, "good")
    return redirect(url_for("curation.money_of_order", code=code), 303)


def _wrong(inquiry: Inquiry, field: Any, wrong: WrongInput, **forms: Any) -> tuple[str, int]:
    code = inquiry.code
    db.session.rollback()
    field.errors = [sentence_of(wrong)]
    return _page(_inquiry(code), **forms), 422


def _page(inquiry: Inquiry, wrong: int | None = None, **given: Any) -> str:
    """The page with the form that was wrong in its place, the others empty."""
    money, who = _money(inquiry), payment_staff()
    forms: dict[str, Any] = {name: given.get(name) or form(formdata=None) for name, form in FORMS.items()}
    if "kelebihan" not in given:
        forms["kelebihan"].jumlah.data = thousands(money.surplus_idr)
    return render_template(
        "curation/order_money.html",
        inquiry=inquiry,
        money=money,
        forms=forms,
        bad=next(iter(given.values()), None),
        wrong=wrong,
        key=token_hex(8),
        labels=PAYMENT_STATUS_LABELS,
        by_card=BY_CARD,
        won=JournalKind.CHARGEBACK_WON.value,
        write_off_most=WRITE_OFF_MOST_IDR,
        may_decide=not belonged(db.session(), inquiry.producer_id, who.id),
        who=who,
        to_send_idr=to_send_idr(db.session(), money.order),
    )
