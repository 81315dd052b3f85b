"""Which photo is to be rendered next, and what came of it. The worker commits after each of these.

A photo is `received`, then `rendering` under a lease, then `ready`; or, when it cannot be, `parked` with the
problem. A try that ended with the worker's death counts like any other: the count is kept before the try.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from shop.actions.changes import photo_changed
from shop.actions.events import log
from shop.actions.locking import hold_row
from shop.domain.errors import WrongState
from shop.domain.photo import LEASE, MAX_TRIES, Rendered, next_try
from shop.domain.roles import Actor
from shop.models import Person, Photo, Producer

DIED = "the worker died over it, each time"


def anything_due(session: Session, *, at: datetime) -> bool:
    """Whether a photo waits; reads only."""
    return session.scalar(select(Photo.id).where(_due(at)).limit(1)) is not None


def lease_next(session: Session, *, at: datetime) -> Photo | None:
    """The photo that waits longest, taken for the time of a lease and one more try counted; None if none waits.

    A photo whose tries are used up is parked on the way. Two workers never get the same one.
    """
    query = select(Photo).where(_due(at)).order_by(Photo.due_at, Photo.id).limit(1)
    while photo := session.scalar(query.with_for_update(skip_locked=True)):
        if photo.attempts < MAX_TRIES:
            photo.state, photo.leased_until = "rendering", at + LEASE
            photo.attempts += 1
            session.flush()
            return photo
        _park(photo, DIED)
        session.flush()
    return None


def borrow(session: Session, photo: Photo, *, at: datetime) -> bool:
    """Whether the same content was rendered before, for another row: then the leased photo is ready as well."""
    twins = select(Photo).where(
        Photo.sha256 == photo.sha256,
        Photo.edit == photo.edit,
        Photo.state == "ready",
        Photo.id != photo.id,
    )
    twin = session.scalar(twins.limit(1))
    if twin is None:
        return False
    made = Rendered(twin.width_px, twin.height_px, twin.placeholder, twin.widths)
    finish(session, photo, made, attempt=photo.attempts, at=at)
    return True


def finish(session: Session, photo: Photo, made: Rendered, *, attempt: int, at: datetime) -> None:
    """The renditions lie in the store: pages may use them. Told too late, by a try that is no longer the newest,
    it changes nothing.
    """
    if not _still(session, photo, attempt):
        return
    photo.state, photo.leased_until, photo.problem = "ready", None, ""
    photo.width_px, photo.height_px = made.width_px, made.height_px
    photo.widths, photo.placeholder, photo.rendered_at = made.widths, made.placeholder, at
    session.flush()
    photo_changed(session, photo)


def give_up(session: Session, photo: Photo, problem: str, *, attempt: int) -> None:
    """The file itself is at fault: parked at once, for curators to see."""
    if _still(session, photo, attempt):
        _park(photo, problem)
        session.flush()


def try_later(session: Session, photo: Photo, problem: str, *, attempt: int, at: datetime) -> None:
    """The try failed through no certain fault of the file: again after a growing pause, parked after the last."""
    if not _still(session, photo, attempt):
        return
    due = next_try(photo.attempts, at)
    if due is None:
        _park(photo, problem)
    else:
        photo.state, photo.leased_until, photo.due_at, photo.problem = "received", None, due, problem
    session.flush()


def try_again(session: Session, photo: Photo, *, by: Person, at: datetime) -> None:
    """A curator gives a parked photo another round of tries. Raises WrongState when it is not parked."""
    if photo.state != "parked":
        raise WrongState(status=photo.state, step="try_again")
    photo.state, photo.attempts, photo.due_at, photo.problem = "received", 0, at, ""
    producer = session.get(Producer, photo.producer_id) if photo.producer_id else None
    log(
        session,
        "try_photo_again",
        by=by,
        actor=Actor.CURATOR,
        at=at,
        producer=producer,
        facts={"photo": photo.id},
    )


def _due(at: datetime) -> ColumnElement[bool]:
    waiting = and_(Photo.state == "received", Photo.due_at <= at)
    abandoned = and_(Photo.state == "rendering", Photo.leased_until <= at)
    return or_(waiting, abandoned)


def _still(session: Session, photo: Photo, attempt: int) -> bool:
    """Whether the try that tells is the newest one and nobody finished meanwhile."""
    hold_row(session, photo)
    return photo.state == "rendering" and photo.attempts == attempt


def _park(photo: Photo, problem: str) -> None:
    photo.state, photo.leased_until, photo.problem = "parked", None, problem
