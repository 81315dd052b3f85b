"""How much waits behind each door of the curators' room, in one question."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from shop.domain.listing import WAITING_FOR_CURATOR
from shop.models import Listing, Person, Producer, Report, Revision
from shop.queries import inquiry_lists, notices


def waiting(session: Session, *, at: datetime, curator: Person | None) -> dict[str, int]:
    """Endpoint of the door → how many things wait for this curator there."""
    revisions = _count(Revision, Revision.status.in_(WAITING_FOR_CURATOR), Revision.closed_at.is_(None))
    changes = _count(Listing, Listing.unacknowledged_since.is_not(None))
    reports = _count(Report, Report.handled_at.is_(None))
    applied = _count(Producer, Producer.status == "applied")
    parts = (revisions, changes, reports, applied)
    counted = session.execute(select(*(part.scalar_subquery() for part in parts))).one()
    unanswered = inquiry_lists.count_unanswered(session)[1]
    return {
        "curation.queue": counted[0] + counted[1] + counted[2],
        "curation.reports": counted[2],
        "curation.producers": counted[3],
        "curation.inquiries": unanswered + sum(notices.waiting_counts(session, at=at, curator=curator)),
    }


def _count(table: type[Revision | Listing | Report | Producer], *where: object) -> Select[int]:
    return select(func.count()).select_from(table).where(*where)  # type: ignore[arg-type]
