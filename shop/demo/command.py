"""`flask demo`: demo data, once; `flask demo --reset`: back to exactly that."""

from __future__ import annotations

import io
import sys
from datetime import datetime, timedelta
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions.photos import Incoming, receive, take_in
from shop.demo.deals import make_deals
from shop.demo.makers import make_applicants, make_makers, portrait, read_makers
from shop.demo.people import BUYER, make_people, password_hash
from shop.demo.pictures import PictureName, picture
from shop.demo.shipping import make_rates
from shop.demo.stage import Stage
from shop.demo.threads import make_threads
from shop.demo.works import make_works, pictures_of, read_works
from shop.extensions import Shop, db, now, the_shop
from shop.models import Base, Person, Photo, Producer, guards


@click.command("demo")
@click.option("--reset", is_flag=True, help="Remove everything first (development only).")
@with_appcontext
def demo(reset: bool) -> None:
    """Fill the shop with data contoh: invented names in real districts."""
    shop = the_shop()
    if not shop.config.development:
        raise click.ClickException("Demo data is for development only.")
    if reset:
        _empty(db.session())
    elif is_seeded(db.session()):
        click.echo("The demo data is there already.")
        return
    db.session.rollback()
    seed(db.session(), shop, at=now())
    db.session.commit()
    shop.wake("photos")
    click.echo("The demo data is in place.")


def is_seeded(session: Session) -> bool:
    return session.scalar(select(Person.id).where(Person.email == BUYER)) is not None


def seed(session: Session, shop: Shop, *, at: datetime) -> None:
    """Makers, works, threads and their people, with six months of history before `at`. Flushed."""
    hashed, makers, works = password_hash(), read_makers(), read_works()
    taken = _take_in_all(shop, makers, works)
    cast = make_people(session, makers, hashed=hashed, at=at)

    def take_photo(name: PictureName, producer: Producer, by: Person) -> Photo:
        return receive(
            session, taken[name], by=by, producer=producer, client_id="", at=at - timedelta(days=1)
        )

    producers = make_makers(session, makers, cast, take_photo=take_photo, at=at)
    make_applicants(session, cast, at=at)
    listings = make_works(Stage(session, cast, take_photo, at), works, producers)
    make_threads(session, listings, cast, prefix=shop.council.code, at=at)
    make_deals(session, listings, cast, at=at)
    make_rates(session, cast, at=at)


def _take_in_all(
    shop: Shop, makers: list[dict[str, Any]], works: list[dict[str, str]]
) -> dict[PictureName, Incoming]:
    """Every picture in the store, before a transaction begins: drawing them all takes a while."""
    names = [portrait(row) for row in makers if row["picture"]]
    names += [name for row in works for name in pictures_of(row).values()]
    unique = list(dict.fromkeys(names))
    with click.progressbar(unique, label="Pictures", file=sys.stderr) as bar:
        return {name: take_in(shop.photos, shop.pictures, io.BytesIO(picture(name))) for name in bar}


# Tables that point at each other: what must be let go before rows can be deleted in order.
LOOSE: dict[str, dict[str, str | None]] = {
    "listing": {"live_revision_id": None, "status": "draft"},
    "producer": {"photo_id": None},
    "photo": {"producer_id": None, "inquiry_id": None},
}


def _empty(session: Session) -> None:
    """Every row of every table goes."""
    for table, values in LOOSE.items():
        session.execute(Base.metadata.tables[table].update().values(values))
    with guards.lifted(session.connection()):
        for each in reversed(Base.metadata.sorted_tables):
            session.execute(each.delete())
    session.commit()
