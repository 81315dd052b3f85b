"""Holding a work for review: claim, release, sign of life, and giving back what was forgotten.

A hold is no content: it leaves the revision's version alone, so that a curator whose hold lapsed while they read
may still decide, as long as nobody else took the work and nothing in it moved.
"""

from __future__ import annotations

from datetime import datetime
from typing import cast

from sqlalchemy import ColumnElement, CursorResult, Table, and_, or_, select, true, update
from sqlalchemy.orm import Session

from shop.actions.events import log
from shop.actions.reviews import follows, hold, may_curate
from shop.domain.curation import ASSIGNED_LASTS, HeldByAnother
from shop.domain.errors import ChangedMeanwhile
from shop.domain.listing import CLAIM_LASTS, Status, Step, claim_is_stale, next_status
from shop.domain.roles import Actor
from shop.models import Listing, Person, Revision
from shop.queries import reviews

REVISIONS, LISTINGS = cast(Table, Revision.__table__), cast(Table, Listing.__table__)


def claim(session: Session, revision: Revision, *, by: Person, at: datetime) -> None:
    """The work is `by`'s to judge. Raises HeldByAnother while somebody else's hold is alive."""
    hold(session, revision)
    may_curate(session, revision.listing.producer_id, by)
    take(session, revision, by=by, at=at)


def take(session: Session, revision: Revision, *, by: Person, at: datetime) -> None:
    """The same on rows that are held already by somebody who may."""
    if revision.status == Status.IN_REVIEW and revision.claimed_by_id == by.id:
        touch(session, revision, by=by, at=at)
        return
    if revision.status == Status.IN_REVIEW:
        if not claim_is_stale(revision.claim_active_at, at=at):
            raise HeldByAnother(name=_name(session, revision.claimed_by_id))
        _give_back(session, revision, by=None, actor=Actor.SYSTEM, at=at)
    status = next_status(revision.status, Step.CLAIM, by=Actor.CURATOR)
    _write(session, revision, status, by.id, at)
    _log(session, revision, Step.CLAIM, Status.SUBMITTED, by=by, actor=Actor.CURATOR, at=at)


def claim_next(
    session: Session, *, by: Person, at: datetime, after: Revision | None = None
) -> Revision | None:
    """The oldest free work that is not of one's own group, claimed; None where there is none.

    What was given to `by` comes first; what was given to a colleague lately is left to them. With `after`, the next
    one behind it in the queue, then from the front again. Two curators who ask at the same moment get two different
    works.
    """
    own = reviews.own_groups(session, by.id)
    mine = and_(Revision.assigned_to_id == by.id, Revision.status == Status.SUBMITTED)
    behind = [_behind(after)] if after is not None and after.submitted_at else []
    for place in [*(and_(mine, here) for here in behind), mine, *behind, true()]:
        revision = _first_free(session, own, and_(place, _left_to_me(by, at)), at, not_this=after)
        if revision is not None:
            claim(session, revision, by=by, at=at)
            return revision
    return None


def _first_free(
    session: Session,
    own: list[int],
    place: ColumnElement[bool],
    at: datetime,
    *,
    not_this: Revision | None,
) -> Revision | None:
    stale = and_(Revision.status == Status.IN_REVIEW, Revision.claim_active_at <= at - CLAIM_LASTS)
    query = (
        select(Revision)
        .join(Listing, Listing.id == Revision.listing_id)
        .where(
            or_(Revision.status == Status.SUBMITTED, stale),
            Revision.closed_at.is_(None),
            Listing.producer_id.not_in(own),
            Revision.id != (not_this.id if not_this else 0),
            place,
        )
        .order_by(Revision.submitted_at, Revision.id)
        .limit(1)
        .with_for_update(of=Listing, skip_locked=True)
    )
    return session.scalar(query)


def _left_to_me(by: Person, at: datetime) -> ColumnElement[bool]:
    """The same as `is_meant_for_another` said in SQL, turned round."""
    return or_(
        Revision.assigned_to_id.is_(None),
        Revision.assigned_to_id == by.id,
        Revision.assigned_at <= at - ASSIGNED_LASTS,
    )


def _behind(revision: Revision) -> ColumnElement[bool]:
    return or_(
        Revision.submitted_at > revision.submitted_at,
        and_(Revision.submitted_at == revision.submitted_at, Revision.id > revision.id),
    )


def release(session: Session, revision: Revision, *, by: Person, at: datetime) -> None:
    """The work goes back to the queue. Raises ChangedMeanwhile for who does not hold it."""
    hold(session, revision)
    if revision.status != Status.IN_REVIEW or revision.claimed_by_id != by.id:
        raise ChangedMeanwhile
    _give_back(session, revision, by=by, actor=Actor.CURATOR, at=at)


def touch(session: Session, revision: Revision, *, by: Person, at: datetime) -> bool:
    """A sign of life of the holder; whether they hold it still."""
    alive = session.execute(
        update(REVISIONS)
        .where(REVISIONS.c.id == revision.id, REVISIONS.c.claimed_by_id == by.id)
        .values(claim_active_at=at)
    )
    session.refresh(revision, ["claim_active_at"])
    return bool(cast(CursorResult[object], alive).rowcount)


def return_stale(session: Session, *, at: datetime) -> int:
    """Give back every hold without activity for thirty minutes; how many there were."""
    query = (
        select(Revision)
        .join(Listing, Listing.id == Revision.listing_id)
        .where(Revision.status == Status.IN_REVIEW, Revision.claim_active_at <= at - CLAIM_LASTS)
        .order_by(Listing.id)
        .with_for_update(of=Listing, skip_locked=True)
    )
    returned = 0
    for revision in session.scalars(query).all():
        hold(session, revision)
        if revision.status == Status.IN_REVIEW and claim_is_stale(revision.claim_active_at, at=at):
            _give_back(session, revision, by=None, actor=Actor.SYSTEM, at=at)
            returned += 1
    return returned


def _give_back(
    session: Session, revision: Revision, *, by: Person | None, actor: Actor, at: datetime
) -> None:
    status = next_status(revision.status, Step.RELEASE, by=Actor.CURATOR)
    _write(session, revision, status, None, None)
    _log(session, revision, Step.RELEASE, Status.IN_REVIEW, by=by, actor=actor, at=at)


def _write(
    session: Session, revision: Revision, status: Status, holder: int | None, active_at: datetime | None
) -> None:
    session.execute(
        update(REVISIONS)
        .where(REVISIONS.c.id == revision.id)
        .values(status=status.value, claimed_by_id=holder, claim_active_at=active_at)
    )
    if follows(revision.listing):
        session.execute(
            update(LISTINGS).where(LISTINGS.c.id == revision.listing_id).values(status=status.value)
        )
        session.refresh(revision.listing, ["status"])
    session.refresh(revision, ["status", "claimed_by_id", "claim_active_at"])


def _log(
    session: Session,
    revision: Revision,
    step: Step,
    start: Status,
    *,
    by: Person | None,
    actor: Actor,
    at: datetime,
) -> None:
    log(
        session, step, by=by, actor=actor, at=at, listing=revision.listing, revision=revision,
        from_status=start, to_status=revision.status,
    )  # fmt: skip


def _name(session: Session, person_id: int | None) -> str:
    person = session.get(Person, person_id) if person_id else None
    return person.name if person else ""
