"""A bank's file at the payment desk: sent, looked at, its columns told once, its lines taken in and compared."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from shop.actions import bank_lists
from shop.blueprints.curation.bank_lists import lines_page, sources
from shop.blueprints.curation.payments import payment_staff
from shop.blueprints.curation.room import blueprint
from shop.domain.bank_cells import LEFT_LABELS
from shop.domain.bank_file import MOST_BYTES, StatementRefused, Table, decode, table_of
from shop.domain.bank_list import Columns, Read, fits, guess, read
from shop.domain.errors import NotFound
from shop.domain.words import N_
from shop.extensions import db, now, the_shop
from shop.forms.bank_lists import ColumnsForm, StatementForm
from shop.models import Statement, StatementLine, StatementSource
from shop.queries import bank_lists as queries
from shop.web.access import curator_only

Answer = str | Response | tuple[str, int]
SHOWN = 8  # lines of a file that are looked at before it is taken in


def takes_a_list(view: Any) -> Any:
    """Lets a view receive one file of a bank; above that the answer is 413 with the limit in words."""
    view.most_bytes = MOST_BYTES + 64 * 1024
    return view


@blueprint.post("/kurasi/pembayaran/mutasi")
@curator_only
@takes_a_list
def send_statement() -> Answer:
    by, form = payment_staff(), StatementForm()
    form.sumber.choices = sources()
    try:
        source_name, text = _sent(form)
    except StatementRefused as refused:
        form.berkas.errors = [gettext(str(refused))]
        return lines_page(form), 422
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
    form.offer(table, _told(row.source, table), fees=row.source.bank_account_id is None)
    return _preview(row, table, form)


@blueprint.post("/kurasi/pembayaran/mutasi/berkas/<int:statement_id>")
@curator_only
def take_statement(statement_id: int) -> Answer:
    """Its lines, each once; then each compared, in a transaction of its own."""
    by, row, form = payment_staff(), _statement(statement_id), ColumnsForm()
    if row.taken_at is not None:  # pressed twice
        return redirect(url_for("curation.statement_lines"), 303)
    table = table_of(row.text)
    form.offer(table, _told(row.source, table), fees=row.source.bank_account_id is None)
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


def _sent(form: StatementForm) -> tuple[str, str]:
    """The name of the source and the text of the file, which holds a table. Raises StatementRefused, NotFound."""
    file = form.berkas.data
    if not file or not file.filename:
        raise StatementRefused(N_("Pilih berkas CSV dari bank"))
    text = decode(file.read(MOST_BYTES + 1))
    table_of(text)
    if form.sumber.data not in {choice.value for choice in form.sumber.choices}:
        raise NotFound
    return form.sumber.data, text


def _source(name: str) -> StatementSource:
    accounts = {str(account.id): account for account in queries.accounts(db.session())}
    return bank_lists.source_of(db.session(), accounts.get(name))


def _told(source: StatementSource, table: Table) -> Columns:
    """As told once for this source, where this file has those headings; else as the headings suggest. Only the report
    of an acquirer tells of fees.
    """
    told = Columns(**source.columns) if source.columns else None
    chosen = told if told is not None and fits(table, told) else guess(table)
    return chosen if source.bank_account_id is None else replace(chosen, fee="")


def _compare() -> int:
    """How many of the lines that nobody has compared yet were recognised."""
    session, zone, matched = db.session(), the_shop().council.zone, 0
    while waiting := bank_lists.not_looked_at(session):
        for line_id in waiting:
            line = session.get_one(StatementLine, line_id)
            matched += bank_lists.compare(session, line, zone=zone, at=now())
            session.commit()
    return matched


def _statement(statement_id: int) -> Statement:
    row = db.session.get(Statement, statement_id)
    if row is None:
        raise NotFound
    return row


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
        fees_idr=sum(line.fee_idr for line in found.lines),
        new=len([line for line in found.lines if line.fingerprint not in known]),
        left=left,
        chosen=columns,
    )
