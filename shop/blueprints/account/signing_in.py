"""In and out."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug import Response

from shop import database
from shop.actions import signing_in as act
from shop.actions.limits import forgive
from shop.blueprints.account.door import blueprint
from shop.blueprints.limits import count, count_address
from shop.domain.limits import SIGN_IN, SIGN_IN_ADDRESS
from shop.domain.tokens import new_token
from shop.extensions import db, now
from shop.forms.account import SignInForm
from shop.models import Person
from shop.queries import people
from shop.web.access import public, safe_next
from shop.web.browsers import browser_words
from shop.web.login import close_browser, current_person, current_visitor, open_browser
from shop.web.passwords import check_password

INVITATIONS = ("join_producer", "invite_staff")
KEPT = (*INVITATIONS, "confirm_email", "change_email")  # links that go on after signing in
Answer = str | Response | tuple[str, int]


@blueprint.route("/masuk", methods=["GET", "POST"])
@public
def sign_in() -> Answer:
    target = safe_next(request.values.get("next"), otherwise="")
    form = SignInForm()
    if request.method != "POST":
        person = current_person()
        if person is not None:
            return redirect(target or room_of(person))
        form.identifier.data = session.pop("identifier", "")
    elif form.validate() and (person := _proven(form)):
        _open(person)
        return redirect(target or room_of(person))
    page = render_template("account/sign_in.html", form=form, target=target)
    return page if request.method != "POST" else (page, 422)


def _proven(form: SignInForm) -> Person | None:
    """The person whose password it is. Takes as long and says the same for addresses nobody has."""
    email, phone = form.contact
    whose = email or phone or form.identifier.data.lower()
    count_address(SIGN_IN_ADDRESS)
    count(SIGN_IN, whose)
    db.session.commit()
    with database.reading():
        person = people.by_contact(db.session(), email, phone)
        found = (person.id, person.password_hash) if person else (None, None)
        db.session.rollback()
    right, renewed = check_password(form.password.data, found[1])
    person = db.session.get(Person, found[0]) if right else None
    if person is None or person.password_hash != found[1]:
        form.password.errors = [_("Email, nomor, atau kata sandi tidak cocok. Periksa, lalu coba lagi")]
        return None
    if not person.may_sign_in:
        form.identifier.errors = [_("Akun ini sedang ditutup. Hubungi Galeri bila ini keliru")]
        return None
    person.password_hash = renewed or person.password_hash
    forgive(db.session(), SIGN_IN, whose)
    return person


def _open(person: Person) -> None:
    """A new sign-in for this browser; a link it had opened for an account is kept."""
    token, kept = new_token(), {name: session[name] for name in ("link", "link_for") if name in session}
    row = act.sign_in(
        db.session(), person, token=token, browser=browser_words(request.user_agent.string), at=now()
    )
    db.session.commit()
    open_browser(row, token)
    session.update(kept if kept.get("link_for") in KEPT else {})


def room_of(person: Person) -> str:
    """Where a person goes after signing in: to an invitation they opened, or to their room."""
    if session.get("link_for") in INVITATIONS:
        return url_for("account.invitation")
    if person.is_curator:
        return url_for("curation.queue")
    if person.is_administrator:
        return url_for("admin.people")
    return url_for("studio.home" if people.is_member(db.session(), person) else "account.home")


@blueprint.route("/keluar", methods=["GET", "POST"])
@public
def sign_out() -> Answer:
    visitor = current_visitor()
    if request.method != "POST":
        return render_template("account/sign_out.html")
    if visitor is not None:
        act.sign_out(db.session(), visitor.sign_in, at=now())
        db.session.commit()
    close_browser()
    flash(_("Anda sudah keluar."))
    return redirect(url_for("catalogue.home"))
