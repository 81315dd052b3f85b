"""One person: tasks, access, and everything that happened."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug import Response

from shop.actions import people as act
from shop.actions.recovery import make_password_link
from shop.blueprints.admin.room import blueprint
from shop.blueprints.limits import count
from shop.domain.errors import NotAllowed, NotFound
from shop.domain.limits import INVITE
from shop.domain.roles import Actor
from shop.extensions import db, now, the_shop
from shop.forms.joining import WhyForm
from shop.models import Person
from shop.queries.people import memberships, standing_sign_ins
from shop.queries.people_list import EVENTS_PER_PAGE, events_of
from shop.web.access import admin_only
from shop.web.login import the_person
from shop.web.numbers import page_asked

Answer = str | Response | tuple[str, int]


@blueprint.get("/admin/orang/<int:person_id>")
@admin_only
def person(person_id: int) -> str:
    return _page(_person(person_id), WhyForm())


@blueprint.post("/admin/orang/<int:person_id>/tugas/<role>/<answer>")
@admin_only
def set_role(person_id: int, role: str, answer: str) -> Answer:
    if role not in act.ROLES or answer not in ("beri", "cabut"):
        raise NotFound
    step = act.give_role if answer == "beri" else act.take_role
    step(db.session(), _person(person_id), role, by=the_person(), at=now())
    return _done(person_id, _("Tugas tersimpan."))


@blueprint.post("/admin/orang/<int:person_id>/tangguhkan")
@admin_only
def suspend(person_id: int) -> Answer:
    found, form = _person(person_id), WhyForm()
    if not form.validate():
        return _page(found, form), 422
    act.suspend(db.session(), found, why=form.why.data, by=the_person(), at=now())
    return _done(person_id, _("Akun ditangguhkan."))


@blueprint.post("/admin/orang/<int:person_id>/buka")
@admin_only
def resume(person_id: int) -> Answer:
    act.resume(db.session(), _person(person_id), by=the_person(), at=now())
    return _done(person_id, _("Akun dibuka lagi."))


@blueprint.post("/admin/orang/<int:person_id>/kode")
@admin_only
def reset_second_factor(person_id: int) -> Answer:
    act.reset_second_factor(db.session(), _person(person_id), why="", by=the_person(), at=now())
    return _done(person_id, _("Kode kedua diatur ulang. Orangnya memasang yang baru saat masuk."))


@blueprint.post("/admin/orang/<int:person_id>/sandi")
@admin_only
def password_link(person_id: int) -> Answer:
    """A password link to hand over. Not for oneself: that goes by letter."""
    found, me = _person(person_id), the_person()
    if found.id == me.id:
        raise act.NotYourself
    if not found.phone or not found.may_sign_in:
        raise NotAllowed
    count(INVITE, str(me.id))
    link = make_password_link(
        db.session(), the_shop().links, found, by=me, actor=Actor.ADMINISTRATOR, at=now()
    )
    db.session.commit()
    return render_template("admin/hand_over.html", token=link.token, person=found)


def _person(person_id: int) -> Person:
    found = db.session.get(Person, person_id)
    if found is None:
        raise NotFound
    return found


def _page(found: Person, form: WhyForm) -> str:
    page = page_asked()
    events, total = events_of(db.session(), found, page=page)
    return render_template(
        "admin/person.html",
        person=found,
        form=form,
        me=the_person(),
        groups=memberships(db.session(), found),
        sign_ins=len(standing_sign_ins(db.session(), found, at=now())),
        events=events,
        total=total,
        page=page,
        per_page=EVENTS_PER_PAGE,
    )


def _done(person_id: int, sentence: str) -> Answer:
    db.session.commit()
    the_shop().wake("notices")
    flash(sentence)
    return redirect(url_for("admin.person", person_id=person_id))
