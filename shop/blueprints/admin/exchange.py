"""The dollar's rate for estimates beside prices."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from shop.actions.exchange_rates import set_rate
from shop.blueprints.admin.room import blueprint
from shop.domain.money import RATE_HOLDS, rate_holds
from shop.extensions import db, now
from shop.forms.exchange import RateForm
from shop.queries import exchange_rates
from shop.web.access import admin_only
from shop.web.login import the_person


@blueprint.get("/admin/kurs")
@admin_only
def exchange_rate() -> str:
    return _page(RateForm())


@blueprint.post("/admin/kurs")
@admin_only
def set_exchange_rate() -> Response | tuple[str, int]:
    form = RateForm()
    if not form.validate():
        return _page(form), 422
    set_rate(db.session(), form.read(), by=the_person(), at=now())
    db.session.commit()
    flash(gettext("Kurs disimpan."))
    return redirect(url_for("admin.exchange_rate"), 303)


def _page(form: RateForm) -> str:
    rate = exchange_rates.newest(db.session())
    return render_template(
        "admin/exchange_rate.html",
        form=form,
        rate=rate,
        until=rate.at + RATE_HOLDS if rate else None,
        holds=bool(rate and rate_holds(rate.at, at=now())),
    )
