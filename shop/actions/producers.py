"""The life of a producer: asks to join, is verified or rejected, suspended and resumed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slugify import slugify
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions.catalogue import refresh_producer
from shop.actions.events import log
from shop.actions.locking import hold_row
from shop.actions.membership import join
from shop.actions.notices import tell
from shop.actions.profile import agree
from shop.actions.tasks import close_task, open_task
from shop.domain.consent import Purpose
from shop.domain.curation import OwnGroup
from shop.domain.deal import ENDED
from shop.domain.errors import NotAllowed, NotFound
from shop.domain.producer import producer_step
from shop.domain.roles import Actor, MemberRole
from shop.models import Inquiry, Member, OneTimeLink, Order, Person, Producer, ProducerCraft
from shop.queries.producers import standing_members
from shop.queries.reviews import belonged

LONGEST_SLUG = 60
SUSPENDED = "maker_suspended"


@dataclass(frozen=True)
class Application:
    """What a producer says when asking to join."""

    name: str
    kind: str
    crafts: Sequence[str]
    district_code: str
    village: str
    phone: str
    story: str


def apply(session: Session, application: Application, *, by: Person, at: datetime) -> Producer:
    """A producer that waits for a curator, with the person as its chair; told that it has arrived."""
    producer = Producer(
        slug=_free_slug(session, application.name), status="applied", applied_at=at, **_facts(application)
    )
    producer.crafts = [ProducerCraft(craft=craft) for craft in application.crafts]
    session.add(producer)
    session.flush()
    log(session, "apply", by=by, actor=Actor.PRODUCER, producer=producer, at=at, to_status="applied")
    join(session, producer, by, role=MemberRole.CHAIR, by=by, at=at)
    agree(session, by, Purpose.PROFILE, at=at)
    tell(session, by, "producer_applied", at=at, facts={"producer": producer.name})
    return producer


def apply_invited(
    session: Session, application: Application, link: OneTimeLink, *, by: Person, at: datetime
) -> Producer:
    """The same, by a curator's invitation: that curator has looked already, so it is verified at once."""
    producer = apply(session, application, by=by, at=at)
    inviter = session.get(Person, link.made_by_id) if link.made_by_id else None
    if inviter is not None and inviter.is_curator and inviter.may_sign_in and inviter.id != by.id:
        verify(session, producer, by=inviter, at=at)
    return producer


def apply_again(session: Session, member: Member, application: Application, *, at: datetime) -> None:
    """A rejected producer, mended by its chair. The slug stays. Raises NotAllowed, WrongState."""
    if member.role != MemberRole.CHAIR:
        raise NotAllowed
    producer = _locked(session, member.producer_id)
    for name, value in _facts(application).items():
        setattr(producer, name, value)
    producer.crafts = [ProducerCraft(craft=craft) for craft in application.crafts]
    _step(session, producer, "apply_again", by=member.person, actor=Actor.PRODUCER, at=at, applied_at=at)
    tell(session, member.person, "producer_applied", at=at, facts={"producer": producer.name})


def verify(session: Session, producer: Producer, *, by: Person, at: datetime) -> None:
    """From now on it is shown and may submit. Raises OwnGroup, WrongState."""
    _decide(session, producer, "verify", by=by, at=at, verified_at=at, decision_reason="")
    _after(session, producer, "producer_verified", by=by, at=at)


def reject(session: Session, producer: Producer, *, why: str, by: Person, at: datetime) -> None:
    """Not yet; the reason goes to the chair, who can mend it. Raises OwnGroup, WrongState."""
    _decide(session, producer, "reject", by=by, at=at, why=why, decision_reason=why)
    _after(session, producer, "producer_rejected", by=by, at=at, why=why)


def suspend(session: Session, producer: Producer, *, why: str, by: Person, at: datetime) -> None:
    """A filter: nothing of it is shown, nothing new can be asked; its listings stay as they are.

    What buyers have ordered becomes work for curators, order by order.
    """
    _decide(session, producer, "suspend", by=by, at=at, why=why, suspended_at=at, decision_reason=why)
    for order in _running_orders(session, producer):
        open_task(session, SUSPENDED, f"order:{order.id}", inquiry=order.inquiry, at=at)
    _after(session, producer, "producer_suspended", by=by, at=at, why=why)


def resume(session: Session, producer: Producer, *, by: Person, at: datetime) -> None:
    """Shown again as before. Raises OwnGroup, WrongState."""
    _decide(session, producer, "resume", by=by, at=at, suspended_at=None, decision_reason="")
    for order in _running_orders(session, producer):
        close_task(session, SUSPENDED, f"order:{order.id}", by=by, outcome="resumed", at=at)
    _after(session, producer, "producer_resumed", by=by, at=at)


def _running_orders(session: Session, producer: Producer) -> Sequence[Order]:
    """Orders that somebody still waits for, oldest first."""
    running = (
        select(Order)
        .join(Order.inquiry)
        .where(Inquiry.producer_id == producer.id, Inquiry.status.not_in([status.value for status in ENDED]))
    )
    return session.scalars(running.order_by(Order.id)).all()


def trust(session: Session, producer: Producer, trusted: bool, *, by: Person, at: datetime) -> None:
    """Whether its works are shown before a curator has seen them. Raises OwnGroup."""
    _refuse_own(session, producer, by)
    if producer.trusted == trusted:
        return
    producer.trusted = trusted
    what = "trust" if trusted else "distrust"
    log(session, what, by=by, actor=Actor.CURATOR, producer=producer, at=at)


def _decide(
    session: Session,
    producer: Producer,
    step: str,
    *,
    by: Person,
    at: datetime,
    why: str = "",
    **changes: datetime | str | None,
) -> None:
    """Whoever comes second finds the state as the first left it."""
    hold_row(session, producer)
    _refuse_own(session, producer, by)
    _step(session, producer, step, by=by, actor=Actor.CURATOR, at=at, why=why, decided_by_id=by.id, **changes)


def _refuse_own(session: Session, producer: Producer, by: Person) -> None:
    if not by.is_curator:
        raise NotAllowed
    if belonged(session, producer.id, by.id):
        raise OwnGroup


def _step(
    session: Session,
    producer: Producer,
    step: str,
    *,
    by: Person,
    actor: Actor,
    at: datetime,
    why: str = "",
    **changes: datetime | str | int | None,
) -> None:
    before, after = producer.status, producer_step(producer.status, step, by=actor).value
    for name, value in (changes | {"status": after}).items():
        setattr(producer, name, value)
    log(
        session,
        step,
        by=by,
        actor=actor,
        producer=producer,
        at=at,
        from_status=before,
        to_status=after,
        why=why,
    )


def _after(
    session: Session, producer: Producer, kind: str, *, by: Person, at: datetime, why: str = ""
) -> None:
    """What buyers see follows, and the members hear of it: the chairs where only they can act."""
    session.flush()
    refresh_producer(session, producer)
    facts = {"producer": producer.name} | ({"why": why} if why else {})
    for member in standing_members(session, producer):
        if member.role == MemberRole.CHAIR or kind in ("producer_verified", "producer_suspended"):
            tell(session, member.person, kind, at=at, hand_over_by=by, facts=facts)


def _locked(session: Session, producer_id: int) -> Producer:
    producer = session.scalar(
        select(Producer)
        .where(Producer.id == producer_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if producer is None:
        raise NotFound
    return producer


def _facts(application: Application) -> dict[str, str]:
    return {
        "name": application.name,
        "kind": application.kind,
        "district_code": application.district_code,
        "village": application.village,
        "phone": application.phone,
        "story_id": application.story,
    }


def _free_slug(session: Session, name: str) -> str:
    """`kelompok-tenun-kmanek`, with a number when others have the name; the address stays for good."""
    base = slugify(name, max_length=LONGEST_SLUG) or "perajin"
    taken = set(session.scalars(select(Producer.slug).where(Producer.slug.startswith(base, autoescape=True))))
    number = 2
    slug = base
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
