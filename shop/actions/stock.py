"""Pieces held for orders. A hold takes them out of stock at once, so that the last piece is sold once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shop.actions.catalogue import refresh
from shop.actions.locking import hold_row
from shop.domain.errors import WrongState
from shop.domain.listing import Availability
from shop.domain.words import N_
from shop.models import Listing, Order, StockHold


class SoldOut(WrongState):
    """Somebody was faster; nothing of this order was held."""

    sentence = N_("%(title)s baru saja terjual. Minta dibuatkan serupa, atau pilih karya lain.")


def hold(session: Session, order: Order, *, until: datetime | None, at: datetime) -> None:
    """Every piece of the order that stands ready, or none of them. Raises SoldOut.

    Listings are taken in the order of their ids, so that two orders never wait for each other.
    """
    for line in sorted(order.lines, key=lambda line: line.listing_id or 0):
        if line.listing_id is None:
            continue
        listing = session.get_one(Listing, line.listing_id)
        if listing.availability != Availability.MADE_TO_ORDER:
            _take(session, order, listing, line.quantity, until=until, at=at)


def release(session: Session, order: Order, *, at: datetime) -> None:
    """What the order held goes back on sale: of a single piece no more than the one there is.

    Every work is locked before the first changes: whoever changes one has the catalogue's turn, and must not wait for
    a work then whose buyer waits for the turn.
    """
    all_held = _held(session, order)
    for held in all_held:
        hold_row(session, held.listing)
    for held in all_held:
        held.released_at = at
        single = held.listing.availability == Availability.ONE_OF_A_KIND
        back = min(held.quantity, 1 - held.listing.stock) if single else held.quantity
        if back > 0:
            _change(session, held.listing, back, at=at)


def keep(session: Session, order: Order, *, at: datetime) -> list[Listing]:
    """What the order held is sold for good; the listings that have no piece left."""
    gone = []
    for held in _held(session, order):
        held.kept_at = at
        session.refresh(held.listing, ["stock"])
        if held.listing.stock == 0:
            gone.append(held.listing)
    session.flush()
    return gone


def _take(
    session: Session, order: Order, listing: Listing, quantity: int, *, until: datetime | None, at: datetime
) -> None:
    if not _change(session, listing, -quantity, at=at):
        title = next(line.title for line in order.lines if line.listing_id == listing.id)
        raise SoldOut(status="sold", step="hold", title=title)
    session.add(StockHold(listing_id=listing.id, order_id=order.id, quantity=quantity, until=until))
    session.flush()


def _change(session: Session, listing: Listing, by: int, *, at: datetime) -> bool:
    """Stock goes up or down in one statement that cannot pass below nothing; whether it did."""
    taken = session.execute(
        update(Listing)
        .where(Listing.id == listing.id, Listing.stock + by >= 0)
        .values(stock=Listing.stock + by, version=Listing.version + 1, changed_at=at)
        .execution_options(synchronize_session=False)
    )
    session.refresh(listing)
    if taken.rowcount:  # type: ignore[attr-defined]
        refresh(session, listing)
    return bool(taken.rowcount)  # type: ignore[attr-defined]


def _held(session: Session, order: Order) -> list[StockHold]:
    query = (
        select(StockHold)
        .where(StockHold.order_id == order.id, StockHold.released_at.is_(None), StockHold.kept_at.is_(None))
        .order_by(StockHold.listing_id)
    )
    return list(session.scalars(query))
