"""What the shop keeps about a person: consents, a copy, the end."""

from __future__ import annotations

import json

from flask import flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug import Response

from shop.actions import leaving, profile
from shop.blueprints.account.again import knows_password
from shop.blueprints.account.door import blueprint
from shop.blueprints.limits import count
from shop.domain.consent import CONSENT_LABELS, CONSENT_MEANS, Purpose
from shop.domain.errors import NotAllowed, NotFound
from shop.domain.limits import EXPORT
from shop.extensions import db, now, the_shop
from shop.forms.account import PasswordAgainForm
from shop.queries import buyer
from shop.queries.own_data import everything_about
from shop.queries.people import standing_consents
from shop.web.access import signed_in
from shop.web.errors import sentence_of
from shop.web.login import close_browser, the_person

Answer = str | Response | tuple[str, int]


@blueprint.get("/akun/data")
@signed_in
def data() -> str:
    person = the_person()
    return render_template(
        "account/data.html",
        person=person,
        consents=standing_consents(db.session(), person),
        labels=CONSENT_LABELS,
        meanings=CONSENT_MEANS,
        purposes=list(Purpose),
    )


@blueprint.post("/akun/data/setuju/<purpose>")
@signed_in
def consent(purpose: str) -> Answer:
    profile.agree(db.session(), the_person(), _purpose(purpose), at=now())
    db.session.commit()
    flash(_("Persetujuan tersimpan."))
    return redirect(url_for("account.data"))


@blueprint.post("/akun/data/tarik/<purpose>")
@signed_in
def withdraw_consent(purpose: str) -> Answer:
    profile.withdraw(db.session(), the_person(), _purpose(purpose), at=now())
    db.session.commit()
    the_shop().wake("notices")
    flash(_("Persetujuan ditarik."))
    return redirect(url_for("account.data"))


@blueprint.post("/akun/data/unduh")
@signed_in
def download() -> Answer:
    """A file, by a button: it is counted, and no link elsewhere starts it."""
    person = the_person()
    count(EXPORT, str(person.id))
    db.session.commit()
    text = json.dumps(everything_about(db.session(), the_person()), ensure_ascii=False, indent=2)
    answer = make_response(text)
    answer.headers["Content-Type"] = "application/json; charset=utf-8"
    answer.headers["Content-Disposition"] = 'attachment; filename="data-saya.json"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.route("/akun/hapus", methods=["GET", "POST"])
@signed_in
def delete() -> Answer:
    form = PasswordAgainForm()
    status = 422 if form.is_submitted() else 200
    sentence = ""
    if form.validate_on_submit() and knows_password(form.password):
        try:
            leaving.ask_to_leave(db.session(), the_person(), at=now())
        except NotAllowed as refused:
            db.session.rollback()
            sentence, status = sentence_of(refused), 409
        else:
            db.session.commit()
            the_shop().wake("notices")
            close_browser()
            flash(_("Akun Anda sudah ditutup."))
            return redirect(url_for("catalogue.home"))
    page = render_template(
        "account/delete.html",
        form=form,
        sentence=sentence,
        still_open=buyer.has_open(db.session(), the_person()),
    )
    return page, status


def _purpose(text: str) -> Purpose:
    try:
        return Purpose(text)
    except ValueError as error:
        raise NotFound from error
