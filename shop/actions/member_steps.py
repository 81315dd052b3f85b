"""Steps of members, in the log; what an assistant does is written down as done for the group's chair."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions.events import log
from shop.domain.roles import Actor, MemberRole
from shop.models import Event, Listing, Member, Person, Producer, Revision

ONE_SITTING = timedelta(hours=1)


def log_step(
    session: Session,
    what: str,
    *,
    by: Member,
    at: datetime,
    listing: Listing | None = None,
    revision: Revision | None = None,
    producer: Producer | None = None,
    from_status: str | None = None,
    to_status: str | None = None,
    why: str = "",
    facts: dict[str, Any] | None = None,
) -> Event:
    """One step by a member. The role stands in the facts when it is an assistant's."""
    helping = by.role == MemberRole.ASSISTANT
    return log(
        session,
        what,
        by=by.person,
        actor=Actor.PRODUCER,
        at=at,
        listing=listing,
        revision=revision,
        producer=producer,
        on_behalf_of=_chair(session, by) if helping else None,
        from_status=from_status,
        to_status=to_status,
        why=why,
        facts=(facts or {}) | ({"role": MemberRole.ASSISTANT} if helping else {}),
    )


def log_edit(session: Session, *, by: Member, at: datetime, revision: Revision) -> None:
    """That somebody wrote in a revision: once an hour and person, not once a saved field."""
    newest = session.scalar(
        select(Event).where(Event.listing_id == revision.listing_id).order_by(Event.id.desc()).limit(1)
    )
    same = newest is not None and (newest.what, newest.by_id, newest.revision_id) == (
        "edit",
        by.person_id,
        revision.id,
    )
    if same and newest is not None and at - newest.at < ONE_SITTING:
        return
    log_step(session, "edit", by=by, at=at, listing=revision.listing, revision=revision)


def _chair(session: Session, of: Member) -> Person | None:
    query = (
        select(Person)
        .join(Member, Member.person_id == Person.id)
        .where(
            Member.producer_id == of.producer_id, Member.role == MemberRole.CHAIR, Member.left_at.is_(None)
        )
        .order_by(Member.id)
        .limit(1)
    )
    return session.scalar(query)
