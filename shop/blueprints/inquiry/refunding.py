"""Where the buyer's money goes back to, when it goes by bank: their account, asked for once it is owed."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from shop.actions.deals import order_of
from shop.actions.refund_accounts import name_account
from shop.blueprints.inquiry.door import blueprint
from shop.domain.errors import NotFound
from shop.domain.refund_account import NothingToSend
from shop.domain.roles import Actor
from shop.extensions import db, now
from shop.forms.order_money import RefundAccountForm
from shop.queries.order_money import to_send_idr
from shop.web.access import public
from shop.web.threads import Access, access_to


@blueprint.get("/pesanan/<code>/rekening")
@public
def refund_account(code: str) -> str:
    access = _buyer(code)
    if not to_send_idr(db.session(), order_of(db.session(), access.inquiry)):
        raise NothingToSend(status=access.inquiry.status, step="name_account")
    return _page(access, RefundAccountForm())


@blueprint.post("/pesanan/<code>/rekening")
@public
def name_refund_account(code: str) -> Response | tuple[str, int]:
    access, form = _buyer(code), RefundAccountForm()
    if not form.validate():
        return _page(access, form), 422
    name_account(db.session(), access.inquiry, form.read(), actor=Actor.BUYER, by=access.person, at=now())
    code = access.inquiry.code
    db.session.commit()
    flash(gettext("Rekening tersimpan. Hanya Galeri yang melihatnya."), "good")
    return redirect(url_for("inquiry.thread", code=code), 303)


def _buyer(code: str) -> Access:
    """Raises NotFound for anybody else, DigitsWanted for an unchecked link: whoever names an account gets the money."""
    access = access_to(code)
    if access.side is not Actor.BUYER:
        raise NotFound
    access.must_be_checked("rekening")
    return access


def _page(access: Access, form: RefundAccountForm) -> str:
    amount = to_send_idr(db.session(), order_of(db.session(), access.inquiry))
    return render_template("deal/refund_account.html", inquiry=access.inquiry, form=form, amount_idr=amount)
