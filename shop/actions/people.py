"""What administrators do about people: invite staff, give and take tasks, suspend, resume. Nothing without a trace."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions import second_factor
from shop.actions.events import log
from shop.actions.leaving import LastAdministrator
from shop.actions.locking import hold_row
from shop.actions.notices import tell, tell_address
from shop.actions.one_time_links import make_link, revoke_links, use_link
from shop.actions.recovery import PASSWORD_LINKS
from shop.actions.signing_in import end_sign_ins
from shop.domain.errors import NotAllowed, NotFound, WrongState
from shop.domain.roles import Actor
from shop.domain.tokens import LinkMaker, NewLink
from shop.domain.words import N_
from shop.models import OneTimeLink, Person
from shop.queries.people import other_administrators

ROLES = {"curator": "is_curator", "administrator": "is_administrator", "payments": "matches_payments"}


class NotYourself(NotAllowed):
    sentence = N_("Ini tidak dapat Anda lakukan terhadap akun sendiri. Minta pengurus lain.")


class AnotherAddress(NotAllowed):
    sentence = N_("Undangan ini untuk alamat email lain. Masuk dengan akun beralamat itu.")


def invite_staff(
    session: Session, links: LinkMaker, *, email: str, role: str, by: Person, language: str, at: datetime
) -> NewLink:
    """A letter with a link; who opens it with an account of that address becomes curator or administrator."""
    _refuse_others(by)
    link = make_link(session, links, "invite_staff", by=by, at=at, facts={"email": email, "role": role})
    log(session, "staff_invited", by=by, actor=Actor.ADMINISTRATOR, at=at, facts={"role": role})
    facts = {"seed": link.seed, "role": role}
    tell_address(session, "staff_invited", email=email, phone=None, language=language, at=at, facts=facts)
    return link


def accept_staff(session: Session, link: OneTimeLink, *, by: Person, at: datetime) -> None:
    """The address is theirs (the letter came there), and so is the task. Raises AnotherAddress, LinkGone."""
    if by.email != link.facts["email"]:
        raise AnotherAddress
    use_link(session, link, at=at)
    by.email_confirmed_at = by.email_confirmed_at or at
    inviter = session.get_one(Person, link.made_by_id)
    _set_role(session, by, link.facts["role"], True, by=inviter, at=at)


def take_invitation_back(session: Session, link: OneTimeLink, *, by: Person, at: datetime) -> None:
    """It opens nothing any more. Raises NotFound for any other kind of link."""
    _refuse_others(by)
    if link.purpose != "invite_staff":
        raise NotFound
    link.revoked_at = at
    log(session, "invitation_taken_back", by=by, actor=Actor.ADMINISTRATOR, at=at)


def give_role(session: Session, person: Person, role: str, *, by: Person, at: datetime) -> None:
    """Curator, administrator, or the permission to match payments."""
    _refuse_others(by)
    if not person.may_sign_in:
        raise WrongState(step="give_role")
    _set_role(session, person, role, True, by=by, at=at)


def take_role(session: Session, person: Person, role: str, *, by: Person, at: datetime) -> None:
    """Raises NotYourself, LastAdministrator."""
    _refuse_others(by)
    if role == "administrator":
        _refuse_self(person, by)
        _refuse_last(session, person)
    _set_role(session, person, role, False, by=by, at=at)


def suspend(session: Session, person: Person, *, why: str, by: Person, at: datetime) -> None:
    """Nobody signs in as this person, from now on. Raises NotYourself, LastAdministrator, WrongState."""
    _refuse_others(by)
    _refuse_self(person, by)
    _lock(session, person)
    if not person.may_sign_in:
        raise WrongState(step="suspend")
    if person.is_administrator:
        _refuse_last(session, person)
    person.suspended_at = at
    revoke_links(session, person, *PASSWORD_LINKS, at=at)
    log(session, "suspend_person", by=by, actor=Actor.ADMINISTRATOR, person=person, at=at, why=why)
    tell(session, person, "suspended", at=at, hand_over_by=by, facts={"why": why})
    end_sign_ins(session, person, by=by, at=at)


def resume(session: Session, person: Person, *, by: Person, at: datetime) -> None:
    """Raises WrongState for who is not suspended."""
    _refuse_others(by)
    _lock(session, person)
    if person.suspended_at is None or person.deletion_asked_at is not None:
        raise WrongState(step="resume")
    person.suspended_at = None
    log(session, "resume_person", by=by, actor=Actor.ADMINISTRATOR, person=person, at=at)
    tell(session, person, "resumed", at=at, hand_over_by=by)


def reset_second_factor(session: Session, person: Person, *, why: str, by: Person, at: datetime) -> None:
    """For a lost phone; every browser is out, and staff set a new one up at the next sign-in. Raises NotYourself."""
    _refuse_others(by)
    _refuse_self(person, by)
    if person.totp_confirmed_at is None:
        raise WrongState(step="reset_second_factor")
    second_factor.take_away(session, person, by=by, at=at, why=why)
    end_sign_ins(session, person, by=by, at=at)


def _set_role(session: Session, person: Person, role: str, on: bool, *, by: Person, at: datetime) -> None:
    column = ROLES[role]
    if getattr(person, column) == on:
        return
    setattr(person, column, on)
    what = f"{role}_{'given' if on else 'taken'}"
    log(session, what, by=by, actor=Actor.ADMINISTRATOR, person=person, at=at)
    if role != "payments":
        tell(session, person, "staff_role_changed", at=at, hand_over_by=by, facts={"role": role, "on": on})


def _refuse_others(by: Person) -> None:
    if not by.is_administrator:
        raise NotAllowed


def _refuse_self(person: Person, by: Person) -> None:
    if person.id == by.id:
        raise NotYourself


def _refuse_last(session: Session, person: Person) -> None:
    """Administrators are locked in order, so that two cannot take each other away at the same moment."""
    session.execute(select(Person.id).where(Person.is_administrator).order_by(Person.id).with_for_update())
    if not other_administrators(session, person):
        raise LastAdministrator


def _lock(session: Session, person: Person) -> None:
    hold_row(session, person)
