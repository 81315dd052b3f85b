"""Who belongs to a producer's business or group."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.actions.events import log
from shop.actions.locking import hold_row
from shop.domain.errors import NotAllowed, NotFound, WrongState
from shop.domain.producer import ProducerStatus
from shop.domain.roles import Actor, MemberRole
from shop.domain.words import N_
from shop.models import Member, Person, Producer


class LastChair(NotAllowed):
    sentence = N_(
        "Serahkan jabatan ketua dulu kepada anggota lain, atau minta Galeri menangguhkan kelompok ini."
    )


class ChairOnly(NotAllowed):
    sentence = N_("Hanya ketua yang dapat melakukan ini.")


def join(
    session: Session, producer: Producer, person: Person, *, role: MemberRole, by: Person, at: datetime
) -> Member:
    """The person's standing membership; one that stands already is given back as it is."""
    standing = _standing(session, producer, person)
    if standing is not None:
        return standing
    member = Member(producer_id=producer.id, person_id=person.id, role=role.value, joined_at=at)
    session.add(member)
    session.flush()
    _log(session, "member_joined", producer, person, by=by, at=at, to_status=role.value)
    return member


def leave(session: Session, member: Member, *, by: Person, at: datetime) -> None:
    """The row stays, so that what was done stays attributable. Raises LastChair."""
    _refuse_last_chair(session, member)
    member.left_at = at
    session.flush()
    _log(session, "member_left", member.producer, member.person, by=by, at=at, from_status=member.role)


def remove(session: Session, member: Member, *, by: Member, at: datetime) -> None:
    """The chair sends somebody out. Raises ChairOnly, NotFound, LastChair."""
    _refuse_strangers(member, by)
    leave(session, member, by=by.person, at=at)


def give_role(session: Session, member: Member, role: MemberRole, *, by: Member, at: datetime) -> None:
    """The chair makes somebody member or assistant, or a chair as well. Raises ChairOnly, NotFound, LastChair."""
    _refuse_strangers(member, by)
    if role.value == member.role:
        return
    _refuse_last_chair(session, member)
    before, member.role = member.role, role.value
    session.flush()
    _log(
        session,
        "member_role",
        member.producer,
        member.person,
        by=by.person,
        at=at,
        from_status=before,
        to_status=role.value,
    )


def hand_over(session: Session, chair: Member, to: Member, *, at: datetime) -> None:
    """The other becomes chair, and who was becomes member. Raises ChairOnly, NotFound, WrongState."""
    _refuse_strangers(to, chair)
    if to.id == chair.id or to.role == MemberRole.CHAIR:
        raise WrongState(step="hand_over")
    give_role(session, to, MemberRole.CHAIR, by=chair, at=at)
    give_role(session, chair, MemberRole.MEMBER, by=chair, at=at)


def _refuse_strangers(member: Member, by: Member) -> None:
    if member.producer_id != by.producer_id or member.left_at is not None or by.left_at is not None:
        raise NotFound
    if by.role != MemberRole.CHAIR:
        raise ChairOnly


def _refuse_last_chair(session: Session, member: Member) -> None:
    """A working group always has somebody who may invite and hand over. Others may be left by their last."""
    producer = session.get_one(Producer, member.producer_id)
    hold_row(session, producer)
    if member.role != MemberRole.CHAIR or producer.status != ProducerStatus.VERIFIED:
        return
    chairs = select(func.count()).where(
        Member.producer_id == producer.id, Member.role == MemberRole.CHAIR.value, Member.left_at.is_(None)
    )
    if (session.scalar(chairs) or 0) < 2:
        raise LastChair


def _standing(session: Session, producer: Producer, person: Person) -> Member | None:
    fits = (Member.producer_id == producer.id, Member.person_id == person.id, Member.left_at.is_(None))
    return session.scalar(select(Member).where(*fits))


def _log(
    session: Session,
    what: str,
    producer: Producer,
    person: Person,
    *,
    by: Person,
    at: datetime,
    from_status: str | None = None,
    to_status: str | None = None,
) -> None:
    log(
        session,
        what,
        by=by,
        actor=Actor.PRODUCER,
        producer=producer,
        person=person,
        at=at,
        from_status=from_status,
        to_status=to_status,
    )
