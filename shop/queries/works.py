"""A producer's own works: one of them with all its parts, the list by state, what was decided, what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from shop.domain.listing import Availability, Status
from shop.models import (
    Appeal,
    Decision,
    Event,
    Listing,
    Member,
    Person,
    Photo,
    Revision,
    RevisionPhoto,
)

PAGE = 24
LONGEST_HISTORY = 50
CLOSED = (Status.PUBLISHED, Status.REJECTED)
SPEAKS = (
    "request_changes",
    "reject",
    "confirm_rejection",
    "uphold",
    "take_down",
    "revert",
)


def own(session: Session, member: Member, listing_id: int) -> Listing | None:
    """The member's producer's work with its revisions and photos; None for anybody else's."""
    query = (
        select(Listing)
        .where(Listing.id == listing_id, Listing.producer_id == member.producer_id)
        .options(
            joinedload(Listing.producer),
            selectinload(Listing.revisions).selectinload(Revision.photos).joinedload(RevisionPhoto.photo),
        )
    )
    return session.scalar(query)


_open = aliased(Revision)


def _open_is(*statuses: Status) -> ColumnElement[bool]:
    """The work has an open revision in one of these states."""
    return exists().where(
        _open.listing_id == Listing.id, _open.status.in_(statuses), _open.closed_at.is_(None)
    )


_SOLD = and_(
    Listing.status == Status.PUBLISHED,
    Listing.stock == 0,
    Listing.availability != Availability.MADE_TO_ORDER,
)
_WAITING = (Status.SUBMITTED, Status.IN_REVIEW, Status.REJECTION_PROPOSED, Status.APPEALED)
#: The lists a producer looks at, by the word in the address. A live work whose revision waits stands in two.
STANDS: dict[str, ColumnElement[bool]] = {
    "tayang": and_(Listing.status == Status.PUBLISHED, ~_SOLD),
    "menunggu": or_(
        Listing.status.in_(_WAITING), and_(Listing.status != Status.ARCHIVED, _open_is(*_WAITING))
    ),
    "perbaikan": or_(
        Listing.status == Status.CHANGES_REQUESTED,
        and_(Listing.status != Status.ARCHIVED, _open_is(Status.CHANGES_REQUESTED)),
    ),
    "draf": Listing.status == Status.DRAFT,
    "terjual": _SOLD,
    "sembunyi": Listing.status.in_((Status.HIDDEN_BY_PRODUCER, Status.HIDDEN_BY_CURATOR)),
    "tolak": Listing.status == Status.REJECTED,
    "arsip": Listing.status == Status.ARCHIVED,
}


def tally(session: Session, producer_id: int) -> dict[str, int]:
    """How many works stand in each list, by its word; `semua` counts all but the archived."""
    sums = [func.sum(case((condition, 1), else_=0)).label(word) for word, condition in STANDS.items()]
    row = session.execute(
        select(func.count().label("all"), *sums).where(Listing.producer_id == producer_id)
    ).one()
    counts = {word: int(getattr(row, word) or 0) for word in STANDS}
    return counts | {"semua": int(row.all) - counts["arsip"]}


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A work in the producer's list. `open_status` is where its revision stands when that differs."""

    id: int
    title: str
    status: str
    open_status: str | None
    availability: str
    stock: int
    price_kind: str
    price_idr: int | None
    changed_at: datetime
    photo: Photo | None

    @property
    def sold(self) -> bool:
        """Shown, but nothing of it is left."""
        made = self.availability == Availability.MADE_TO_ORDER
        return self.status == Status.PUBLISHED and self.stock == 0 and not made


def works(session: Session, producer_id: int, word: str, *, page: int) -> list[WorkRow]:
    """One page of a list, last changed first. Two queries, however many works."""
    condition = STANDS.get(word, Listing.status != Status.ARCHIVED)
    rows = session.execute(
        _rows()
        .where(Listing.producer_id == producer_id, condition)
        .order_by(Listing.changed_at.desc(), Listing.id.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()
    photos = _photos(session, [row.photo_id for row in rows if row.photo_id])
    return [
        WorkRow(
            id=row.id,
            title=row.title_id,
            status=row.status,
            open_status=row.shown_status if row.shown_status not in CLOSED else None,
            availability=row.availability,
            stock=row.stock,
            price_kind=row.price_kind,
            price_idr=row.price_idr,
            changed_at=row.changed_at,
            photo=photos.get(row.photo_id),
        )
        for row in rows
    ]


def _rows() -> Select[*tuple[Any, ...]]:
    """The list's columns, with the revision its producer sees: the open one, else the live one, else the last."""
    some = aliased(Revision)
    still_open = and_(some.status.not_in(CLOSED), some.closed_at.is_(None))
    open_id = select(some.id).where(some.listing_id == Listing.id, still_open).scalar_subquery()
    last_id = select(func.max(some.id)).where(some.listing_id == Listing.id).scalar_subquery()
    any_photo = aliased(RevisionPhoto)
    main_photo = (
        select(any_photo.photo_id)
        .where(any_photo.revision_id == Revision.id)
        .order_by(any_photo.position, any_photo.id)
        .limit(1)
        .correlate(Revision)
        .scalar_subquery()
    )
    return select(
        Listing.id,
        Listing.status,
        Listing.availability,
        Listing.price_kind,
        Listing.stock,
        Revision.title_id,
        Listing.price_idr,
        Listing.changed_at,
        Revision.status.label("shown_status"),
        Revision.price_kind.label("shown_price_kind"),
        main_photo.label("photo_id"),
    ).join(Revision, Revision.id == func.coalesce(open_id, Listing.live_revision_id, last_id))


def _photos(session: Session, ids: Sequence[int]) -> dict[int, Photo]:
    if not ids:
        return {}
    return {photo.id: photo for photo in session.scalars(select(Photo).where(Photo.id.in_(ids)))}


def last_words(session: Session, revision: Revision) -> Sequence[Decision]:
    """What curators told its producer about this revision, newest first, without what was taken back.

    A proposed rejection is not among it: nobody is told before the second curator has spoken.
    """
    query = (
        select(Decision)
        .where(Decision.revision_id == revision.id, Decision.undone_at.is_(None), Decision.kind.in_(SPEAKS))
        .order_by(Decision.id.desc())
        .limit(3)
    )
    return session.scalars(query).all()


def appeal_of(session: Session, listing: Listing) -> Appeal | None:
    return session.scalar(select(Appeal).where(Appeal.listing_id == listing.id))


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a work's history. `who` is None for curators and for the shop itself."""

    at: datetime
    what: str
    to_status: str | None
    actor: str
    who: str | None
    helping: bool


def history(session: Session, listing: Listing) -> list[Happening]:
    """What happened to a work, newest first; what curators keep to themselves is left out."""
    query = (
        select(Event, Person.name, Member.id)
        .outerjoin(Person, Person.id == Event.by_id)
        .outerjoin(Member, and_(Member.person_id == Event.by_id, Member.producer_id == listing.producer_id))
        .where(Event.listing_id == listing.id, Event.inquiry_id.is_(None), Event.what.in_(TOLD))
        .order_by(Event.id.desc())
        .limit(LONGEST_HISTORY)
    )
    told: dict[int, Happening] = {}
    for event, name, member_id in session.execute(query):
        told[event.id] = Happening(
            at=event.at,
            what=event.what,
            to_status=event.to_status,
            actor=event.actor,
            who=name if member_id else None,
            helping="role" in event.facts,
        )
    return list(told.values())


TOLD = (
    "start", "edit", "submit", "withdraw", "claim", "release", "approve", "request_changes", "reject",
    "confirm_rejection", "appeal", "uphold", "grant", "hide", "unhide",
    "take_down", "restore", "archive", "restore_as_draft", "publish_first", "acknowledge", "revert", "discard",
    "change_now", "describe_photo", "undo",
)  # fmt: skip
