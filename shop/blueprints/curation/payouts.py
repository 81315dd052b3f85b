"""Money for makers: what is theirs, what was transferred and under which reference, each maker's months."""

from __future__ import annotations

from secrets import token_hex

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

from shop.actions import payouts
from shop.actions.deals import order_of
from shop.blueprints.curation.payments import payment_staff
from shop.blueprints.curation.room import blueprint
from shop.domain.errors import NotFound, WrongInput
from shop.domain.money import thousands
from shop.extensions import db, now, the_shop
from shop.forms.payouts import AdvanceForm, PayoutForm, ReturnedForm
from shop.models import Inquiry, Payout, Producer
from shop.queries import payments as queries
from shop.queries import statements
from shop.queries.ledger import payable_idr
from shop.queries.payments import Held
from shop.web.access import curator_only
from shop.web.errors import sentence_of
from shop.web.login import the_person
from shop.web.statements import (
    asked_month,
    month_words,
    statement_csv,
    statement_of,
    statement_page,
    statement_pdf,
    this_month,
)
from shop.web.threads import named


@blueprint.get("/kurasi/pembayaran/perajin/<int:producer_id>")
@curator_only
def maker_money(producer_id: int) -> str:
    """What stands now, the form that records a transfer, and the months."""
    payment_staff()
    maker, form = _maker(producer_id), PayoutForm(formdata=None)
    form.jumlah.data = thousands(payable_idr(db.session(), maker.id, at=now()))
    return _page(maker, form)


@blueprint.post("/kurasi/pembayaran/perajin/<int:producer_id>")
@curator_only
def pay_out(producer_id: int) -> str | Answer | tuple[str, int]:
    """A transfer that was made at the bank, named by the bank's reference; the same reference is the same transfer."""
    staff, maker, form = payment_staff(), _maker(producer_id), PayoutForm()
    if not form.validate():
        return _page(maker, form), 422
    try:
        payouts.pay(
            db.session(),
            maker,
            form.jumlah.value or 0,
            bank_reference=form.referensi.data,
            by=staff,
            at=now(),
        )
    except WrongInput as wrong:
        db.session.rollback()
        field = form.referensi if wrong.field == "bank_reference" else form.jumlah
        field.errors = [sentence_of(wrong)]
        return _page(_maker(producer_id), form), 422
    db.session.commit()
    the_shop().wake("notices")
    flash(gettext("Pembayaran kepada perajin tercatat."), "good")
    return redirect(url_for("curation.maker_money", producer_id=producer_id), 303)


@blueprint.get("/kurasi/pembayaran/perajin/<int:producer_id>/<month>")
@curator_only
def maker_statement(producer_id: int, month: str) -> str:
    payment_staff()
    return statement_page("curation/maker_statement.html", _maker(producer_id), asked_month(month))


@blueprint.get("/kurasi/pembayaran/perajin/<int:producer_id>/<month>.pdf")
@curator_only
def maker_statement_pdf(producer_id: int, month: str) -> Response:
    payment_staff()
    maker = _maker(producer_id)
    return statement_pdf(maker, statement_of(maker, asked_month(month)))


@blueprint.get("/kurasi/pembayaran/perajin/<int:producer_id>/<month>.csv")
@curator_only
def maker_statement_csv(producer_id: int, month: str) -> Response:
    payment_staff()
    maker = _maker(producer_id)
    return statement_csv(maker, statement_of(maker, asked_month(month)))


@blueprint.get("/kurasi/pembayaran/uang-muka/<code>")
@curator_only
def advance(code: str) -> str:
    """Part of a deposit for the maker before the order is completed: how much is held, how much may go."""
    return _advance(*_held(code), AdvanceForm(formdata=None))


@blueprint.post("/kurasi/pembayaran/uang-muka/<code>")
@curator_only
def advance_now(code: str) -> str | Answer | tuple[str, int]:
    inquiry, held = _held(code)
    form = AdvanceForm()
    if not form.validate():
        return _advance(inquiry, held, form), 422
    session, maker_id = db.session(), inquiry.producer_id
    try:
        payouts.release_advance(
            session,
            order_of(session, inquiry),
            form.jumlah.value or 0,
            by=the_person(),
            why=form.alasan.data,
            key=f"advance:{inquiry.id}:{request.form.get('kunci', '')[:40]}",
            at=now(),
        )
    except WrongInput as wrong:
        session.rollback()
        form.jumlah.errors = [sentence_of(wrong)]
        return _advance(*_held(code), form), 422
    session.commit()
    flash(gettext("Uang muka diteruskan. Sekarang dapat ditransfer."), "good")
    return redirect(url_for("curation.maker_money", producer_id=maker_id), 303)


@blueprint.get("/kurasi/pembayaran/transfer/<int:payout_id>/kembali")
@curator_only
def transfer_back(payout_id: int) -> str:
    """A transfer that did not arrive: asked once more, with the reason."""
    return _back(_transfer(payout_id), ReturnedForm(formdata=None))


@blueprint.post("/kurasi/pembayaran/transfer/<int:payout_id>/kembali")
@curator_only
def transfer_back_now(payout_id: int) -> str | Answer | tuple[str, int]:
    payout, form = _transfer(payout_id), ReturnedForm()
    if not form.validate():
        return _back(payout, form), 422
    maker_id = payout.producer_id
    payouts.came_back(db.session(), payout, by=the_person(), why=form.alasan.data, at=now())
    db.session.commit()
    the_shop().wake("notices")
    flash(gettext("Tercatat. Uangnya kembali menjadi hak perajin."), "good")
    return redirect(url_for("curation.maker_money", producer_id=maker_id), 303)


def _transfer(payout_id: int) -> Payout:
    payment_staff()
    payout = db.session.get(Payout, payout_id)
    if payout is None:
        raise NotFound
    return payout


def _back(payout: Payout, form: ReturnedForm) -> str:
    maker = _maker(payout.producer_id)
    return render_template("curation/transfer_back.html", payout=payout, producer=maker, form=form)


def _held(code: str) -> tuple[Inquiry, Held]:
    """A running order with money held for it. Raises NotFound for others, and for whom it is none of their business."""
    payment_staff()
    inquiry = named(code)
    if inquiry is None:
        raise NotFound
    for one in queries.held(db.session(), inquiry.producer_id):
        if one.code == inquiry.code:
            return inquiry, one
    raise NotFound


def _advance(inquiry: Inquiry, held: Held, form: AdvanceForm) -> str:
    return render_template("curation/advance.html", inquiry=inquiry, held=held, form=form, key=token_hex(8))


def _maker(producer_id: int) -> Producer:
    maker = db.session.get(Producer, producer_id)
    if maker is None:
        raise NotFound
    return maker


def _page(maker: Producer, form: PayoutForm) -> str:
    session = db.session()
    return render_template(
        "curation/maker_money.html",
        producer=maker,
        form=form,
        balance=statements.balance(session, maker.id),
        payable_idr=payable_idr(session, maker.id, at=now()),
        held=queries.held(session, maker.id),
        transfers=queries.transfers(session, maker.id),
        months=statements.months(session, maker.id, the_shop().council.zone),
        this_month=this_month(),
        month_words=month_words,
    )
