"""Who may see which photo, a producer's photos, and which files belong to a row."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from shop.domain.photo import content, content_of
from shop.models import Base, Listing, Member, Person, Photo, Producer, RevisionPhoto

LIBRARY_PAGE = 48


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


def library(session: Session, producer: Producer, *, page: int) -> list[tuple[Photo, bool]]:
    """One page of the producer's photos, newest first, and whether each is in use."""
    query = select(Photo, in_use()).where(Photo.producer_id == producer.id).order_by(Photo.id.desc())
    found = session.execute(query.limit(LIBRARY_PAGE).offset((page - 1) * LIBRARY_PAGE))
    return [(photo, bool(used)) for photo, used in found]


def in_use() -> ColumnElement[bool]:
    """Whether any row of any table points to the photo, whatever tables are added later."""
    pointing = [
        column
        for table in Base.metadata.tables.values()
        for column in table.columns
        if any(key.target_fullname == "photo.id" for key in column.foreign_keys)
    ]
    return or_(*(exists().where(column == Photo.id) for column in pointing))


def parked(session: Session, *, limit: int = 50) -> list[tuple[Photo, str]]:
    """Producers' photos that could not be rendered, with the producer's name, newest first; `problem` says why."""
    query = select(Photo, Producer.name).join(Producer, Producer.id == Photo.producer_id)
    query = query.where(Photo.state == "parked").order_by(Photo.received_at.desc(), Photo.id.desc())
    return [(photo, name) for photo, name in session.execute(query.limit(limit))]


def without_row(session: Session, keys: Iterable[str]) -> list[str]:
    """Which of the keys no row speaks of."""
    contents = {key: content_of(key) for key in keys}
    hashes = {shown.partition("-")[0] for shown in contents.values() if shown}
    rows = session.execute(select(Photo.sha256, Photo.edit).where(Photo.sha256.in_(hashes)))
    known = {word for sha256, edit in rows for word in (sha256, content(sha256, edit))}
    return [key for key, shown in contents.items() if shown not in known]


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
