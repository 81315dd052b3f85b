"""Password, second factor and the browsers a person is signed in with."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug import Response

from shop.actions import recovery, second_factor, signing_in
from shop.blueprints.account.again import knows_password
from shop.blueprints.account.door import blueprint
from shop.domain.errors import NotAllowed, NotFound
from shop.extensions import db, now, the_shop
from shop.forms.account import ChangePasswordForm, PasswordAgainForm
from shop.models import SignIn
from shop.queries.people import standing_sign_ins
from shop.web.access import signed_in
from shop.web.login import current_visitor, the_person
from shop.web.passwords import hash_password

Answer = str | Response | tuple[str, int]


@blueprint.get("/akun/keamanan")
@signed_in
def security() -> str:
    person = the_person()
    return render_template(
        "account/security.html",
        person=person,
        this=_this(),
        sign_ins=standing_sign_ins(db.session(), person, at=now()),
        staff=person.is_curator or person.is_administrator,
    )


@blueprint.route("/akun/sandi", methods=["GET", "POST"])
@signed_in
def change_password() -> Answer:
    person = the_person()
    form = ChangePasswordForm(known=(person.name, person.email, person.phone))
    if form.validate_on_submit() and knows_password(form.password):
        password_hash = hash_password(form.new.data)
        recovery.change_password(db.session(), _this(), password_hash, at=now())
        db.session.commit()
        the_shop().wake("notices")
        flash(_("Kata sandi diganti. Perangkat lain sudah keluar."))
        return redirect(url_for("account.security"))
    page = render_template("account/change_password.html", form=form)
    return (page, 422) if form.is_submitted() else page


@blueprint.post("/akun/keamanan/keluar-semua")
@signed_in
def sign_out_everywhere() -> Answer:
    """Every browser but this one."""
    signing_in.end_sign_ins(db.session(), the_person(), by=the_person(), at=now(), keep=_this())
    db.session.commit()
    flash(_("Semua perangkat lain sudah keluar."))
    return redirect(url_for("account.security"))


@blueprint.post("/akun/keamanan/keluar/<int:sign_in_id>")
@signed_in
def sign_out_one(sign_in_id: int) -> Answer:
    row = db.session.get(SignIn, sign_in_id)
    if row is None or row.person_id != the_person().id:
        raise NotFound
    if row.revoked_at is None:
        signing_in.sign_out(db.session(), row, at=now())
    db.session.commit()
    flash(_("Perangkat itu sudah keluar."))
    return redirect(url_for("account.security"))


@blueprint.route("/akun/kode/cadangan", methods=["GET", "POST"])
@signed_in
def recovery_codes() -> Answer:
    """Ten fresh recovery codes for whoever knows the password."""
    if the_person().totp_confirmed_at is None:
        raise NotFound
    form = PasswordAgainForm()
    if form.validate_on_submit() and knows_password(form.password):
        codes = second_factor.new_recovery_codes(db.session(), the_person(), at=now())
        db.session.commit()
        return render_template("account/recovery_codes.html", codes=codes, onward=url_for("account.security"))
    page = render_template("account/new_recovery_codes.html", form=form)
    return (page, 422) if form.is_submitted() else page


@blueprint.route("/akun/kode/lepas", methods=["GET", "POST"])
@signed_in
def remove_second_factor() -> Answer:
    """Without it from now on; staff cannot, where the shop is open to the world."""
    person = the_person()
    if person.totp_confirmed_at is None:
        raise NotFound
    if (person.is_curator or person.is_administrator) and not the_shop().config.development:
        raise NotAllowed
    form = PasswordAgainForm()
    if form.validate_on_submit() and knows_password(form.password):
        second_factor.take_away(db.session(), the_person(), by=the_person(), at=now())
        db.session.commit()
        the_shop().wake("notices")
        flash(_("Kode kedua dilepas."))
        return redirect(url_for("account.security"))
    page = render_template("account/remove_second_factor.html", form=form)
    return (page, 422) if form.is_submitted() else page


def _this() -> SignIn:
    """The sign-in of this browser."""
    visitor = current_visitor()
    if visitor is None:
        raise NotFound
    return visitor.sign_in
