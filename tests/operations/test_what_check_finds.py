"""Each promise about deals and money, broken in turn by hand, with the database's own guards lifted; each is found."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from shop.actions import disputes, orders, payments, payouts
from shop.domain.payment import Method
from shop.domain.roles import Actor
from shop.extensions import db
from shop.models import guards
from shop.operations.check import PROMISES
from tests.actions.test_deals import Stage, accepted, made_ready, paid, stage
from tests.factories import AT

MONEY_AND_DEALS = list(PROMISES)[list(PROMISES).index("stock") :]
#: What is done by hand → what `flask check` says of it. `{…}` are SQL for the row at hand.
BROKEN = {
    "UPDATE posting SET amount_idr = amount_idr + 1 WHERE id = (SELECT min(id) FROM posting)": "does not balance (1 rupiah",
    "DELETE FROM posting WHERE journal_id = (SELECT min(id) FROM journal)": "does not balance (0 rupiah in 0 postings)",
    "UPDATE journal SET payment_id = NULL WHERE kind = 'payment'": "brought money in that belongs to no payment",
    "UPDATE payment SET reference = '' WHERE id = (SELECT min(id) FROM payment)": "has no reference",
    "UPDATE payment SET received_idr = received_idr + 5 WHERE received_at IS NOT NULL": "received 24",
    "UPDATE payment SET arrivals = arrivals + 1": "the ledger says",
    "UPDATE refund SET amount_idr = amount_idr + 7": "rupiah, the ledger says 100000",
    "UPDATE refund SET amount_idr = 99000000": "gave back 99000000 rupiah of",
    "UPDATE refund SET done_at = decided_at, bank_reference = ''": "nobody knows by which transfer",
    "UPDATE payout SET amount_idr = amount_idr + 1": "the ledger says",
    "UPDATE inquiry SET status = 'shipped' WHERE status = 'in_production'": "is shipped, but its log led to in_production",
    "UPDATE event SET from_status = 'asked' WHERE what = 'deposit_paid'": "begins at asked, but the step before led to",
    "UPDATE inquiry SET status = 'quoted' WHERE status = 'in_production'": "does not go with whether it has an order",
    "UPDATE quote SET superseded_at = sent_at": "is quoted, but no quote of it stands",
    'UPDATE "order" SET deposit_idr = deposit_idr - 1000': "has other terms than the quote it was accepted by",
    "UPDATE order_line SET quantity = quantity + 1": "do not come to its total",
    "UPDATE inquiry SET status = 'deposit_due' WHERE status = 'in_production'": "is deposit_due, which does not go with the 24",
    "UPDATE inquiry SET status = 'to_ship' WHERE status = 'in_production'": "is to_ship, which does not go with the 24",
    "UPDATE inquiry SET status = 'lapsed' WHERE status = 'in_production'": "is lapsed, which does not go with the 24",
    'UPDATE "order" SET promised_at = NULL': "but not since when or whence",
    "UPDATE stock_hold SET kept_at = NULL": "is paid for but only holds its piece",
    "UPDATE inquiry SET status = 'cancelled' WHERE status = 'deposit_due'": "has ended but still holds stock",
    "UPDATE staff_task SET done_at = opened_at WHERE kind = 'dispute'": "is disputed, but nobody has the task",
    "UPDATE staff_task SET done_at = opened_at WHERE kind = 'refund'": "is to be sent by bank, but nobody",
    "UPDATE staff_task SET done_at = opened_at WHERE kind = 'surplus'": "but nobody has the task",
    "UPDATE document SET number = number + 50": "are there",
    "INSERT INTO journal (key, kind, order_id, at, why) SELECT 'x', 'refund', max(id), max(accepted_at), '' FROM \"order\"":
        "does not balance (0 rupiah in 0 postings)",
}  # fmt: skip


def shop_with_deals(session: Session) -> None:
    """Orders in every kind of state: asked for, held, made, shipped, disputed, completed, part given back, too much paid."""
    _quoted(session)
    held = stage(session, availability="ready", stock=2, lead_time_days=None)
    accepted(held)
    sold = stage(session, availability="ready", stock=2, lead_time_days=None)
    accepted(sold, deposit_percent=50)
    paid(sold, key="sold")
    made = stage(session)
    accepted(made)
    twice = paid(made, key="made")
    payments.take(session, twice, received_idr=twice.total_idr, key="made again", by=made.curator, at=AT)
    disputed = stage(session)
    accepted(disputed)
    paid(disputed, Method.QRIS, key="disputed")
    orders.problem(session, disputed.inquiry, by=None, words="Lama", at=AT)
    back = _delivered(stage(session))
    orders.problem(session, back.inquiry, by=None, words="Retak", at=AT)
    disputes.refund_part(session, back.inquiry, 100_000, keep=True, by=back.curator, why="Retak", at=AT)
    done = _delivered(stage(session))
    later = AT.replace(year=AT.year + 1)
    payouts.pay(session, done.producer, 1_000_000, bank_reference="N1", by=done.curator, at=later)
    session.commit()


def _quoted(session: Session) -> None:
    from shop.actions import quotes
    from tests.actions.test_deals import offer_for

    on = stage(session)
    quotes.send_quote(session, on.inquiry, offer_for(on.listing), by=on.chair, form_key="q", at=AT)


def _delivered(on: Stage) -> Stage:
    accepted(on, deposit_percent=100)
    paid(on, key=f"all of {on.inquiry.id}")
    made_ready(on)
    orders.ship(on.session, on.inquiry, courier="JNE", tracking_number="T", by=on.chair, at=AT)
    orders.receive(on.session, on.inquiry, actor=Actor.BUYER, by=None, at=AT)
    return on


def found(connection: Connection) -> Iterator[str]:
    for promise in MONEY_AND_DEALS:
        yield from PROMISES[promise](connection)


def test_everything_that_is_broken_by_hand_is_found(app: Flask, session: Session) -> None:
    shop_with_deals(session)
    with app.app_context(), db.engine.connect() as connection:
        assert [line for line in found(connection) if "catalogue" not in line] == []
        connection.rollback()
        unseen = []
        for sql, sentence in BROKEN.items():
            guards.take_down(connection)
            changed = connection.execute(text(sql)).rowcount
            if not changed or not any(sentence in line for line in found(connection)):
                unseen.append((sql, changed, sentence, list(found(connection))[:3]))
            connection.rollback()
        assert unseen == []
        assert guards.missing(connection) == []


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_less_than_nothing_in_stock_is_found(app: Flask, session: Session) -> None:
    """Only SQLite lets a CHECK be passed over without taking the table apart."""
    stage(session)
    session.commit()
    with app.app_context(), db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        connection.exec_driver_sql("UPDATE listing SET stock = -1")
        assert any("has -1 pieces in stock" in line for line in PROMISES["stock"](connection))
        connection.rollback()
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = OFF")


def test_a_guard_that_is_gone_is_found(app: Flask, session: Session) -> None:
    with app.app_context(), db.engine.connect() as connection:
        guards.take_down(connection)
        assert len(list(PROMISES["guards"](connection))) == len(guards.names())
        connection.rollback()
