"""For those who cannot get in."""

from __future__ import annotations

from flask import flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from werkzeug import Response

from shop.actions import recovery as act
from shop.actions.one_time_links import LinkGone
from shop.blueprints.account.door import blueprint
from shop.blueprints.account.links import forget_link, gone, opened_link
from shop.blueprints.account.pace import no_sooner_than
from shop.blueprints.limits import count, count_address
from shop.domain.limits import FORGOT, FORGOT_ADDRESS
from shop.extensions import db, now, the_shop
from shop.forms.account import ForgotForm, NewPasswordForm
from shop.models import Person
from shop.web.access import public
from shop.web.login import close_browser, current_visitor
from shop.web.passwords import hash_password

Answer = str | Response | tuple[str, int]
PACE_S = 0.3


@blueprint.route("/masuk/lupa", methods=["GET", "POST"])
@public
def forgot() -> Answer:
    form = ForgotForm()
    if form.validate_on_submit():
        with no_sooner_than(PACE_S):
            _ask(*form.contact)
        return render_template("account/forgot_sent.html", by_email=form.contact[0])
    page = render_template("account/forgot.html", form=form)
    return (page, 422) if form.is_submitted() else page


def _ask(email: str | None, phone: str | None) -> None:
    count_address(FORGOT_ADDRESS)
    count(FORGOT, email or phone or "")
    act.ask_for_password(db.session(), the_shop().links, email, phone, at=now())
    db.session.commit()
    the_shop().wake("notices")


@blueprint.route("/masuk/sandi-baru", methods=["GET", "POST"])
@public
def new_password() -> Answer:
    """The password is hashed between looking the link up and using it up, with no transaction open."""
    try:
        link = opened_link(*act.PASSWORD_LINKS)
        person = db.session.get_one(Person, link.person_id)
        if not person.may_sign_in:
            return gone()
        form = NewPasswordForm(known=(person.name, person.email, person.phone))
        if not form.validate_on_submit():
            page = render_template("account/new_password.html", form=form, person=person)
            return (page, 422) if form.is_submitted() else page
        _take(form)
    except LinkGone:
        db.session.rollback()
        return gone()
    flash(_("Kata sandi baru tersimpan. Masuk dengan kata sandi itu."))
    return redirect(url_for("account.sign_in"))


def _take(form: NewPasswordForm) -> None:
    db.session.rollback()
    password_hash = hash_password(form.password.data)
    person = act.take_password(db.session(), opened_link(*act.PASSWORD_LINKS), password_hash, at=now())
    identifier = person.email or person.phone
    db.session.commit()
    the_shop().wake("notices")
    forget_link()
    if current_visitor() is None:
        close_browser()
    session["identifier"] = identifier
