"""Lists of threads: a maker's by what they wait for, the gallery's by who has not answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from shop.domain.deal import ENDED
from shop.models import Inquiry, InquiryItem, Producer

PAGE = 20
TABS = ("jawab", "berjalan", "selesai")
LOOK_BACK = timedelta(days=180)


@dataclass(frozen=True)
class Listed:
    """One page of threads and whether another follows."""

    rows: Sequence[Inquiry]
    page: int
    more: bool


@dataclass(frozen=True)
class ReplyTime:
    """How a maker answers: questions of half a year, how many wait, the middle wait of those answered."""

    producer_id: int
    name: str
    slug: str
    asked: int
    waiting: int
    middle: timedelta | None


def of_producer(session: Session, producer_id: int, tab: str, page: int) -> Listed:
    """A maker's threads: those to answer first the longest waiting, the others first the newest."""
    order = Inquiry.waiting_since if tab == "jawab" else Inquiry.changed_at.desc()
    return _page(session, and_(Inquiry.producer_id == producer_id, _in_tab(tab)), order, page)


def counts_of_producer(session: Session, producer_id: int) -> dict[str, int]:
    """How many threads stand in each tab."""
    sums = [func.coalesce(func.sum(case((_in_tab(tab), 1), else_=0)), 0) for tab in TABS]
    row = session.execute(select(*sums).where(Inquiry.producer_id == producer_id)).one()
    return dict(zip(TABS, row, strict=True))


def oldest_waiting(session: Session, producer_id: int) -> datetime | None:
    """Since when the longest-waiting buyer of a maker waits."""
    query = select(func.min(Inquiry.waiting_since)).where(
        Inquiry.producer_id == producer_id, _in_tab("jawab")
    )
    return session.scalar(query)


def of_buyer(session: Session, person_id: int, page: int) -> Listed:
    """A buyer's threads, the newest word first."""
    return _page(session, Inquiry.buyer_id == person_id, Inquiry.changed_at.desc(), page)


def unanswered(session: Session, page: int) -> Listed:
    """Every thread whose buyer waits, the longest first."""
    return _page(session, _in_tab("jawab"), Inquiry.waiting_since, page)


def count_unanswered(session: Session) -> tuple[int, int]:
    """How many buyers wait, and how many of them so long that the gallery should ask."""
    query = select(func.count(), func.count(Inquiry.escalated_at)).where(_in_tab("jawab"))
    waiting, escalated = session.execute(query.select_from(Inquiry)).one()
    return waiting, escalated


def reply_times(session: Session, *, at: datetime, most: int = 100) -> list[ReplyTime]:
    """Makers who were asked in the last half year: those with most buyers waiting first."""
    query = (
        select(
            Producer.id,
            Producer.name,
            Producer.slug,
            Inquiry.created_at,
            Inquiry.answered_at,
            _in_tab("jawab").label("waits"),
        )
        .join(Producer, Producer.id == Inquiry.producer_id)
        .where(Inquiry.created_at > at - LOOK_BACK)
    )
    rows: dict[tuple[int, str, str], list[tuple[datetime, datetime | None, bool]]] = {}
    for number, name, slug, asked, answered, waits in session.execute(query):
        rows.setdefault((number, name, slug), []).append((asked, answered, bool(waits)))
    told = [_reply_time(who, threads) for who, threads in rows.items()]
    return sorted(told, key=lambda one: (-one.waiting, -(one.middle or timedelta()), one.name))[:most]


def _reply_time(
    who: tuple[int, str, str], threads: list[tuple[datetime, datetime | None, bool]]
) -> ReplyTime:
    waits = [(answered - asked).total_seconds() for asked, answered, _ in threads if answered]
    middle = timedelta(seconds=median(waits)) if waits else None
    return ReplyTime(*who, len(threads), sum(waiting for *_, waiting in threads), middle)


def _in_tab(tab: str) -> ColumnElement[bool]:
    waits = Inquiry.waiting_since.is_not(None)
    if tab == "jawab":
        return waits
    ended = Inquiry.status.in_([status.value for status in ENDED])
    return and_(ended, ~waits) if tab == "selesai" else and_(~ended, ~waits)


def _page(
    session: Session, which: ColumnElement[bool], order: ColumnElement[object] | object, page: int
) -> Listed:
    query = (
        select(Inquiry)
        .where(which)
        .options(
            joinedload(Inquiry.producer),
            selectinload(Inquiry.items).options(
                joinedload(InquiryItem.photo), joinedload(InquiryItem.revision)
            ),
        )
        .order_by(order, Inquiry.id)  # type: ignore[arg-type]
        .offset((page - 1) * PAGE)
        .limit(PAGE + 1)
    )
    rows = session.scalars(query).unique().all()
    return Listed(rows[:PAGE], page, len(rows) > PAGE)
