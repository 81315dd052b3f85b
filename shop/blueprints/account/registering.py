"""Becoming somebody here. The answer is the same whether the address was free or taken."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug import Response

from shop.actions import registering as act
from shop.blueprints.account.door import blueprint
from shop.blueprints.account.pace import no_sooner_than
from shop.blueprints.limits import count_address
from shop.domain.limits import REGISTER_ADDRESS
from shop.extensions import db, now, the_shop
from shop.forms.account import RegisterForm
from shop.web.access import public, safe_next
from shop.web.languages import current_language
from shop.web.passwords import hash_password

PACE_S = 0.4


@blueprint.route("/daftar", methods=["GET", "POST"])
@public
def register() -> str | Response | tuple[str, int]:
    target = safe_next(request.values.get("next"), otherwise="")
    form = RegisterForm()
    if request.method != "POST":
        return render_template("account/register.html", form=form, target=target)
    if not form.validate():
        return render_template("account/register.html", form=form, target=target), 422
    with no_sooner_than(PACE_S):
        _register(form)
    session["identifier"] = form.email.value or form.phone.value
    flash(_said(form))
    return redirect(url_for("account.sign_in", next=target or None))


def _register(form: RegisterForm) -> None:
    count_address(REGISTER_ADDRESS)
    db.session.commit()
    password_hash = hash_password(form.password.data)
    act.register(
        db.session(),
        the_shop().links,
        name=form.name.data,
        email=form.email.value,
        phone=form.phone.value,
        password_hash=password_hash,
        language=current_language(),
        consents=form.consents,
        at=now(),
    )
    db.session.commit()
    the_shop().wake("notices")


def _said(form: RegisterForm) -> str:
    if form.email.value:
        sentence = _(
            "Terima kasih. Kami mengirim email ke %(email)s. Sekarang masuk dengan kata sandi yang baru Anda pilih.",
            email=form.email.value,
        )
    else:
        sentence = _(
            "Terima kasih. Sekarang masuk dengan nomor dan kata sandi yang baru Anda pilih. "
            "Bila nomor ini sudah pernah didaftarkan, kata sandi lamanya yang berlaku."
        )
    return str(sentence)
