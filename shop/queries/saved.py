"""What a buyer keeps: addresses, works."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from shop.models import CatalogueEntry, Listing, Person, SavedAddress, SavedWork
from shop.queries.cards import Card, card, cards

MOST_WORKS = 100


def addresses(session: Session, person: Person) -> Sequence[SavedAddress]:
    """The usual one first, then the newest."""
    query = select(SavedAddress).where(SavedAddress.person_id == person.id)
    return session.scalars(query.order_by(SavedAddress.usual.desc(), SavedAddress.id.desc())).all()


def address(session: Session, person: Person, address_id: int) -> SavedAddress | None:
    """One of this person's own."""
    return session.scalar(select(SavedAddress).filter_by(id=address_id, person_id=person.id))


def usual_address(session: Session, person: Person) -> dict[str, str]:
    """The fields of the usual address; empty where there is none."""
    found = session.scalar(select(SavedAddress.address).filter_by(person_id=person.id, usual=True))
    return dict(found or {})


def is_saved(session: Session, person: Person, listing_id: int) -> bool:
    return session.get(SavedWork, (person.id, listing_id)) is not None


def works(session: Session, person: Person) -> list[Card]:
    """Saved works that are on show, the newest first."""
    query = cards().join(SavedWork, SavedWork.listing_id == CatalogueEntry.listing_id)
    query = query.where(SavedWork.person_id == person.id)
    rows = session.execute(query.order_by(SavedWork.saved_at.desc(), SavedWork.listing_id).limit(MOST_WORKS))
    return [card(row) for row in rows]


def hidden_works(session: Session, person: Person) -> int:
    """How many saved works are not on show any more."""
    shown = exists().where(CatalogueEntry.listing_id == SavedWork.listing_id)
    query = select(SavedWork.listing_id).where(SavedWork.person_id == person.id, ~shown)
    return len(session.scalars(query).all())


def works_named(session: Session, slugs: Sequence[str]) -> list[Card]:
    """The works on show among these, in this order; for what a browser keeps without an account."""
    found = {
        one.slug: one for one in map(card, session.execute(cards().where(CatalogueEntry.slug.in_(slugs))))
    }
    return [found[slug] for slug in slugs if slug in found]


def listing_named(session: Session, slug: str) -> Listing | None:
    """A work that is on show."""
    query = select(Listing).join(CatalogueEntry, CatalogueEntry.listing_id == Listing.id)
    return session.scalar(query.where(CatalogueEntry.slug == slug))
