"""A bank's list at the payment desk: what was not recognised by itself is decided by a person."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from shop.actions import bank_lists
from shop.blueprints.curation.payments import payment_staff
from shop.blueprints.curation.room import blueprint
from shop.domain.deal import read_code
from shop.domain.errors import NotFound, WrongInput
from shop.domain.payment import PAYMENT_STATUS_LABELS
from shop.domain.words import N_
from shop.extensions import db, now, the_shop
from shop.forms.bank_lists import AsideForm, AssignForm, StatementForm
from shop.models import Payment, StatementLine
from shop.queries import bank_lists as queries
from shop.queries.inquiries import by_code
from shop.web.access import curator_only
from shop.web.errors import sentence_of
from shop.web.numbers import row_asked

Answer = str | Response | tuple[str, int]


@blueprint.get("/kurasi/pembayaran/mutasi")
@curator_only
def statement_lines() -> str:
    payment_staff()
    return lines_page(StatementForm())


@blueprint.post("/kurasi/pembayaran/mutasi/<int:line_id>/untuk")
@curator_only
def assign_line(line_id: int) -> Answer:
    """To the payment of a button, or to the order whose number was typed."""
    by, line, form = payment_staff(), _line(line_id), AssignForm()
    try:
        payment = _chosen(line, form)
        bank_lists.assign(db.session(), line, payment, by=by, at=now())
    except WrongInput as wrong:
        db.session.rollback()
        form.kode.errors = [*form.kode.errors, sentence_of(wrong)]
        return lines_page(StatementForm(formdata=None), line_id, form), 422
    db.session.commit()
    the_shop().wake("notices")
    flash(gettext("Uang ini tercatat."), "good")
    return _back()


@blueprint.post("/kurasi/pembayaran/mutasi/<int:line_id>/bukan")
@curator_only
def set_line_aside(line_id: int) -> Answer:
    by, line, form = payment_staff(), _line(line_id), AsideForm()
    if not form.validate():
        return lines_page(StatementForm(formdata=None), line_id, aside_form=form), 422
    bank_lists.set_aside(db.session(), line, form.alasan.data, by=by, at=now())
    db.session.commit()
    return _back()


@blueprint.post("/kurasi/pembayaran/mutasi/<int:line_id>/kembali")
@curator_only
def bring_line_back(line_id: int) -> Response:
    bank_lists.bring_back(db.session(), _line(line_id), by=payment_staff(), at=now())
    db.session.commit()
    return redirect(url_for("curation.statement_lines"), 303)


def sources() -> list[SelectChoice]:
    """Every account that was ever in use, and the QRIS report where there is QRIS."""
    found = [
        SelectChoice(str(account.id), f"{account.bank} {account.number}")
        for account in queries.accounts(db.session())
    ]
    return found + ([SelectChoice(bank_lists.QRIS, gettext("Laporan QRIS"))] if the_shop().qris else [])


def _chosen(line: StatementLine, form: AssignForm) -> Payment:
    """Raises WrongInput for a number that is no order's, NotOfThisList for an order without such a payment."""
    chosen = row_asked(request.form, "pembayaran")
    if chosen is not None:
        payment = db.session.get(Payment, chosen)
        if payment is None:
            raise NotFound
        return payment
    code = read_code(the_shop().council.code, form.kode.data or "") if form.validate() else None
    inquiry = by_code(db.session(), code) if code else None
    if inquiry is None:
        raise WrongInput("kode", N_("Tidak ada pesanan dengan nomor ini"))
    found = queries.payment_of_order(db.session(), inquiry, line.source)
    if found is None:
        raise bank_lists.NotOfThisList
    return found


def _line(line_id: int) -> StatementLine:
    row = queries.line(db.session(), line_id)
    if row is None:
        raise NotFound
    return row


def _back() -> Response:
    page = row_asked(request.form, "hal") or 1
    return redirect(url_for("curation.statement_lines", hal=page if page > 1 else None), 303)


def lines_page(
    form: StatementForm,
    wrong: int | None = None,
    assign_form: AssignForm | None = None,
    aside_form: AsideForm | None = None,
) -> str:
    form.sumber.choices = sources()
    aside = request.args.get("bagian") == "bukan"
    page = min(max(request.values.get("hal", 1, type=int) or 1, 1), 10_000)
    return render_template(
        "curation/bank_lines.html",
        form=form,
        listed=queries.lines(db.session(), aside=aside, page=page),
        aside=aside,
        wrong=wrong,
        assign_form=assign_form,
        aside_form=aside_form,
        payment_labels=PAYMENT_STATUS_LABELS,
    )
