"""What many people ask about comes sooner in a search."""

from datetime import timedelta

from sqlalchemy.orm import Session

from shop.actions.popularity import recount_popularity
from shop.actions.reindexing import rewrite_all
from shop.models import CatalogueEntry
from shop.queries.ranking import MONTH_US, Candidate, best_first
from shop.search.question import Question, Word
from tests import factories
from tests.bazaar import bazaar


def test_a_work_that_was_asked_about_is_counted_by_the_hour_and_by_a_reindex(session: Session) -> None:
    market = bazaar(session)
    wanted = market.works["Tais Lajur Merah"]
    for _ in range(3):
        factories.inquiry(session, wanted)
    assert recount_popularity(session, since=factories.AT + timedelta(days=1)) == 0
    assert recount_popularity(session, since=factories.AT) == 1
    session.commit()
    assert session.get_one(CatalogueEntry, wanted.id, populate_existing=True).popularity == 2
    assert recount_popularity(session, since=factories.AT) == 0
    session.get_one(CatalogueEntry, wanted.id).popularity = 0
    session.flush()
    for _ in rewrite_all(session):
        pass
    assert session.get_one(CatalogueEntry, wanted.id, populate_existing=True).popularity == 2


def one(
    listing_id: int, days_old: int, *, asked: int = 0, title: str = " kain ", maker: int = 0
) -> Candidate:
    order = days_old * MONTH_US // 30 - 10**15
    return Candidate(listing_id, maker or listing_id, asked, title, order, order)


QUESTION = Question((Word("tais", frozenset({"tais"}), frozenset({"kain"})),))


def test_each_doubling_of_who_asked_makes_a_work_a_month_newer() -> None:
    found = [one(1, 0), one(2, 50, asked=2), one(3, 40, asked=1), one(4, 5)]
    assert [each.listing_id for each in best_first(found, QUESTION)] == [2, 1, 4, 3]


def test_the_title_counts_more_than_any_popularity() -> None:
    found = [one(1, 0, asked=9), one(2, 900, title=" tais merah ")]
    assert [each.listing_id for each in best_first(found, QUESTION)] == [2, 1]


def test_nobody_fills_the_page_alone() -> None:
    found = [*(one(number, number, maker=7) for number in range(1, 6)), one(9, 99)]
    assert [each.listing_id for each in best_first(found, QUESTION)] == [1, 2, 3, 9, 4, 5]
