"""`flask reindex` mends whatever went wrong with the catalogue, and nobody notices it at work."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from shop import database
from shop.actions.reindexing import rebuild, recount, rewrite_all
from shop.models import CatalogueEntry, CatalogueMaker, CatalogueTally, SearchBlock, SearchWord
from shop.search.bits import pack
from shop.search.lookup import look_up
from shop.search.question import Wanted
from tests.bazaar import bazaar, unseen

KEPT = (CatalogueEntry, CatalogueMaker, CatalogueTally, SearchWord, SearchBlock)


def everything(session: Session) -> list[object]:
    session.expire_all()
    tables = [model.__table__ for model in KEPT]
    return [sorted(map(repr, session.execute(select(*table.c)))) for table in tables]


def test_reindex_brings_back_exactly_what_the_actions_wrote(app: Flask, session: Session) -> None:
    market = bazaar(session)
    unseen(session, market.weavers, market.weavers.members[0].person)
    right = everything(session)
    session.execute(delete(CatalogueEntry).where(CatalogueEntry.slug == "kursi-makan"))
    session.execute(
        update(CatalogueEntry).where(CatalogueEntry.slug == "tais-lumpur").values(price_idr=1, words="x")
    )
    session.execute(delete(CatalogueMaker))
    session.execute(update(CatalogueTally).values(works=77))
    session.execute(delete(SearchBlock).where(SearchBlock.term == "tais"))
    session.execute(insert(SearchBlock).values(term="hantu", block=3, works=pack(1 << 5)))
    session.execute(insert(SearchWord).values(word="hantu", letters=5, works=3))
    session.commit()
    result = app.test_cli_runner().invoke(args=["reindex"])
    assert result.exit_code == 0, result.output
    assert everything(session) == right


def _steps(session: Session) -> Iterator[None]:
    """What the command does, with a stop before each commit and after it."""
    for some in (rewrite_all(session), iter([recount(session)]), rebuild(session)):
        for _ in some:
            yield
            session.commit()
            yield


def test_while_it_runs_everybody_finds_what_they_found_before(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    bazaar(session)
    session.commit()
    monkeypatch.setattr("shop.actions.reindexing.BATCH", 2)
    engine = session.get_bind()

    def found() -> list[object]:
        with database.reading(), Session(engine) as reader:
            if engine.dialect.name == "postgresql":  # who would have to wait gives up
                reader.connection().exec_driver_sql("SET LOCAL lock_timeout = '1s'")
            entries = sorted(reader.execute(select(CatalogueEntry.slug, CatalogueEntry.price_idr)))
            counts = sorted(reader.execute(select(*CatalogueTally.__table__.c)))
            marks = Wanted(groups={"craft": frozenset({"§craftanyaman", "§craftmeubel"})})
            return [entries, counts, look_up(reader, marks, place="").main]

    before = found()
    steps = 0
    for _ in _steps(session):
        assert found() == before
        steps += 1
    assert steps > 10
