"""Making a revision live."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from shop import database
from shop.actions.publishing import publish
from shop.models import Listing, Revision
from tests import factories
from tests.factories import AT, CONTENT

LATER = AT + timedelta(hours=1)


def _in_review(session: Session, **content: object) -> Listing:
    chair = factories.person(session)
    group = factories.producer(session, chair=chair)
    return factories.listing(session, group, chair, status="in_review", **content)


def _second(session: Session, listing: Listing, **changed: object) -> Revision:
    revision = Revision(
        listing=listing, number=2, status="submitted", created_at=AT, saved_at=AT, submitted_at=AT,
        created_by_id=listing.revisions[0].created_by_id, **CONTENT | changed,
    )  # fmt: skip
    session.add(revision)
    session.flush()
    return revision


def test_the_first_approval_fixes_the_slug_and_shows_the_work(session: Session) -> None:
    listing = _in_review(session, title_id="Tais Lajur Merah & Fatuba'a")
    publish(session, listing.revisions[0], at=LATER)
    session.expire_all()
    assert listing.slug == "tais-lajur-merah-fatuba-a"
    assert (listing.status, listing.published_at) == ("published", LATER)
    assert listing.live_revision is listing.revisions[0]
    revision = listing.revisions[0]
    assert (revision.status, revision.approved_at, revision.claimed_by_id) == ("published", LATER, None)


def test_two_works_of_one_title_have_two_addresses(session: Session) -> None:
    first, second = _in_review(session), _in_review(session)
    publish(session, first.revisions[0], at=LATER)
    publish(session, second.revisions[0], at=LATER)
    assert first.slug == "tais-lajur-merah"
    assert second.slug == f"tais-lajur-merah-{second.id}"


def test_a_title_without_letters_still_has_an_address(session: Session) -> None:
    listing = _in_review(session, title_id="!!")
    publish(session, listing.revisions[0], at=LATER)
    assert listing.slug == "karya"


def test_a_new_title_keeps_the_address_and_the_day(session: Session) -> None:
    listing = _in_review(session)
    publish(session, listing.revisions[0], at=LATER)
    revision = _second(session, listing, title_id="Judul baru")
    publish(session, revision, at=LATER + timedelta(days=9))
    session.expire_all()
    assert (listing.slug, listing.published_at) == ("tais-lajur-merah", LATER)
    assert listing.live_revision is revision


@pytest.mark.parametrize("hidden", ["hidden_by_producer", "hidden_by_curator"])
def test_what_was_hidden_stays_hidden(session: Session, hidden: str) -> None:
    listing = _in_review(session)
    publish(session, listing.revisions[0], at=LATER)
    listing.status = hidden
    revision = _second(session, listing)
    publish(session, revision, at=LATER)
    assert listing.status == hidden
    assert listing.live_revision is revision


def test_a_price_changed_at_once_outlives_a_revision_about_something_else(session: Session) -> None:
    listing = _in_review(session)
    publish(session, listing.revisions[0], at=LATER)
    listing.price_idr = 1_400_000
    publish(session, _second(session, listing, title_id="Judul baru"), at=LATER)
    assert listing.price_idr == 1_400_000


def test_a_price_in_the_revision_replaces_the_one_before(session: Session) -> None:
    listing = _in_review(session)
    publish(session, listing.revisions[0], at=LATER)
    listing.price_idr = 1_400_000
    publish(session, _second(session, listing, price_idr=2_000_000), at=LATER)
    assert listing.price_idr == 2_000_000


def test_two_works_of_one_title_approved_at_the_same_moment_both_get_an_address(
    session: Session, database_url: str
) -> None:
    made = [_in_review(session, title_id="Selendang Kembar").id for _ in range(4)]
    session.commit()
    engine = create_engine(database_url)
    database.prepare_sqlite(engine)
    together = threading.Barrier(len(made))

    def approve(listing_id: int) -> None:
        together.wait()
        with Session(engine) as mine:
            publish(mine, mine.get_one(Listing, listing_id).revisions[0], at=LATER)
            mine.commit()

    threads = [threading.Thread(target=approve, args=(each,)) for each in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine.dispose()
    session.rollback()
    slugs = session.scalars(select(Listing.slug)).all()
    assert len(set(slugs)) == len(made)
    assert all(slug and slug.startswith("selendang-kembar") for slug in slugs)
