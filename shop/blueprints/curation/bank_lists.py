"""A bank's list at the payment desk: sent, looked at, taken in, and what was not recognised decided by a person."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from shop.actions import bank_lists
from shop.blueprints.curation.payments import payment_staff
from shop.blueprints.curation.room import blueprint
from shop.domain.bank_list import (
    LEFT_LABELS,
    MOST_BYTES,
    Columns,
    Read,
    StatementRefused,
    Table,
    decode,
    fits,
    guess,
    read,
    table_of,
)
from shop.domain.deal import read_code
from shop.domain.errors import NotFound, WrongInput
from shop.domain.payment import PAYMENT_STATUS_LABELS
from shop.domain.words import N_
from shop.extensions import db, now, the_shop
from shop.forms.bank_lists import AsideForm, AssignForm, ColumnsForm, StatementForm
from shop.models import Payment, Statement, StatementLine, StatementSource
from shop.queries import bank_lists as queries
from shop.queries.inquiries import by_code
from shop.web.access import curator_only
from shop.web.errors import sentence_of

Answer = str | Response | tuple[str, int]
SHOWN = 8  # lines of a file that are looked at before it is taken in


def takes_a_list(view: Any) -> Any:
    """Lets a view receive one file of a bank; above that the answer is 413 with the limit in words."""
    view.most_bytes = MOST_BYTES + 64 * 1024
    return view


@blueprint.get("/kurasi/pembayaran/mutasi")
@curator_only
def statement_lines() -> str:
    payment_staff()
    return _lines(StatementForm())


@blueprint.post("/kurasi/pembayaran/mutasi")
@curator_only
@takes_a_list
def send_statement() -> Answer:
    by, form = payment_staff(), StatementForm()
    form.sumber.choices = _sources()
    try:
        source_name, text = _sent(form)
    except StatementRefused as refused:
        form.berkas.errors = [gettext(str(refused))]
        return _lines(form), 422
    statement = bank_lists.upload(db.session(), _source(source_name), text, by=by, at=now())
    address = url_for("curation.statement", statement_id=statement.id)
    db.session.commit()
    return redirect(address, 303)


@blueprint.get("/kurasi/pembayaran/mutasi/berkas/<int:statement_id>")
@curator_only
def statement(statement_id: int) -> Answer:
    """What the file holds, read with the columns as they were told, guessed, or chosen in the address."""
    payment_staff()
    row = _statement(statement_id)
    if row.taken_at is not None:
        return redirect(url_for("curation.statement_lines"), 303)
    table = table_of(row.text)
    form = ColumnsForm(request.args if "tanggal" in request.args else None, meta={"csrf": False})
    form.offer(table, _told(row.source, table))
    return _preview(row, table, form)


@blueprint.post("/kurasi/pembayaran/mutasi/berkas/<int:statement_id>")
@curator_only
def take_statement(statement_id: int) -> Answer:
    """Its lines, each once; then each compared, in a transaction of its own."""
    by, row, form = payment_staff(), _statement(statement_id), ColumnsForm()
    if row.taken_at is not None:  # pressed twice
        return redirect(url_for("curation.statement_lines"), 303)
    table = table_of(row.text)
    form.offer(table, _told(row.source, table))
    if not form.validate():
        return _preview(row, table, form), 422
    columns = form.read()
    new = bank_lists.take_in(db.session(), row, columns, read(table, columns), by=by, at=now())
    db.session.commit()
    matched = _compare()
    the_shop().wake("notices")
    flash(
        gettext("%(new)s baris baru, %(matched)s langsung cocok.", new=new, matched=matched),
        "good",
    )
    return redirect(url_for("curation.statement_lines"), 303)


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
        return _lines(StatementForm(formdata=None), line_id, form), 422
    db.session.commit()
    the_shop().wake("notices")
    flash(gettext("Uang ini tercatat."), "good")
    return _back()


@blueprint.post("/kurasi/pembayaran/mutasi/<int:line_id>/bukan")
@curator_only
def set_line_aside(line_id: int) -> Answer:
    by, line, form = payment_staff(), _line(line_id), AsideForm()
    if not form.validate():
        return _lines(StatementForm(formdata=None), line_id, aside_form=form), 422
    bank_lists.set_aside(db.session(), line, form.alasan.data, by=by, at=now())
    db.session.commit()
    return _back()


@blueprint.post("/kurasi/pembayaran/mutasi/<int:line_id>/kembali")
@curator_only
def bring_line_back(line_id: int) -> Response:
    bank_lists.bring_back(db.session(), _line(line_id), by=payment_staff(), at=now())
    db.session.commit()
    return redirect(url_for("curation.statement_lines"), 303)


def _sent(form: StatementForm) -> tuple[str, str]:
    """The name of the source and the text of the file, which holds a table. Raises StatementRefused, NotFound."""
    file = form.berkas.data
    if not file or not file.filename:
        raise StatementRefused(N_("Pilih berkas CSV dari bank"))
    text = decode(file.read(MOST_BYTES + 1))
    table_of(text)
    if form.sumber.data not in dict(form.sumber.choices):
        raise NotFound
    return form.sumber.data, text


def _sources() -> list[tuple[str, str]]:
    """Every account that was ever in use, and the QRIS report where there is QRIS."""
    found = [
        (str(account.id), f"{account.bank} {account.number}") for account in queries.accounts(db.session())
    ]
    return found + ([(bank_lists.QRIS, gettext("Laporan QRIS"))] if the_shop().qris else [])


def _source(name: str) -> StatementSource:
    accounts = {str(account.id): account for account in queries.accounts(db.session())}
    return bank_lists.source_of(db.session(), accounts.get(name))


def _told(source: StatementSource, table: Table) -> Columns:
    """As told once for this source, where this file has those headings; else as the headings suggest."""
    told = Columns(**source.columns) if source.columns else None
    return told if told is not None and fits(table, told) else guess(table)


def _compare() -> int:
    """How many of the lines that nobody has compared yet were recognised."""
    session, zone, matched = db.session(), the_shop().council.zone, 0
    while waiting := bank_lists.not_looked_at(session):
        for line_id in waiting:
            line = session.get_one(StatementLine, line_id)
            matched += bank_lists.compare(session, line, zone=zone, at=now())
            session.commit()
    return matched


def _chosen(line: StatementLine, form: AssignForm) -> Payment:
    """Raises WrongInput for a number that is no order's, NotOfThisList for an order without such a payment."""
    chosen = request.form.get("pembayaran", type=int)
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


def _statement(statement_id: int) -> Statement:
    row = db.session.get(Statement, statement_id)
    if row is None:
        raise NotFound
    return row


def _line(line_id: int) -> StatementLine:
    row = queries.line(db.session(), line_id)
    if row is None:
        raise NotFound
    return row


def _back() -> Response:
    page = request.form.get("hal", 1, type=int)
    return redirect(url_for("curation.statement_lines", hal=page if page > 1 else None), 303)


def _preview(row: Statement, table: Table, form: ColumnsForm) -> str:
    columns = form.read()
    found = read(table, columns) if fits(table, columns) else Read((), {})
    known = queries.known(db.session(), row.source, [line.fingerprint for line in found.lines])
    left = [(gettext(LEFT_LABELS[why]), count) for why, count in sorted(found.left.items())]
    return render_template(
        "curation/bank_list.html",
        statement=row,
        form=form,
        lines=found.lines[:SHOWN],
        count=len(found.lines),
        new=len([line for line in found.lines if line.fingerprint not in known]),
        left=left,
        chosen=columns,
    )


def _lines(
    form: StatementForm,
    wrong: int | None = None,
    assign_form: AssignForm | None = None,
    aside_form: AsideForm | None = None,
) -> str:
    form.sumber.choices = _sources()
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
