"""Inviting people by link: into a producer, as a new producer, as staff."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from shop.actions.events import log
from shop.actions.membership import ChairOnly, join
from shop.actions.notices import tell_address
from shop.actions.one_time_links import LinkGone, make_link, use_link
from shop.domain.errors import NotAllowed, NotFound
from shop.domain.roles import Actor, MemberRole
from shop.domain.tokens import LinkMaker, NewLink
from shop.models import Member, OneTimeLink, Person, Producer
from shop.queries.people import memberships


def invite_member(
    session: Session,
    links: LinkMaker,
    chair: Member,
    *,
    role: MemberRole,
    email: str | None,
    language: str,
    at: datetime,
) -> NewLink:
    """A link into the chair's producer; by letter when there is an address, else to be handed over."""
    if chair.role != MemberRole.CHAIR or chair.left_at is not None:
        raise ChairOnly
    if role is MemberRole.CHAIR:
        raise NotAllowed
    producer = chair.producer
    link = make_link(
        session, links, "join_producer", producer=producer, by=chair.person, at=at, facts={"role": role.value}
    )
    log(
        session,
        "member_invited",
        by=chair.person,
        actor=Actor.PRODUCER,
        producer=producer,
        at=at,
        facts={"role": role.value},
    )
    if email:
        _write(session, "member_invited", email, language, at, {"seed": link.seed, "producer": producer.name})
    return link


def invite_producer(
    session: Session, links: LinkMaker, *, by: Person, email: str | None, language: str, at: datetime
) -> NewLink:
    """A link with which a new producer registers and is verified at once."""
    if not by.is_curator:
        raise NotAllowed
    link = make_link(session, links, "join_producer", by=by, at=at)
    log(session, "producer_invited", by=by, actor=Actor.CURATOR, at=at)
    if email:
        _write(session, "producer_invited", email, language, at, {"seed": link.seed})
    return link


def accept_membership(session: Session, link: OneTimeLink, *, by: Person, at: datetime) -> Member:
    """Joins as what the chair said, if that chair still is one. Raises LinkGone."""
    producer = session.get(Producer, link.producer_id)
    inviter = session.get(Person, link.made_by_id)
    if producer is None or inviter is None or not _still_chair(session, inviter, producer):
        raise LinkGone
    use_link(session, link, at=at)
    return join(session, producer, by, role=MemberRole(link.facts["role"]), by=inviter, at=at)


def take_back(session: Session, link: OneTimeLink, *, by: Member, at: datetime) -> None:
    """An invitation into the chair's producer opens nothing any more. Raises NotFound, ChairOnly."""
    if link.purpose != "join_producer" or link.producer_id != by.producer_id:
        raise NotFound
    if by.role != MemberRole.CHAIR:
        raise ChairOnly
    link.revoked_at = at
    log(session, "invitation_taken_back", by=by.person, actor=Actor.PRODUCER, producer=by.producer, at=at)


def _still_chair(session: Session, person: Person, producer: Producer) -> bool:
    standing = memberships(session, person)
    return any(m.producer_id == producer.id and m.role == MemberRole.CHAIR for m in standing)


def _write(
    session: Session, kind: str, email: str, language: str, at: datetime, facts: dict[str, str]
) -> None:
    tell_address(session, kind, email=email, phone=None, language=language, at=at, facts=facts)
