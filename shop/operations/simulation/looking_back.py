"""Afterwards: is everything there that was acknowledged, and does the shop agree with the bank and the processor?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from sqlalchemy import Connection, FromClause, func, select

from shop.domain.ledger import Account, JournalKind
from shop.domain.payment import Method
from shop.models import Event, Journal, Listing, Payment, Posting, Refund, StockHold
from shop.operations.simulation.stage import SHELF
from shop.operations.simulation.world import World

Ack = tuple[str, int, str]
AT_ONCE = 500


def findings(connection: Connection, world: World, acks: list[Ack]) -> Iterator[str]:
    yield from _lost(connection, Event.__table__, "what", [ack for ack in acks if ack[0] == "event"])
    yield from _lost(connection, Journal.__table__, "key", [ack for ack in acks if ack[0] == "journal"])
    yield from _bank(connection, world)
    yield from _shelf(connection)
    yield from _processor(connection, world)


def _lost(connection: Connection, table: FromClause, column: str, acks: list[Ack]) -> Iterator[str]:
    """Whatever a process said after its commit is in the database, as it was said."""
    for start in range(0, len(acks), AT_ONCE):
        part = acks[start : start + AT_ONCE]
        rows = select(table.c.id, table.c[column]).where(table.c.id.in_([ack[1] for ack in part]))
        there = {row[0]: row[1] for row in connection.execute(rows)}
        for kind, number, said in part:
            if there.get(number) != said:
                yield f"acknowledged and lost: {kind} {number} ({said}), there is {there.get(number)}"


def _bank(connection: Connection, world: World) -> Iterator[str]:
    """Each sum that came to the bank is in the ledger as often as it came; nothing else is. Which payment a line is of
    can be anybody's guess where a buyer sent exactly the sum of another, so the sums are compared.
    """
    for room, method in (("bank", Method.TRANSFER), ("qris", Method.QRIS)):
        lines = Counter(told["amount"] for _, told in world.all(room))
        came = Counter(_by_key(connection, Account.BANK, (method,)).values())
        yield from _differences(f"how often the sum came by {method}: the bank", lines, came)
    kept = sum(told["fee"] for _, told in world.all("qris"))
    yield from _differences("the QRIS acquirer", {"fees": kept}, {"fees": _fees(connection)})
    sent = {int(name.removeprefix("refund-")): told["amount"] for name, told in world.all("sent")}
    done = select(Refund.id, Refund.amount_idr).join(Payment).where(Refund.done_at.is_not(None))
    done = done.where(Payment.method.in_([Method.TRANSFER.value, Method.QRIS.value]))
    yield from _differences("refunds by bank", sent, {row[0]: row[1] for row in connection.execute(done)})


def _fees(connection: Connection) -> int:
    query = select(func.coalesce(func.sum(Posting.amount_idr), 0))
    return int(connection.scalar(query.where(Posting.account == Account.FEES.value)) or 0)


def _shelf(connection: Connection) -> Iterator[str]:
    """Every piece that stood ready is on the shelf, held, or sold: none twice, none lost."""
    taken = select(func.coalesce(func.sum(StockHold.quantity), 0)).where(
        StockHold.listing_id == Listing.id, StockHold.released_at.is_(None)
    )
    query = select(Listing.id, Listing.stock + taken.correlate(Listing).scalar_subquery())
    for listing, pieces in connection.execute(query.where(Listing.availability == "ready")):
        if pieces != SHELF:
            yield f"of work {listing} {SHELF} pieces were made, {pieces} are there or sold"


def _processor(connection: Connection, world: World) -> Iterator[str]:
    """Each session that was paid there is in the ledger once, and each refund was made once."""
    paid = {}
    for name, told in world.all("sessions"):
        end = world.read("sessions", f"{name}.end")
        if end is not None and end["paid"]:
            paid[f"card:{name}"] = told["amount"]
    yield from _differences("the card processor", paid, _by_key(connection, Account.STRIPE, (Method.STRIPE,)))
    made = {f"re_{key}": told["amount"] for key, told in _refunds(world)}
    rows = select(Refund.stripe_refund_id, Refund.amount_idr).where(Refund.stripe_refund_id.is_not(None))
    yield from _differences("card refunds", made, {row[0]: row[1] for row in connection.execute(rows)})


def _refunds(world: World) -> Iterator[tuple[str, dict[str, int]]]:

    for name, told in world.all("refunds"):
        yield unquote(name), told


def _by_key(connection: Connection, account: Account, methods: tuple[Method, ...]) -> dict[str, int]:
    query = (
        select(Journal.key, func.sum(Posting.amount_idr))
        .join(Posting, Posting.journal_id == Journal.id)
        .join(Payment, Payment.id == Journal.payment_id)
        .where(
            Posting.account == account.value,
            Journal.kind.in_((JournalKind.PAYMENT.value, JournalKind.SURPLUS.value)),
            Payment.method.in_([method.value for method in methods]),
        )
        .group_by(Journal.key)
    )
    return {row[0]: int(row[1]) for row in connection.execute(query)}


def _differences(who: str, outside: Mapping[Any, int], inside: Mapping[Any, int]) -> Iterator[str]:
    for name in sorted(outside.keys() | inside.keys(), key=str):
        if outside.get(name) != inside.get(name):
            yield f"{who} says {outside.get(name)} for {name}, the shop {inside.get(name)}"
