"""What a person says about themselves."""

from __future__ import annotations

from flask import flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from werkzeug import Response

from shop.actions import contact as contact_actions
from shop.actions import membership
from shop.actions import profile as act
from shop.actions.registering import ask_to_confirm
from shop.blueprints.account.again import knows_password
from shop.blueprints.account.door import blueprint
from shop.blueprints.limits import count
from shop.domain.errors import NotFound, WrongInput
from shop.domain.limits import MAIL_TO_PERSON
from shop.extensions import db, now, the_shop
from shop.forms.account import ChangeEmailForm, ChangePhoneForm, ProfileForm
from shop.models import Member
from shop.queries.people import memberships
from shop.web.access import signed_in
from shop.web.errors import sentence_of
from shop.web.login import the_person
from shop.web.phones import phone_words

Answer = str | Response | tuple[str, int]


@blueprint.route("/akun/profil", methods=["GET", "POST"])
@signed_in
def profile() -> Answer:
    person = the_person()
    form = ProfileForm(obj=person)
    if form.validate_on_submit():
        shortcuts = form.shortcuts_on.data if person.is_curator else person.shortcuts_on
        act.change_profile(
            db.session(),
            person,
            name=form.name.data,
            language=form.language.data,
            shortcuts_on=shortcuts,
            at=now(),
        )
        db.session.commit()
        flash(_("Profil tersimpan."))
        return redirect(url_for("account.profile"))
    page = render_template(
        "account/profile.html", form=form, person=person, groups=memberships(db.session(), person)
    )
    return (page, 422) if form.is_submitted() else page


@blueprint.route("/akun/email", methods=["GET", "POST"])
@signed_in
def change_email() -> Answer:
    form = ChangeEmailForm()
    if form.validate_on_submit() and knows_password(form.password):
        person = the_person()
        count(MAIL_TO_PERSON, str(person.id))
        contact_actions.ask_for_new_email(
            db.session(), the_shop().links, person, str(form.email.value), at=now()
        )
        db.session.commit()
        the_shop().wake("notices")
        flash(
            _(
                "Kami mengirim tautan ke %(email)s. Alamat itu berlaku setelah tautannya dibuka.",
                email=form.email.value,
            )
        )
        return redirect(url_for("account.profile"))
    page = render_template("account/change_email.html", form=form, person=the_person())
    return (page, 422) if form.is_submitted() else page


@blueprint.post("/akun/email/kirim-ulang")
@signed_in
def confirm_again() -> Answer:
    """Another letter with the link that confirms the address."""
    person = the_person()
    if person.email and person.email_confirmed_at is None:
        count(MAIL_TO_PERSON, str(person.id))
        ask_to_confirm(db.session(), the_shop().links, person, at=now())
        db.session.commit()
        the_shop().wake("notices")
        flash(_("Kami mengirim tautan ke %(email)s.", email=person.email))
    return redirect(url_for("account.profile"))


@blueprint.route("/akun/whatsapp", methods=["GET", "POST"])
@signed_in
def change_phone() -> Answer:
    form = ChangePhoneForm(phone=phone_words(the_person().phone))
    if form.validate_on_submit() and knows_password(form.password) and _phone_taken_over(form):
        flash(_("Nomor WhatsApp tersimpan."))
        return redirect(url_for("account.profile"))
    page = render_template("account/change_phone.html", form=form, person=the_person())
    return (page, 422) if form.is_submitted() else page


def _phone_taken_over(form: ChangePhoneForm) -> bool:
    try:
        contact_actions.change_phone(db.session(), the_person(), form.phone.value, at=now())
    except WrongInput as refused:
        db.session.rollback()
        form.phone.errors = [sentence_of(refused)]
        return False
    db.session.commit()
    the_shop().wake("notices")
    return True


@blueprint.post("/akun/kelompok/<int:member_id>/pilih")
@signed_in
def choose_group(member_id: int) -> Answer:
    """Which of several groups this browser works for."""
    session["producer_id"] = _own(member_id).producer_id
    return redirect(url_for("studio.home"))


@blueprint.post("/akun/kelompok/<int:member_id>/keluar")
@signed_in
def leave_group(member_id: int) -> Answer:
    member = _own(member_id)
    name = member.producer.name
    membership.leave(db.session(), member, by=the_person(), at=now())
    db.session.commit()
    flash(_("Anda keluar dari %(kelompok)s.", kelompok=name))
    return redirect(url_for("account.profile"))


def _own(member_id: int) -> Member:
    member = db.session.get(Member, member_id)
    if member is None or member.person_id != the_person().id or member.left_at is not None:
        raise NotFound
    return member
