"""Who may see which photo, a producer's photos, and which files belong to a row."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from shop.domain.photo import content_of
from shop.models import Listing, Member, Person, Photo, Producer, RevisionPhoto


def named(session: Session, name: str) -> Photo | None:
    """A producer's photo by its public name; photos of threads have no public address."""
    return session.scalar(select(Photo).where(Photo.name == name, Photo.producer_id.is_not(None)))


def is_public(session: Session, name: str) -> bool:
    """Whether anybody may see it: it stands in the live revision of a published work, or is the portrait of a
    producer, and that producer is verified.
    """
    return bool(session.scalar(select(exists().where(Photo.name == name, _public()))))


def may_see(session: Session, photo: Photo, person: Person | None, *, as_curator: bool) -> bool:
    """Whether this person may see a photo that is not public: standing members of its producer, and curators."""
    if person is None or photo.producer_id is None:
        return False
    return as_curator or bool(
        session.scalar(
            select(
                exists().where(
                    Member.producer_id == photo.producer_id,
                    Member.person_id == person.id,
                    Member.left_at.is_(None),
                )
            )
        )
    )


def library(
    session: Session, producer: Producer, *, limit: int = 60, before: int | None = None
) -> list[Photo]:
    """The producer's photos, newest first; `before` is the id of the last one seen."""
    query = select(Photo).where(Photo.producer_id == producer.id).order_by(Photo.id.desc()).limit(limit)
    return list(session.scalars(query.where(Photo.id < before) if before else query))


def of_producer(session: Session, producer: Producer, photo_id: int) -> Photo | None:
    """One of the producer's own photos, or None as if it were not there."""
    return session.scalar(select(Photo).where(Photo.id == photo_id, Photo.producer_id == producer.id))


def parked(session: Session, *, limit: int = 50) -> list[tuple[Photo, str]]:
    """Producers' photos that could not be rendered, with the producer's name, newest first; `problem` says why."""
    query = select(Photo, Producer.name).join(Producer, Producer.id == Photo.producer_id)
    query = query.where(Photo.state == "parked").order_by(Photo.received_at.desc(), Photo.id.desc())
    return [(photo, name) for photo, name in session.execute(query.limit(limit))]


def without_row(session: Session, keys: Iterable[str]) -> list[str]:
    """Which of the keys no row speaks of."""
    contents = {key: content_of(key) for key in keys}
    known = set(
        session.scalars(select(Photo.sha256).where(Photo.sha256.in_(filter(None, contents.values()))))
    )
    return [key for key, content in contents.items() if content not in known]


def _public() -> ColumnElement[bool]:
    stands_in_a_live_work = exists().where(
        RevisionPhoto.photo_id == Photo.id,
        Listing.live_revision_id == RevisionPhoto.revision_id,
        Listing.status == "published",
        Producer.id == Listing.producer_id,
        Producer.status == "verified",
    )
    is_a_portrait = exists().where(and_(Producer.photo_id == Photo.id, Producer.status == "verified"))
    return or_(stands_in_a_live_work, is_a_portrait)
