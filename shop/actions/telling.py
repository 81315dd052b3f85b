"""Who is told about a thread, with which words filled in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from shop.actions.notices import tell, tell_address
from shop.domain.roles import Actor
from shop.models import Inquiry, Message, Person
from shop.queries.inquiries import who_answers
from shop.queries.people import has_a_room


def tell_buyer(
    session: Session,
    inquiry: Inquiry,
    kind: str,
    *,
    at: datetime,
    by: Person | None,
    message: Message | None = None,
    facts: dict[str, Any] | None = None,
) -> None:
    """The buyer by the contact they left with the question; without e-mail, by the hand of who acted.

    Who acts by a private link and is signed in nowhere sees no number, and no list where the message would wait:
    then it is the gallery's to hand over.
    """
    buyer = session.get(Person, inquiry.buyer_id) if inquiry.buyer_id else None
    tell_address(
        session,
        kind,
        email=inquiry.buyer_email or (buyer.email if buyer else None),
        phone=inquiry.buyer_phone,
        language=inquiry.language,
        person=buyer,
        at=at,
        hand_over_by=by if by is not None and has_a_room(session, by, at=at) else None,
        facts=_facts(inquiry, message, facts) | {"name": inquiry.buyer_name, "link": "buyer"},
        inquiry=inquiry,
    )


def tell_producer(
    session: Session,
    inquiry: Inquiry,
    kind: str,
    *,
    at: datetime,
    message: Message | None = None,
    facts: dict[str, Any] | None = None,
) -> None:
    """Those who answer for the maker. Their messages go by the gallery's hand: a buyer must never hold their link."""
    words = _facts(inquiry, message, facts) | {"link": "producer"}
    people = who_answers(session, inquiry.producer)
    for person in people:
        tell(session, person, kind, at=at, facts=words, inquiry=inquiry)
    if not people and inquiry.producer.phone:
        tell_address(
            session,
            kind,
            email=None,
            phone=inquiry.producer.phone,
            language="id",
            at=at,
            facts=words | {"name": inquiry.producer.name},
            inquiry=inquiry,
        )


def _facts(inquiry: Inquiry, message: Message | None, more: dict[str, Any] | None) -> dict[str, Any]:
    words = {
        "code": inquiry.code,
        "title": inquiry.items[0].title,
        "producer": inquiry.producer.name,
        "buyer": inquiry.buyer_name,
    }
    return words | ({"who": _who(inquiry, message)} if message else {}) | (more or {})


def _who(inquiry: Inquiry, message: Message) -> str:
    """Who speaks: the buyer's name, the maker's, or nothing for the gallery, which the page names."""
    if message.side == Actor.BUYER:
        return inquiry.buyer_name
    return inquiry.producer.name if message.side == Actor.PRODUCER else ""


def send_link(session: Session, inquiry: Inquiry, *, side: str, at: datetime) -> None:
    """A new link to the contact on file, of one side."""
    if side == "buyer":
        tell_buyer(session, inquiry, "thread_link", at=at, by=None)
    else:
        tell_producer(session, inquiry, "thread_link", at=at)
