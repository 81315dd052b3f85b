"""`flask synth --listings N --producers M --seed S`."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from random import Random

import click
from flask.cli import with_appcontext
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from shop.actions import tallies
from shop.actions.maker_entries import refresh_makers
from shop.council import Council
from shop.extensions import db, the_shop
from shop.operations.synth.beside import Made, beside
from shop.operations.synth.loading import Loader, without_indexes
from shop.operations.synth.makers import make_makers
from shop.operations.synth.threads import make_threads, wanted
from shop.operations.synth.works import make_works
from shop.search.index import change
from shop.setup.accounts import PASSWORD
from shop.web.passwords import hash_password

#: The newest work is always published then, so that the same seed gives the same shop.
END = datetime(2026, 11, 24, tzinfo=UTC)
TABLES = [
    "listing",
    "revision",
    "revision_photo",
    "catalogue_entry",
    "photo",
    "inquiry",
    "inquiry_item",
    "message",
]
BATCH = 500
Progress = Callable[[int], None]


@click.command("synth")
@click.option(
    "--listings", type=click.IntRange(1), default=10_000, show_default=True, help="Published works."
)
@click.option("--producers", type=click.IntRange(1), help="Makers; one for every 67 works if left out.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same shop.")
@with_appcontext
def synth(listings: int, producers: int | None, seed: int) -> None:
    """Add invented works for measuring, as many as wanted. Their photos have rows but no files."""
    if not the_shop().config.development:
        raise click.ClickException("Invented works are for development only.")
    with (
        bulk(db.session()) as session,
        click.progressbar(length=listings, label="Works", file=sys.stderr, update_min_steps=500) as bar,
    ):
        load(
            session,
            the_shop().council,
            listings,
            producers or max(1, listings // 67),
            seed=seed,
            hashed=hash_password(PASSWORD),
            progress=bar.update,
        )
    click.echo(f"{listings} works are in place.")


def load(
    session: Session,
    council: Council,
    listings: int,
    producers: int,
    *,
    seed: int,
    hashed: str = "",
    progress: Progress = lambda _: None,
) -> None:
    """Makers, works and questions, with everything that is counted and indexed of them. Not committed."""
    chance, connection = Random(seed), session.connection()  # noqa: S311
    if connection.dialect.name == "sqlite":  # listings and their revisions name each other
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    loader = Loader(connection)
    first_listing = loader.next_id("listing")
    asked = wanted(chance, listings)
    with without_indexes(connection, TABLES), beside(listings) as entries:
        makers = make_makers(loader, council, chance, producers, hashed=hashed, at=END)
        works = make_works(loader, makers, chance, listings, asked=asked, at=END)
        while some := list(islice(works, BATCH)):
            for made in entries.take(some):
                _write(session, loader, made)
            progress(len(some))
        for made in entries.rest():
            _write(session, loader, made)
        last, totals, words = entries.end()
        _write(session, loader, last)
        loader.finish()
        make_threads(loader, asked, first_listing, seed=seed, at=END)
        loader.finish()
    tallies.add_tallies(session, totals)
    tallies.add_words(session, words)
    ids = [maker.id for maker in makers.made]
    for begin in range(0, len(ids), BATCH):
        refresh_makers(session, ids[begin : begin + BATCH])
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("ANALYZE")


def _write(session: Session, loader: Loader, made: Made) -> None:
    loader.add_all("catalogue_entry", made.rows)
    for block, taken in made.blocks:
        change(session, block, {}, taken)


@contextmanager
def bulk(session: Session) -> Iterator[Session]:
    """One transaction, committed at the end, in which SQLite writes each new page once and waits for no disk. Rows do not
    name each other in circles, and looking for circles takes a twentieth of the time.
    """
    connection = session.connection()
    quick, collects = _quick(connection), gc.isenabled()
    gc.disable()
    try:
        yield session
        session.commit()
    finally:
        if collects:
            gc.enable()
        session.rollback()
        if quick:
            _pragma(
                session.connection(),
                "journal_mode=WAL",
                "synchronous=FULL",
                "foreign_keys=ON",
                "cache_size=-2000",
            )
            session.rollback()


def _quick(connection: Connection) -> bool:
    """Whether this is an SQLite file that nobody else has open: then its journal need not hold new pages."""
    if connection.dialect.name != "sqlite":
        return False
    try:
        _pragma(
            connection, "foreign_keys=OFF", "synchronous=OFF", "cache_size=-131072", "journal_mode=TRUNCATE"
        )
    except OperationalError:
        click.echo("The database is in use; this takes longer.", err=True)
    return True


def _pragma(connection: Connection, *pragmas: str) -> None:
    """Settings take effect only between transactions."""
    connection.exec_driver_sql("COMMIT")
    for pragma in pragmas:
        connection.exec_driver_sql(f"PRAGMA {pragma}")
    connection.execute(text("BEGIN IMMEDIATE"))
