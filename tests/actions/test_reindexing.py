"""`flask reindex` mends whatever went wrong with the catalogue."""

from flask import Flask
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from shop.models import CatalogueEntry, CatalogueMaker, CatalogueTally, SearchBlock, SearchWord
from shop.search.bits import pack
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
