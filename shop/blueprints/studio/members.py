"""Who belongs to the group: roles, invitations, links for those without an e-mail."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug import Response

from shop.actions import invitations, membership
from shop.actions.recovery import make_password_link
from shop.blueprints.limits import count
from shop.blueprints.studio.room import blueprint
from shop.domain.errors import NotAllowed, NotFound
from shop.domain.limits import INVITE
from shop.domain.roles import Actor, MemberRole
from shop.extensions import db, now, the_shop
from shop.forms.joining import InviteMemberForm
from shop.models import Member, OneTimeLink
from shop.queries.producers import open_invitations, past_members, standing_members
from shop.web.access import producer_only
from shop.web.languages import current_language
from shop.web.login import the_member, the_person

Answer = str | Response | tuple[str, int]


@blueprint.get("/studio/anggota")
@producer_only
def members() -> str:
    return _page(InviteMemberForm())


@blueprint.post("/studio/anggota/undang")
@producer_only
def invite_member() -> Answer:
    """By letter, or a page with the link to hand over by WhatsApp."""
    form = InviteMemberForm()
    if not form.validate():
        return _page(form), 422
    count(INVITE, str(the_person().id))
    email, phone = form.value
    link = invitations.invite_member(
        db.session(),
        the_shop().links,
        the_member(),
        role=MemberRole(form.role.data),
        email=email,
        language=current_language(),
        at=now(),
    )
    db.session.commit()
    the_shop().wake("notices")
    if email:
        flash(_("Undangan dikirim ke %(email)s.", email=email))
        return redirect(url_for("studio.members"))
    return render_template(
        "studio/hand_over.html",
        token=link.token,
        phone=phone,
        why="invitation",
        who="",
        producer=the_member().producer,
    )


@blueprint.post("/studio/anggota/undangan/<int:link_id>/tarik")
@producer_only
def take_invitation_back(link_id: int) -> Answer:
    link = db.session.get(OneTimeLink, link_id)
    if link is None:
        raise NotFound
    invitations.take_back(db.session(), link, by=the_member(), at=now())
    return _done(_("Undangan ditarik."))


@blueprint.post("/studio/anggota/<int:member_id>/peran/<role>")
@producer_only
def give_role(member_id: int, role: str) -> Answer:
    if role not in set(MemberRole):
        raise NotFound
    member = _of_mine(member_id)
    membership.give_role(db.session(), member, MemberRole(role), by=the_member(), at=now())
    return _done(_("Peran diganti."))


@blueprint.post("/studio/anggota/<int:member_id>/serahkan")
@producer_only
def hand_over(member_id: int) -> Answer:
    membership.hand_over(db.session(), the_member(), _of_mine(member_id), at=now())
    return _done(_("Jabatan ketua diserahkan."))


@blueprint.post("/studio/anggota/<int:member_id>/keluarkan")
@producer_only
def remove_member(member_id: int) -> Answer:
    membership.remove(db.session(), _of_mine(member_id), by=the_member(), at=now())
    return _done(_("Anggota dikeluarkan. Riwayatnya tetap ada."))


@blueprint.post("/studio/anggota/<int:member_id>/sandi")
@producer_only
def member_password(member_id: int) -> Answer:
    """A password link for a member without an e-mail, to be handed over by the chair."""
    chair, member = the_member(), _of_mine(member_id)
    if chair.role != MemberRole.CHAIR:
        raise membership.ChairOnly
    if member.person.email or not member.person.phone or not member.person.may_sign_in:
        raise NotAllowed
    count(INVITE, str(chair.person_id))
    link = make_password_link(
        db.session(), the_shop().links, member.person, by=chair.person, actor=Actor.PRODUCER, at=now()
    )
    db.session.commit()
    who, phone = member.person.name, member.person.phone
    return render_template(
        "studio/hand_over.html",
        token=link.token,
        phone=phone,
        why="password",
        who=who,
        producer=the_member().producer,
    )


def _of_mine(member_id: int) -> Member:
    """A standing member of the group one works for."""
    member = db.session.get(Member, member_id)
    if member is None or member.producer_id != the_member().producer_id or member.left_at is not None:
        raise NotFound
    return member


def _done(sentence: str) -> Answer:
    db.session.commit()
    flash(sentence)
    return redirect(url_for("studio.members"))


def _page(form: InviteMemberForm) -> str:
    me, session = the_member(), db.session()
    producer = me.producer
    return render_template(
        "studio/members.html",
        form=form,
        me=me,
        producer=producer,
        members=standing_members(session, producer),
        past=past_members(session, producer),
        invitations=open_invitations(session, producer, at=now()) if me.role == MemberRole.CHAIR else [],
    )
