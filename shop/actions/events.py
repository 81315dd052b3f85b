"""The append-only log: every action writes its step here, in its own transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from shop.domain.roles import Actor
from shop.models import Event, Inquiry, Listing, Person, Producer, Revision


def log(
    session: Session,
    what: str,
    *,
    by: Person | None,
    actor: Actor,
    at: datetime,
    listing: Listing | None = None,
    revision: Revision | None = None,
    producer: Producer | None = None,
    inquiry: Inquiry | None = None,
    person: Person | None = None,
    on_behalf_of: Person | None = None,
    from_status: str | None = None,
    to_status: str | None = None,
    why: str = "",
    facts: dict[str, Any] | None = None,
) -> Event:
    """One step, flushed. Things named must have their ids, so flush new ones before."""
    event = Event(
        what=what,
        by_id=by.id if by else None,
        actor=actor.value,
        at=at,
        listing_id=listing.id if listing else None,
        revision_id=revision.id if revision else None,
        producer_id=_producer_id(producer, listing, inquiry),
        inquiry_id=inquiry.id if inquiry else None,
        person_id=person.id if person else None,
        for_id=on_behalf_of.id if on_behalf_of else None,
        from_status=from_status,
        to_status=to_status,
        why=why,
        facts=facts or {},
    )
    session.add(event)
    session.flush()
    return event


def _producer_id(producer: Producer | None, listing: Listing | None, inquiry: Inquiry | None) -> int | None:
    """A step on a work or a thread stands in its producer's history too."""
    if producer is not None:
        return producer.id
    owner = listing or inquiry
    return owner.producer_id if owner else None
