"""Telling people: rows written in the same commit as the step; the worker or a hand delivers them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from shop.models import Decision, Inquiry, Listing, Notice, Person


def tell(
    session: Session,
    person: Person,
    kind: str,
    *,
    at: datetime,
    due_at: datetime | None = None,
    hand_over_by: Person | None = None,
    facts: dict[str, Any] | None = None,
    listing: Listing | None = None,
    inquiry: Inquiry | None = None,
    decision: Decision | None = None,
) -> Notice:
    """A notice to somebody with an account: by e-mail if they have one, else by WhatsApp through a hand.

    `kind` names the templates emails/<kind>.txt and .html and the WhatsApp text; `facts` fill them (ids, codes,
    words; never secrets). `hand_over_by` is who acted; None leaves the hand-over to the gallery.
    """
    return tell_address(
        session,
        kind,
        email=person.email,
        phone=person.phone,
        language=person.language,
        person=person,
        at=at,
        due_at=due_at,
        hand_over_by=hand_over_by,
        facts=facts,
        listing=listing,
        inquiry=inquiry,
        decision=decision,
    )


def tell_address(
    session: Session,
    kind: str,
    *,
    email: str | None,
    phone: str | None,
    language: str,
    at: datetime,
    person: Person | None = None,
    due_at: datetime | None = None,
    hand_over_by: Person | None = None,
    facts: dict[str, Any] | None = None,
    listing: Listing | None = None,
    inquiry: Inquiry | None = None,
    decision: Decision | None = None,
) -> Notice:
    """The same for a guest, who has only the contact they left."""
    notice = Notice(
        kind=kind,
        channel="email" if email else "whatsapp",
        person_id=person.id if person else None,
        to_email=email or None,
        to_phone=phone,
        language=language,
        facts=facts or {},
        listing_id=listing.id if listing else None,
        inquiry_id=inquiry.id if inquiry else None,
        decision_id=decision.id if decision else None,
        hand_over_by_id=hand_over_by.id if hand_over_by and not email else None,
        created_at=at,
        due_at=due_at or at,
    )
    session.add(notice)
    session.flush()
    return notice
