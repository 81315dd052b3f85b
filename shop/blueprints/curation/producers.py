"""Producers who asked to join, and those who are here."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from shop.actions import producers as act
from shop.actions.invitations import invite_producer as invite
from shop.actions.recovery import make_password_link
from shop.blueprints.curation.room import blueprint
from shop.blueprints.limits import count
from shop.domain.errors import NotAllowed, NotFound
from shop.domain.limits import INVITE
from shop.domain.producer import ProducerStatus
from shop.domain.roles import Actor
from shop.extensions import db, now, the_shop
from shop.forms.fields import LONGEST_LINE, clean_line
from shop.forms.joining import InviteForm, WhyForm
from shop.models import Member, Producer
from shop.queries import producers as queries
from shop.queries.reviews import belonged
from shop.web.access import curator_only
from shop.web.face import craft_name
from shop.web.languages import current_language
from shop.web.login import the_person
from shop.web.numbers import page_asked

Answer = str | Response | tuple[str, int]


@blueprint.get("/kurasi/perajin")
@curator_only
def producers() -> str:
    status = request.args.get("keadaan", "")
    status = status if status in set(ProducerStatus) else ProducerStatus.APPLIED.value
    words = clean_line(request.args.get("q", ""))[:LONGEST_LINE]
    page = page_asked()
    rows, total = queries.page_of(db.session(), status, words, page=page)
    return render_template(
        "curation/producers.html",
        rows=rows,
        total=total,
        counts=queries.counts(db.session()),
        status=status,
        words=words,
        page=page,
        per_page=queries.PER_PAGE,
        at=now(),
    )


@blueprint.get("/kurasi/perajin/<int:producer_id>")
@curator_only
def producer(producer_id: int) -> str:
    return _page(_producer(producer_id), WhyForm())


@blueprint.post("/kurasi/perajin/<int:producer_id>/verifikasi")
@curator_only
def verify_producer(producer_id: int) -> Answer:
    act.verify(db.session(), _producer(producer_id), by=the_person(), at=now())
    return _done(producer_id, _("Perajin terverifikasi."))


@blueprint.post("/kurasi/perajin/<int:producer_id>/buka")
@curator_only
def resume_producer(producer_id: int) -> Answer:
    act.resume(db.session(), _producer(producer_id), by=the_person(), at=now())
    return _done(producer_id, _("Perajin tampil lagi."))


@blueprint.post("/kurasi/perajin/<int:producer_id>/tolak")
@curator_only
def reject_producer(producer_id: int) -> Answer:
    found, form = _producer(producer_id), WhyForm()
    if not form.validate():
        return _page(found, form), 422
    act.reject(db.session(), found, why=form.why.data, by=the_person(), at=now())
    return _done(producer_id, _("Pendaftaran ditolak dengan alasan."))


@blueprint.post("/kurasi/perajin/<int:producer_id>/tangguhkan")
@curator_only
def suspend_producer(producer_id: int) -> Answer:
    found, form = _producer(producer_id), WhyForm()
    if not form.validate():
        return _page(found, form), 422
    act.suspend(db.session(), found, why=form.why.data, by=the_person(), at=now())
    return _done(producer_id, _("Perajin ditangguhkan. Karyanya tidak tampil."))


@blueprint.post("/kurasi/perajin/<int:producer_id>/tepercaya/<answer>")
@curator_only
def trust_producer(producer_id: int, answer: str) -> Answer:
    if answer not in ("ya", "tidak"):
        raise NotFound
    act.trust(db.session(), _producer(producer_id), answer == "ya", by=the_person(), at=now())
    return _done(producer_id, _("Tersimpan."))


@blueprint.post("/kurasi/perajin/<int:producer_id>/anggota/<int:member_id>/sandi")
@curator_only
def member_link(producer_id: int, member_id: int) -> Answer:
    """A password link for a member, to be handed over by WhatsApp."""
    member = db.session.get(Member, member_id)
    if member is None or member.producer_id != producer_id or member.left_at is not None:
        raise NotFound
    if not member.person.phone or not member.person.may_sign_in:
        raise NotAllowed
    count(INVITE, str(the_person().id))
    link = make_password_link(
        db.session(), the_shop().links, member.person, by=the_person(), actor=Actor.CURATOR, at=now()
    )
    db.session.commit()
    return render_template(
        "curation/hand_over.html",
        token=link.token,
        phone=member.person.phone,
        why="password",
        who=member.person.name,
        back=url_for("curation.producer", producer_id=producer_id),
    )


@blueprint.route("/kurasi/perajin/undang", methods=["GET", "POST"])
@curator_only
def invite_producer() -> Answer:
    """By letter, or a page with the link to hand over."""
    form = InviteForm()
    if not form.validate_on_submit():
        page = render_template("curation/invite_producer.html", form=form)
        return (page, 422) if form.is_submitted() else page
    count(INVITE, str(the_person().id))
    email, phone = form.value
    link = invite(
        db.session(), the_shop().links, by=the_person(), email=email, language=current_language(), at=now()
    )
    db.session.commit()
    the_shop().wake("notices")
    if email:
        flash(_("Undangan dikirim ke %(email)s.", email=email))
        return redirect(url_for("curation.producers"))
    return render_template(
        "curation/hand_over.html",
        token=link.token,
        phone=phone,
        why="producer",
        who="",
        back=url_for("curation.producers"),
    )


def _producer(producer_id: int) -> Producer:
    found = db.session.get(Producer, producer_id)
    if found is None:
        raise NotFound
    return found


def _page(found: Producer, form: WhyForm) -> str:
    session = db.session()
    return render_template(
        "curation/producer.html",
        producer=found,
        form=form,
        members=queries.standing_members(session, found),
        past=queries.past_members(session, found),
        works=queries.works_by_status(session, found),
        history=queries.history(session, found),
        own=belonged(session, found.id, the_person().id),
        craft_names=", ".join(craft_name(row.craft) for row in found.crafts),
        district=the_shop().council.district_by_code.get(found.district_code),
    )


def _done(producer_id: int, sentence: str) -> Answer:
    db.session.commit()
    the_shop().wake("notices")
    flash(sentence)
    return redirect(url_for("curation.producer", producer_id=producer_id))
