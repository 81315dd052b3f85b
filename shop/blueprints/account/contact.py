"""Addresses of a person: what the links of letters do, by a button."""

from __future__ import annotations

from flask import flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from werkzeug import Response

from shop.actions import contact as act
from shop.actions.one_time_links import LinkGone
from shop.blueprints.account.door import blueprint
from shop.blueprints.account.links import forget_link, gone, opened_link
from shop.extensions import db, now, the_shop
from shop.models import OneTimeLink
from shop.web.access import public
from shop.web.login import close_browser, current_person

CONFIRMING = ("confirm_email", "change_email")
Answer = str | Response | tuple[str, int]


@blueprint.get("/akun/email/pastikan")
@public
def confirm_email() -> Answer:
    try:
        link = opened_link(*CONFIRMING)
    except LinkGone:
        return gone()
    return render_template("account/confirm_email.html", email=link.facts["email"], mine=_is_mine(link))


@blueprint.post("/akun/email/pastikan")
@public
def take_email() -> Answer:
    """Both are needed, the letter and the account: else somebody could get a stranger to confirm their address into
    an account that is not the stranger's, with all the stranger asked as a guest."""
    try:
        link = opened_link(*CONFIRMING)
        if not _is_mine(link):
            return redirect(url_for("account.confirm_email"))
        act.confirm_email(db.session(), the_shop().links, link, at=now())
    except LinkGone:
        db.session.rollback()
        return gone()
    db.session.commit()
    the_shop().wake("notices")
    forget_link()
    flash(_("Alamat email Anda sudah dipastikan."))
    return redirect(url_for("account.home"))


def _is_mine(link: OneTimeLink) -> bool:
    person = current_person()
    return person is not None and person.id == link.person_id


@blueprint.get("/akun/email/urungkan")
@public
def undo_email() -> Answer:
    try:
        link = opened_link("undo_email")
    except LinkGone:
        return gone()
    return render_template("account/undo_email.html", email=link.facts["email"])


@blueprint.post("/akun/email/urungkan")
@public
def restore_email() -> Answer:
    try:
        fresh = act.undo_email(db.session(), the_shop().links, opened_link("undo_email"), at=now())
    except LinkGone:
        db.session.rollback()
        return gone()
    db.session.commit()
    close_browser()
    session["link"], session["link_for"] = fresh.token, "reset_password"
    flash(_("Alamat lama berlaku lagi dan semua perangkat sudah keluar. Pilih kata sandi baru."))
    return redirect(url_for("account.new_password"))
