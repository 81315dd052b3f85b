"""What many people ask about comes sooner in a search."""

from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from shop.actions.popularity import recount_popularity
from shop.actions.reindexing import rewrite_all
from shop.models import CatalogueEntry
from shop.queries.asking import ask
from shop.queries.conditions import wanted
from shop.queries.filters import Filters
from shop.queries.ranking import Candidate, ranked, varied
from shop.search.lookup import look_up
from shop.search.thesaurus import Thesaurus
from tests import factories
from tests.bazaar import bazaar


def test_a_work_that_was_asked_about_is_counted_by_the_hour_and_by_a_reindex(session: Session) -> None:
    market = bazaar(session)
    asked = market.works["Tais Lajur Merah"]
    for _ in range(3):
        factories.inquiry(session, asked)
    assert recount_popularity(session, since=factories.AT + timedelta(days=1)) == 0
    assert recount_popularity(session, since=factories.AT) == 1
    session.commit()
    assert session.get_one(CatalogueEntry, asked.id, populate_existing=True).popularity == 2
    assert recount_popularity(session, since=factories.AT) == 0
    session.get_one(CatalogueEntry, asked.id).popularity = 0
    session.flush()
    for _ in rewrite_all(session):
        pass
    assert session.get_one(CatalogueEntry, asked.id, populate_existing=True).popularity == 2


def one(listing_id: int, level: int = 0, *, maker: int = 0) -> Candidate:
    return Candidate(listing_id, maker or listing_id, level, 0)


def test_nobody_fills_the_page_alone() -> None:
    found = [*(one(number, maker=7) for number in range(1, 6)), one(9)]
    assert [each.listing_id for each in varied(found)] == [1, 2, 3, 9, 4, 5]


def test_variety_mixes_equals_only() -> None:
    found = [one(1, 0), *(one(number, 1, maker=7) for number in range(2, 6)), one(6, 1), one(7, 2)]
    assert [each.listing_id for each in varied(found)] == [1, 2, 3, 4, 6, 5, 7]


def test_the_title_counts_most_then_age_and_each_doubling_of_who_asked_makes_a_month(
    session: Session,
) -> None:
    market = bazaar(session)
    titles = {work.id: title for title, work in market.works.items()}

    def order(words: str) -> list[str]:
        question = ask(session, words, Thesaurus({"cloth": ("tais", "kain", "selendang")})).question
        found = look_up(session, wanted(Filters(words=words), (), question), place="")
        return [titles[each.listing_id] for each in ranked(session, found, Filters(words=words)).rows]

    assert order("tais") == ["Tais Lajur Merah", "Selendang Nila", "Tais Lumpur"], "the sold one last"
    assert order("selendang") == ["Selendang Nila", "Tais Lajur Merah", "Tais Lumpur"], (
        "the asked word before another"
    )
    assert order("tais lajur merah kmanek")[0] == "Tais Lajur Merah"
    change = update(CatalogueEntry).where(CatalogueEntry.slug == "tais-lajur-merah")
    for popularity, first in ((0, "Selendang Nila"), (1, "Tais Lajur Merah")):
        session.execute(change.values(popularity=popularity))
        assert order("benang")[0] == first
