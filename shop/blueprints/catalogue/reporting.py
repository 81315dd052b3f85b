"""A visitor reports a work; no account is needed."""

from __future__ import annotations

import secrets

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from shop.actions.reports import file_report
from shop.blueprints.catalogue.door import blueprint
from shop.blueprints.catalogue.work import not_shown
from shop.blueprints.limits import count_address
from shop.domain.errors import WrongInput
from shop.domain.limits import REPORT_ADDRESS
from shop.extensions import db, now
from shop.forms.reporting import ReportForm
from shop.queries.work_page import WorkPage, work_page
from shop.web.access import public
from shop.web.errors import sentence_of

FIELDS = {"reason": "alasan", "text": "keterangan"}


@blueprint.get("/karya/<slug>/lapor")
@public
def report(slug: str) -> str | tuple[str, int]:
    work = work_page(db.session(), slug)
    if work is None:
        return not_shown(slug)
    form = ReportForm()
    form.kunci.data = secrets.token_hex(16)
    return _page(work, form)


@blueprint.post("/karya/<slug>/lapor")
@public
def send_report(slug: str) -> str | Response | tuple[str, int]:
    work = work_page(db.session(), slug)
    if work is None:
        return not_shown(slug)
    form = ReportForm()
    if not form.validate():
        return _page(work, form), 422
    count_address(REPORT_ADDRESS)
    try:
        file_report(
            db.session(),
            work.listing,
            reason=form.alasan.data or "",
            text=form.keterangan.data or "",
            contact=form.kontak.data or "",
            form_key=(form.kunci.data or secrets.token_hex(16))[:64],
            at=now(),
        )
    except WrongInput as error:
        getattr(form, FIELDS[error.field]).errors = [sentence_of(error)]
        return _page(work, form), 422
    flash(
        gettext("Laporan terkirim. Kurator membacanya sebelum karya ini dibicarakan dengan pembuatnya."),
        "good",
    )
    db.session.commit()
    return redirect(url_for("catalogue.work", slug=slug))


def _page(work: WorkPage, form: ReportForm) -> str:
    return render_template("catalogue/report.html", work=work, form=form)
