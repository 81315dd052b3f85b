"""A producer asks to join, or mends what was rejected."""

from __future__ import annotations

from flask import flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from werkzeug import Response

from shop.actions import producers as act
from shop.actions.one_time_links import LinkGone, use_link
from shop.blueprints.account.door import blueprint
from shop.blueprints.account.links import forget_link, opened_link
from shop.blueprints.limits import count
from shop.domain.craft import CRAFT_LABELS, Craft
from shop.domain.limits import JOIN
from shop.domain.producer import ProducerStatus
from shop.domain.roles import MemberRole
from shop.extensions import db, now, the_shop
from shop.forms.joining import BETWEEN, JoinForm
from shop.models import Member, OneTimeLink, Producer
from shop.queries.people import memberships
from shop.web.access import signed_in
from shop.web.login import the_person
from shop.web.phones import phone_words

Answer = str | Response | tuple[str, int]


@blueprint.route("/akun/gabung", methods=["GET", "POST"])
@signed_in
def join() -> Answer:
    """The form; filled with what was sent before when that was rejected."""
    mended = _rejected()
    form = _form(mended.producer if mended else None)
    if form.validate_on_submit():
        count(JOIN, str(the_person().id))
        producer_id, name = _apply(form, mended)
        db.session.commit()
        the_shop().wake("notices")
        session["producer_id"] = producer_id
        flash(_("Pendaftaran %(nama)s terkirim. Kurator memeriksanya.", nama=name))
        return redirect(url_for("studio.home"))
    page = render_template("account/join.html", form=form, mended=mended, invited=_invitation() is not None)
    return (page, 422) if form.is_submitted() else page


def _apply(form: JoinForm, mended: Member | None) -> tuple[int, str]:
    """The producer's id and name."""
    application = _read(form)
    if mended is not None:
        act.apply_again(db.session(), mended, application, at=now())
        return mended.producer_id, application.name
    link = _invitation()
    if link is None:
        producer = act.apply(db.session(), application, by=the_person(), at=now())
    else:
        use_link(db.session(), link, at=now())
        producer = act.apply_invited(db.session(), application, link, by=the_person(), at=now())
        forget_link()
    return producer.id, producer.name


def _read(form: JoinForm) -> act.Application:
    return act.Application(
        name=form.name.data,
        kind=form.kind.data,
        crafts=form.crafts.data,
        district_code=form.district.data,
        village=form.village_name,
        phone=str(form.phone.value),
        story=form.story.data,
    )


def _form(producer: Producer | None) -> JoinForm:
    council = the_shop().council
    before: dict[str, object] = {"phone": phone_words(the_person().phone)}
    if producer is not None:
        before = {
            "name": producer.name,
            "kind": producer.kind,
            "crafts": [row.craft for row in producer.crafts],
            "district": producer.district_code,
            "village": f"{producer.district_code}{BETWEEN}{producer.village}",
            "phone": phone_words(producer.phone),
            "story": producer.story_id,
        }
    return JoinForm(
        data=before,
        crafts=[(craft, _(CRAFT_LABELS[Craft(craft)])) for craft in council.crafts],
        places=[(d.code, d.name, [village.name for village in d.villages]) for d in council.districts],
    )


def _rejected() -> Member | None:
    """The membership through which the person chairs a producer that was rejected."""
    for member in memberships(db.session(), the_person()):
        if member.role == MemberRole.CHAIR and member.producer.status == ProducerStatus.REJECTED:
            return member
    return None


def _invitation() -> OneTimeLink | None:
    """The curator's invitation this browser opened, if it did and if it still stands."""
    try:
        link = opened_link("join_producer")
    except LinkGone:
        return None
    return link if link.producer_id is None else None
