"""The council's bank accounts: proposed here by an administrator, confirmed by a second person at the payment desk."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from shop.actions import bank_accounts
from shop.blueprints.admin.room import blueprint
from shop.extensions import db, now
from shop.forms.ordering import AccountForm
from shop.models import BankAccount
from shop.web.access import admin_only
from shop.web.login import the_person


@blueprint.get("/admin/rekening")
@admin_only
def accounts() -> str:
    return _page(AccountForm())


@blueprint.post("/admin/rekening")
@admin_only
def propose_account() -> Response | tuple[str, int]:
    form = AccountForm()
    if not form.validate():
        return _page(form), 422
    bank_accounts.propose(
        db.session(),
        bank=form.bank.data,
        number=form.nomor.data,
        holder=form.nama.data,
        by=the_person(),
        at=now(),
    )
    db.session.commit()
    return redirect(url_for("admin.accounts"), 303)


def _page(form: AccountForm) -> str:
    rows = db.session.scalars(select(BankAccount).order_by(BankAccount.id.desc()).limit(20)).all()
    return render_template("admin/accounts.html", form=form, accounts=rows)
