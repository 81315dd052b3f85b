"""Invented works stand in the same tables as published ones, and say the same there."""

import re
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from shop import council
from shop.actions.reindexing import rebuild, recount, rewrite_all
from shop.config import ROOT
from shop.models import CatalogueEntry, CatalogueMaker, CatalogueTally, Listing, SearchBlock, SearchWord
from shop.operations.check import check
from shop.operations.synth import command
from shop.search.lookup import look_up
from shop.search.question import Wanted

BELU = council.read(ROOT / "shop" / "councils" / "belu.toml")
KEPT = (CatalogueEntry, CatalogueMaker, CatalogueTally, SearchWord, SearchBlock)


def load(session: Session, listings: int, producers: int, *, seed: int) -> None:
    if (
        session.get_bind().dialect.name == "sqlite"
    ):  # a bystander's session begins no transaction before it writes
        session.connection().exec_driver_sql("BEGIN")
    command.load(session, BELU, listings, producers, seed=seed)


def all_rows(session: Session) -> dict[str, list[Any]]:
    found = {}
    for model in KEPT:
        table = model.__table__
        found[table.name] = session.execute(select(table).order_by(*table.primary_key.columns)).all()
    return found


class NoPhotos:
    def has(self, key: str) -> bool:
        return False


def test_what_was_loaded_at_once_is_what_publishing_one_by_one_would_have_written(session: Session) -> None:
    load(session, 150, 8, seed=3)
    session.commit()
    loaded = all_rows(session)
    assert len(loaded["catalogue_entry"]) == 150
    wanted = Wanted(groups={"craft": frozenset({"§crafttenunikat"})})
    found = look_up(session, wanted, place="tenun-ikat").main
    for _ in rewrite_all(session):
        pass
    recount(session)
    assert sum(rebuild(session)) == 150
    session.commit()
    assert all_rows(session) == loaded
    assert look_up(session, wanted, place="tenun-ikat").main == found
    assert found.many == sum(row.craft == "tenun-ikat" for row in loaded["catalogue_entry"]) > 20
    assert list(check(session.get_bind(), NoPhotos())) == []  # type: ignore[arg-type]


def test_the_same_seed_gives_the_same_works_and_can_be_added_to(session: Session) -> None:
    load(session, 40, 3, seed=5)
    first = session.execute(select(Listing.id, CatalogueEntry.title_id, CatalogueEntry.words).join(
        CatalogueEntry, CatalogueEntry.listing_id == Listing.id).order_by(Listing.id)).all()  # fmt: skip
    session.rollback()
    load(session, 40, 3, seed=5)
    again = session.execute(select(Listing.id, CatalogueEntry.title_id, CatalogueEntry.words).join(
        CatalogueEntry, CatalogueEntry.listing_id == Listing.id).order_by(Listing.id)).all()  # fmt: skip
    assert again == first
    session.commit()
    load(session, 40, 3, seed=6)
    assert session.scalar(select(func.count()).select_from(CatalogueEntry)) == 80
    tally = session.get_one(CatalogueTally, ("", "all", ""), populate_existing=True)
    assert tally.works == 80


def test_few_works_are_asked_about_often_and_it_is_said_how_far_loading_is(session: Session) -> None:
    said: list[int] = []
    if session.get_bind().dialect.name == "sqlite":
        session.connection().exec_driver_sql("BEGIN")
    command.load(session, BELU, 1_200, 18, seed=1, progress=said.append)
    assert (sum(said), max(said)) == (1_200, command.BATCH)
    threads = sorted(session.scalars(select(CatalogueEntry.popularity)), reverse=True)
    assert sum(threads[:120]) > sum(threads) / 2 > 0
    assert threads.count(0) > 600


def test_indexes_and_triggers_are_all_there_again(session: Session, engine_name: str) -> None:
    names = {
        "sqlite": "SELECT type || name || sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY 1",
        "postgresql": "SELECT indexname || indexdef FROM pg_indexes WHERE schemaname = 'public'"
        " UNION ALL SELECT conname || pg_get_constraintdef(oid) FROM pg_constraint ORDER BY 1",
    }[engine_name]

    def there() -> list[str]:
        """Without types and brackets: PostgreSQL writes a condition otherwise once it was given back to it."""
        return sorted(re.sub(r"::[a-z ]+(\[\])?|[()\[\]]", "", name) for name in session.scalars(text(names)))

    before = there()
    load(session, 10, 2, seed=1)
    assert there() == before


def test_the_command_says_how_many(app: Any, folder: Path) -> None:
    said = app.test_cli_runner().invoke(args=["synth", "--listings", "12", "--producers", "2"])
    assert said.exit_code == 0, said.output
    assert "12 works are in place." in said.output
