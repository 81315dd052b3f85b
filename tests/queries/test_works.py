"""A producer's lists: what stands where, and how many queries it takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from shop.domain.listing import Status
from shop.models import Listing, Member, Revision
from shop.queries import studio, works
from tests import factories
from tests.factories import AT, CONTENT

MONTH = (AT.replace(day=1, hour=0), AT.replace(month=12, day=1, hour=0))
PLACES = {
    "draft": "draf", "submitted": "menunggu", "in_review": "menunggu", "changes_requested": "perbaikan",
    "rejection_proposed": "menunggu", "rejected": "tolak", "appealed": "menunggu", "published": "tayang",
    "hidden_by_producer": "sembunyi", "hidden_by_curator": "sembunyi", "archived": "arsip",
}  # fmt: skip


@pytest.fixture
def chair(session: Session) -> Member:
    return factories.member(session, factories.producer(session), factories.person(session))


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    """The statements sent meanwhile."""
    said: list[str] = []
    engine = session.get_bind()
    assert isinstance(engine, Engine)

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", hear)


def in_state(session: Session, chair: Member, status: str) -> Listing:
    live = ("published", "hidden_by_producer", "hidden_by_curator", "archived")
    if status not in live:
        return factories.listing(session, chair.producer, chair.person, status=status)
    listing = factories.published(session, chair.producer, chair.person)
    listing.status = status
    session.flush()
    return listing


def revise(session: Session, listing: Listing, status: str, title: str = "Revisi") -> Revision:
    revision = Revision(
        listing=listing, number=2, status=status, created_at=AT, saved_at=AT, submitted_at=AT,
        created_by_id=listing.revisions[0].created_by_id, **CONTENT | {"title_id": title},
    )  # fmt: skip
    session.add(revision)
    session.flush()
    return revision


def test_every_state_stands_in_exactly_one_list(session: Session, chair: Member) -> None:
    assert set(PLACES) == set(Status)
    for status, place in PLACES.items():
        listing = in_state(session, chair, status)
        for word in works.STANDS:
            found = [row.id for row in works.works(session, chair.producer_id, word, page=1)]
            assert (listing.id in found) is (word == place), (status, word)
    counts = works.tally(session, chair.producer_id)
    assert counts["menunggu"] == 4
    assert counts["semua"] == len(PLACES) - 1
    assert counts["arsip"] == 1


def test_a_piece_that_is_gone_counts_as_sold_and_one_made_to_order_never(
    session: Session, chair: Member
) -> None:
    factories.published(session, chair.producer, chair.person, stock=0)
    factories.published(
        session, chair.producer, chair.person, stock=0, availability="made_to_order", lead_time_days=9
    )
    counts = works.tally(session, chair.producer_id)
    assert (counts["terjual"], counts["tayang"]) == (1, 1)


def test_a_live_work_stands_also_where_its_revision_waits(session: Session, chair: Member) -> None:
    listing = in_state(session, chair, "published")
    revise(session, listing, "changes_requested")
    counts = works.tally(session, chair.producer_id)
    assert (counts["tayang"], counts["perbaikan"]) == (1, 1)
    row = works.works(session, chair.producer_id, "perbaikan", page=1)[0]
    assert (row.title, row.status, row.open_status) == ("Revisi", "published", "changes_requested")
    assert studio.to_mend(session, chair.producer_id).first == "Revisi"


def test_a_list_takes_as_many_queries_for_one_work_as_for_many(session: Session, chair: Member) -> None:
    in_state(session, chair, "draft")
    producer_id = chair.producer_id
    session.expire_all()
    with counted(session) as one:
        works.works(session, producer_id, "semua", page=1)
        works.tally(session, producer_id)
    for _ in range(12):
        in_state(session, chair, "draft")
    session.expire_all()
    with counted(session) as many:
        assert len(works.works(session, producer_id, "semua", page=1)) == 13
        works.tally(session, producer_id)
    assert len(many) == len(one) == 3


def test_a_neighbours_works_are_in_no_list(session: Session, chair: Member) -> None:
    neighbour = factories.member(session, factories.producer(session, "Bengkel"), factories.person(session))
    listing = in_state(session, neighbour, "draft")
    assert works.own(session, chair, listing.id) is None
    assert works.works(session, chair.producer_id, "semua", page=1) == []
    assert not any(works.tally(session, chair.producer_id).values())


def test_figures_of_a_producer_without_anything_are_zero(session: Session, chair: Member) -> None:
    month = studio.month(session, chair.producer_id, *MONTH)
    assert (month.questions, month.answer_time, month.approved) == (0, None, 0)
    assert studio.unanswered(session, chair.producer_id).count == 0
    assert studio.failed_photos(session, chair.producer_id).count == 0
    assert studio.newest_inquiries(session, chair.producer_id) == []
