"""Inviting colleagues."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug import Response

from shop.actions import people as act
from shop.blueprints.admin.room import blueprint
from shop.blueprints.limits import count
from shop.domain.errors import NotFound
from shop.domain.limits import INVITE
from shop.extensions import db, now, the_shop
from shop.forms.joining import InviteStaffForm
from shop.models import OneTimeLink
from shop.web.access import admin_only
from shop.web.languages import current_language
from shop.web.login import the_person


@blueprint.route("/admin/undang", methods=["GET", "POST"])
@admin_only
def invite() -> str | Response | tuple[str, int]:
    form = InviteStaffForm()
    if not form.validate_on_submit():
        page = render_template("admin/invite.html", form=form)
        return (page, 422) if form.is_submitted() else page
    count(INVITE, str(the_person().id))
    act.invite_staff(
        db.session(),
        the_shop().links,
        email=str(form.email.value),
        role=form.role.data,
        by=the_person(),
        language=current_language(),
        at=now(),
    )
    db.session.commit()
    the_shop().wake("notices")
    flash(_("Undangan dikirim ke %(email)s.", email=form.email.value))
    return redirect(url_for("admin.people"))


@blueprint.post("/admin/undangan/<int:link_id>/tarik")
@admin_only
def take_invitation_back(link_id: int) -> Response:
    link = db.session.get(OneTimeLink, link_id)
    if link is None:
        raise NotFound
    act.take_invitation_back(db.session(), link, by=the_person(), at=now())
    db.session.commit()
    flash(_("Undangan ditarik."))
    return redirect(url_for("admin.people"))
