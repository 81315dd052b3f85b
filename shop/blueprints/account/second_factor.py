"""The second step of signing in, and setting it up."""

from __future__ import annotations

import pyotp
import segno
from flask import redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug import Response

from shop.actions import second_factor as act
from shop.actions.limits import forgive
from shop.blueprints.account.again import knows_password
from shop.blueprints.account.door import blueprint
from shop.blueprints.account.signing_in import room_of
from shop.blueprints.limits import count
from shop.domain.limits import CODE
from shop.extensions import db, now, the_shop
from shop.forms.account import CodeForm, SetUpForm
from shop.web.access import public, safe_next
from shop.web.login import Visitor, code_missing, current_visitor

Answer = str | Response | tuple[str, int]


@blueprint.route("/masuk/kode", methods=["GET", "POST"])
@public
def second_factor() -> Answer:
    """Asks for the code of whoever gave their password; those without an app are led to set one up."""
    target = safe_next(request.values.get("next"), otherwise="")
    visitor = current_visitor()
    if visitor is None:
        return _to("account.sign_in", target)
    if not code_missing(visitor):
        return redirect(target or room_of(visitor.person))
    if visitor.person.totp_confirmed_at is None:
        return _to("account.set_up_second_factor", target)
    form = CodeForm()
    if request.method != "POST":
        return render_template("account/second_factor.html", form=form, target=target)
    if form.validate() and _given(visitor, form):
        return redirect(target or room_of(visitor.person))
    return render_template("account/second_factor.html", form=form, target=target), 422


def _given(visitor: Visitor, form: CodeForm) -> bool:
    whose = str(visitor.person.id)
    count(CODE, whose)
    db.session.commit()
    right = act.give_code(db.session(), visitor.sign_in, form.code.data, at=now())
    if right:
        forgive(db.session(), CODE, whose)
    else:
        form.code.errors = [_("Kode tidak cocok atau sudah dipakai. Tunggu kode berikutnya, lalu coba lagi")]
    db.session.commit()
    return right


@blueprint.route("/masuk/kode/pasang", methods=["GET", "POST"])
@public
def set_up_second_factor() -> Answer:
    """The secret waits in this browser's cookie until a code shows that the app has it. Whoever is in already gives the
    password again: an open browser alone must not put another phone in the place of the right one.
    """
    target = safe_next(request.values.get("next"), otherwise="")
    visitor = current_visitor()
    if visitor is None:
        return _to("account.sign_in", target)
    if visitor.person.totp_confirmed_at is not None and code_missing(visitor):
        return _to("account.second_factor", target)
    secret = session.setdefault("totp_secret", act.new_secret())
    inside = not code_missing(visitor)
    form = SetUpForm() if inside else CodeForm()
    if request.method == "POST" and form.validate() and not (inside and not knows_password(form.password)):
        codes = _set_up(visitor, secret, form)
        if codes:
            return _recovery_page(codes, target or room_of(visitor.person))
    page = render_template(
        "account/set_up_second_factor.html", form=form, target=target, secret=secret, qr=_qr(visitor, secret)
    )
    return page if request.method != "POST" else (page, 422)


def _set_up(visitor: Visitor, secret: str, form: CodeForm) -> list[str] | None:
    count(CODE, str(visitor.person.id))
    db.session.commit()
    codes = act.set_up(db.session(), visitor.sign_in, secret, form.code.data, at=now())
    if codes is None:
        form.code.errors = [
            _("Kode tidak cocok. Periksa jam telepon Anda, tunggu kode berikutnya, lalu coba lagi")
        ]
        return None
    db.session.commit()
    session.pop("totp_secret", None)
    return codes


def _recovery_page(codes: list[str], onward: str) -> Answer:
    return render_template("account/recovery_codes.html", codes=codes, onward=onward)


def _qr(visitor: Visitor, secret: str) -> str:
    """The picture for the app as a data: address of an SVG."""
    person = visitor.person
    name = person.email or person.phone or person.name
    uri = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=the_shop().council.name)
    return str(segno.make(uri, error="m").svg_data_uri(scale=5, border=4))


def _to(endpoint: str, target: str) -> Answer:
    return redirect(url_for(endpoint, next=target or None))
