"""The catalogue says what is published, no more, in the same transaction."""

from threading import Thread

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.actions import catalogue
from shop.models import CatalogueEntry, CatalogueMaker, CatalogueTally, Listing, Producer, SearchWord
from tests import factories

HIDDEN = (
    "draft",
    "submitted",
    "in_review",
    "changes_requested",
    "rejection_proposed",
    "rejected",
    "appealed",
)


@pytest.fixture
def maker(session: Session) -> Producer:
    return factories.producer(session, chair=factories.person(session))


def shown(session: Session) -> list[int]:
    return list(session.scalars(select(CatalogueEntry.listing_id)))


def published(session: Session, maker: Producer, **content: object) -> Listing:
    made = factories.published(session, maker, maker.members[0].person, **content)
    catalogue.refresh(session, made)
    return made


def tally(session: Session, facet: str, value: str = "", place: str = "") -> int:
    return session.scalar(select(CatalogueTally.works).filter_by(place=place, facet=facet, value=value)) or 0


def test_a_published_work_has_one_entry(session: Session, maker: Producer) -> None:
    work = published(session, maker)
    entry = session.scalars(select(CatalogueEntry)).one()
    assert (entry.slug, entry.standing, entry.producer_name) == (work.slug, "ready", maker.name)
    assert {"tais", "futus", "kapas", "umaklaran", "kec530402"} <= set(entry.words.split())


@pytest.mark.parametrize("status", HIDDEN)
def test_a_work_that_was_never_approved_has_none(session: Session, maker: Producer, status: str) -> None:
    made = factories.listing(session, maker, maker.members[0].person, status="draft")
    made.status = status
    catalogue.refresh(session, made)
    assert shown(session) == []
    assert session.scalar(select(func.count()).select_from(SearchWord)) == 0


@pytest.mark.parametrize("status", ["hidden_by_producer", "hidden_by_curator", "archived"])
def test_a_work_that_leaves_takes_its_entry_counts_and_words_along(
    session: Session, maker: Producer, status: str
) -> None:
    work = published(session, maker)
    work.status = status
    catalogue.refresh(session, work)
    assert shown(session) == []
    for model in (CatalogueTally, SearchWord):
        assert session.scalar(select(func.count()).select_from(model)) == 0
    assert session.scalars(select(CatalogueMaker)).one().works == 0


def test_suspending_a_producer_hides_all_works_and_verifying_brings_them_back(
    session: Session, maker: Producer
) -> None:
    works = [published(session, maker).id, published(session, maker).id]
    maker.status = "suspended"
    catalogue.refresh_producer(session, maker)
    assert shown(session) == []
    assert session.scalars(select(CatalogueMaker)).all() == []
    maker.status = "verified"
    catalogue.refresh_producer(session, maker)
    assert sorted(shown(session)) == works


def test_counts_follow_what_changes(session: Session, maker: Producer) -> None:
    work, other = published(session, maker), published(session, maker, price_idr=300_000)
    assert (tally(session, "all"), tally(session, "makers"), tally(session, "price", "low")) == (2, 1, 1)
    other.stock = 0
    catalogue.refresh(session, other)
    assert tally(session, "standing", "sold", "tenun-ikat") == 1
    assert tally(session, "standing", "ready", "tenun-ikat") == 1
    maker.district_code = "53.04.05"
    catalogue.refresh_producer(session, maker)
    assert (tally(session, "district", "53.04.02"), tally(session, "district", "53.04.05")) == (0, 2)
    work.status = "hidden_by_curator"
    catalogue.refresh(session, work)
    assert (tally(session, "all"), tally(session, "makers"), tally(session, "makers", "", "tenun-ikat")) == (
        1,
        1,
        1,
    )


def test_the_words_of_an_old_title_are_forgotten(session: Session, maker: Producer) -> None:
    work = published(session, maker, title_id="Tais Bunga Sepatu")
    assert session.get(SearchWord, "sepatu") is not None
    work.live_revision.title_id = "Tais Daun"
    catalogue.refresh(session, work)
    session.expire_all()
    assert session.get(SearchWord, "sepatu") is None
    assert session.get(SearchWord, "daun") is not None


def test_an_action_that_is_rolled_back_leaves_the_catalogue_as_it_was(
    session: Session, maker: Producer
) -> None:
    session.commit()
    published(session, maker)
    session.rollback()
    assert shown(session) == []


def test_an_approval_and_a_suspension_at_the_same_moment_see_each_other(
    session: Session, maker: Producer
) -> None:
    """Whoever writes the catalogue second reads what the first one committed."""
    work = factories.published(session, maker, maker.members[0].person)
    work.status = "hidden_by_producer"
    session.commit()
    work_id = work.id
    maker.status = "suspended"
    catalogue.refresh_producer(session, maker)

    def approve() -> None:
        with Session(session.get_bind()) as other:
            found = other.get_one(Listing, work_id)
            found.status = "published"
            catalogue.refresh(other, found)
            other.commit()

    meanwhile = Thread(target=approve)
    meanwhile.start()
    meanwhile.join(0.5)
    assert meanwhile.is_alive(), "it waits for its turn"
    session.commit()
    meanwhile.join(20)
    assert session.get_one(Listing, work_id, populate_existing=True).status == "published"
    assert shown(session) == []
