"""Invitations by link: read as anybody, accepted with an account."""

from __future__ import annotations

from flask import flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from werkzeug import Response

from shop.actions import invitations, people
from shop.actions.one_time_links import LinkGone
from shop.blueprints.account.door import blueprint
from shop.blueprints.account.links import forget_link, gone, opened_link
from shop.extensions import db, now, the_shop
from shop.models import OneTimeLink, Producer
from shop.web.access import public, signed_in
from shop.web.login import current_person, the_person

Answer = str | Response | tuple[str, int]
PURPOSES = ("join_producer", "invite_staff")


@blueprint.get("/undangan")
@public
def invitation() -> Answer:
    """What one is invited to. Registers and signs in on the way, and comes back."""
    try:
        link = opened_link(*PURPOSES)
    except LinkGone:
        return gone()
    if link.purpose == "join_producer" and link.producer_id is None:
        return redirect(url_for("account.join"))
    producer = db.session.get(Producer, link.producer_id) if link.producer_id else None
    person = current_person()
    return render_template(
        "account/invitation.html",
        producer=producer,
        role=link.facts.get("role", ""),
        person=person,
        fits=person is None or link.purpose != "invite_staff" or person.email == link.facts["email"],
        email=link.facts.get("email", ""),
        here=url_for("account.invitation"),
    )


@blueprint.post("/undangan")
@signed_in
def accept() -> Answer:
    try:
        link = opened_link(*PURPOSES)
        if link.purpose == "invite_staff":
            return _as_staff(link)
        return _as_member(link)
    except LinkGone:
        db.session.rollback()
        return gone()


def _as_member(link: OneTimeLink) -> Answer:
    if link.producer_id is None:
        return redirect(url_for("account.join"))
    member = invitations.accept_membership(db.session(), link, by=the_person(), at=now())
    producer_id, name = member.producer_id, member.producer.name
    db.session.commit()
    forget_link()
    session["producer_id"] = producer_id
    flash(_("Anda bergabung dengan %(kelompok)s.", kelompok=name))
    return redirect(url_for("studio.home"))


def _as_staff(link: OneTimeLink) -> Answer:
    role = link.facts["role"]
    people.accept_staff(db.session(), link, by=the_person(), at=now())
    db.session.commit()
    the_shop().wake("notices")
    forget_link()
    flash(_("Selamat bertugas."))
    return redirect(url_for("curation.queue" if role == "curator" else "admin.people"))
