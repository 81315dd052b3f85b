"""Giving works that wait to a curator: a wish, not a hold.

"Take next" offers a curator first what was given to them, and leaves it to them for three days. Whoever opens the
work by hand may still take it: an absent colleague must not stop a maker's work.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, update
from sqlalchemy.orm import Session

from shop.actions.events import log
from shop.actions.notices import tell
from shop.actions.reviews import hold
from shop.domain.curation import NotForThem, NotWaiting, OwnGroup
from shop.domain.errors import NotAllowed, ShopError
from shop.domain.listing import Status
from shop.domain.roles import Actor
from shop.models import Person, Revision
from shop.queries import reviews

REVISIONS = cast(Table, Revision.__table__)
MOST_NAMED = 3
Refused = list[tuple[Revision, ShopError]]


def assign(session: Session, revision: Revision, *, to: Person | None, by: Person, at: datetime) -> bool:
    """The work is meant for `to`; None means for nobody in particular any more. Whether that is news.

    Raises NotWaiting for what is held or decided, OwnGroup for a work of `by`'s own group, NotForThem for one of
    `to`'s, NotAllowed where either is no curator. An assignment is no content: the version stays as it is.
    """
    _may_assign(by)
    hold(session, revision)
    group = revision.listing.producer_id
    if reviews.belonged(session, group, by.id):
        raise OwnGroup
    if to is not None:
        _may_receive(session, group, to)
    if revision.status != Status.SUBMITTED or revision.closed_at is not None:
        raise NotWaiting(status=revision.status, step="assign")
    if revision.assigned_to_id == (to.id if to else None):
        return False
    _write(session, revision, to, at)
    log(
        session, "assign" if to else "unassign", by=by, actor=_actor(by), at=at, listing=revision.listing,
        revision=revision, person=to,
    )  # fmt: skip
    return True


def assign_all(
    session: Session, revisions: Iterable[Revision], *, to: Person | None, by: Person, at: datetime
) -> tuple[list[Revision], Refused]:
    """All that can be given, and each that cannot with its reason. `to` hears of it once, unless it is `by`."""
    _may_assign(by)
    given: list[Revision] = []
    news: list[Revision] = []
    refused: Refused = []
    for revision in sorted(revisions, key=lambda one: (one.listing_id, one.id)):
        try:
            news += [revision] if assign(session, revision, to=to, by=by, at=at) else []
        except (OwnGroup, NotForThem, NotWaiting) as why:
            refused.append((revision, why))
        else:
            given.append(revision)
    if news and to is not None and to.id != by.id:
        tell(session, to, "works_assigned", at=at, hand_over_by=by, facts=_facts(news, by))
    return given, refused


def _may_assign(by: Person) -> None:
    if not by.is_curator and not by.is_administrator:
        raise NotAllowed


def _may_receive(session: Session, producer_id: int, to: Person) -> None:
    if not to.is_curator or not to.may_sign_in:
        raise NotAllowed
    if reviews.belonged(session, producer_id, to.id):
        raise NotForThem(name=to.name)


def _actor(by: Person) -> Actor:
    return Actor.CURATOR if by.is_curator else Actor.ADMINISTRATOR


def _write(session: Session, revision: Revision, to: Person | None, at: datetime) -> None:
    """Past the version counter, which decisions name."""
    values = {"assigned_to_id": to.id if to else None, "assigned_at": at if to else None}
    session.execute(update(REVISIONS).where(REVISIONS.c.id == revision.id).values(**values))
    session.refresh(revision, list(values))


def _facts(given: list[Revision], by: Person) -> dict[str, Any]:
    named = [[one.title_id, one.title_en] for one in given[:MOST_NAMED]]
    return {"by": by.name, "count": len(given), "titles": named}
