"""Keeps what buyers can find: one entry for every listing that is published by a verified producer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from shop.actions import tallies
from shop.actions.changes import maker, say_changed, take_turn
from shop.actions.entries import Entry, entries
from shop.actions.maker_entries import refresh_makers
from shop.domain.listing import Status
from shop.models import CatalogueEntry, Listing, Producer
from shop.search import index

BATCH = 200


def refresh(session: Session, listing: Listing) -> None:
    """Write, rewrite or remove the listing's entry so that it says what is true in this transaction."""
    session.flush()
    take_turn(session)
    rewrite(session, [listing.id])


def refresh_producer(session: Session, producer: Producer) -> None:
    """The same for all works of a producer: verified, suspended, renamed or moved."""
    session.flush()
    take_turn(session)
    shown = select(CatalogueEntry.listing_id).where(CatalogueEntry.producer_id == producer.id)
    live = select(Listing.id).where(Listing.producer_id == producer.id, Listing.status == Status.PUBLISHED)
    ids = sorted(session.scalars(shown.union(live)))
    for begin in range(0, len(ids), BATCH):
        rewrite(session, ids[begin : begin + BATCH])
    refresh_makers(session, [producer.id])
    say_changed(session, [maker(producer.id)])


def rewrite(session: Session, listing_ids: list[int]) -> None:
    """Make the entries of these listings true, with everything that is counted by them."""
    old = _written(session, listing_ids)
    new = entries(session, listing_ids)
    producers = {entry["producer_id"] for entry in (*old.values(), *new.values())}
    producers |= set(session.scalars(select(Listing.producer_id).where(Listing.id.in_(listing_ids))))
    makers = tallies.makers_of(session, producers)
    _remove(session, old.keys() - new.keys())
    _write(session, [new[listing_id] for listing_id in sorted(new.keys() - old.keys())])
    for listing_id in sorted(new.keys() & old.keys()):
        _change(session, old[listing_id], new[listing_id])
    tallies.move(session, old.values(), new.values())
    index.move(session, old.values(), new.values())
    after = tallies.makers_of(session, producers)
    after.subtract(makers)
    tallies.add_tallies(session, after)
    refresh_makers(session, sorted(producers))
    crafts = {entry["craft"] for entry in (*old.values(), *new.values())}
    say_changed(session, crafts | {maker(producer_id) for producer_id in producers})


def _written(session: Session, listing_ids: list[int]) -> dict[int, Entry]:
    table = CatalogueEntry.__table__
    rows = session.execute(select(*table.c).where(table.c.listing_id.in_(listing_ids))).mappings()
    return {row["listing_id"]: dict(row) for row in rows}


def _remove(session: Session, listing_ids: Iterable[int]) -> None:
    ids = sorted(listing_ids)
    if ids:
        session.execute(delete(CatalogueEntry).where(CatalogueEntry.listing_id.in_(ids)))


def _write(session: Session, rows: list[Entry]) -> None:
    if rows:
        session.execute(insert(CatalogueEntry), rows)


def _change(session: Session, old: Entry, new: Entry) -> None:
    changes: dict[str, Any] = {name: value for name, value in new.items() if old[name] != value}
    if changes:
        session.execute(
            update(CatalogueEntry).where(CatalogueEntry.listing_id == new["listing_id"]).values(changes)
        )
