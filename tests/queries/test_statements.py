"""A producer's months equal the ledger to the rupiah, whatever happened and wherever midnight falls."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from shop.actions import ledger, payouts
from shop.domain import ledger as rules
from shop.domain.ledger import Account, JournalKind
from shop.domain.months import Month, month_of, read_month
from shop.models import Payout, Producer
from shop.queries import statements
from shop.queries.ledger import debt_idr, owed_idr
from shop.queries.statements import Balance
from tests import factories
from tests.actions.test_deals import AT, Stage, accepted, made_ready, paid, stage

ZONE = ZoneInfo("Asia/Makassar")
BEGIN = datetime(2026, 9, 28, tzinfo=UTC)


def anything(on: Stage, maker: Producer, chance: random.Random) -> None:
    """A hundred movements of a maker over some months, many in the hours around midnight."""
    for number in range(100):
        at = BEGIN + timedelta(days=chance.choice((2, 3, 33, 34, 63)), minutes=chance.randrange(2 * 24 * 60))
        amount = chance.randrange(1, 9_000_000)
        kind, lines = chance.choice(
            [
                (JournalKind.COMPLETION, rules.completion(held_idr=amount, advanced_idr=amount // 3)),
                (JournalKind.ADVANCE, rules.advance(amount_idr=amount)),
                (JournalKind.PAYOUT, rules.payout(amount_idr=amount)),
                (JournalKind.NET_DEBT, rules.net_debt(amount_idr=amount)),
                (
                    JournalKind.DEBT,
                    rules.refund(Account.BANK, amount_idr=amount, owed_by=Account.PRODUCER_DEBT),
                ),
                (JournalKind.PAYMENT, rules.payment(Account.BANK, received_idr=amount, due_idr=amount // 2)),
            ]
        )
        ledger.post(on.session, kind, lines, key=f"{maker.id}:{number}", at=at, producer_id=maker.id)


def test_the_months_of_a_maker_sum_up_to_the_ledger(session: Session) -> None:
    chance = random.Random(20261124)
    on = stage(session)
    makers = [on.producer, factories.producer(session, "Bengkel Tiga Saudara")]
    for maker in makers:
        anything(on, maker, chance)
    for maker in makers:
        standing, months = Balance(), []
        month = month_of(BEGIN, ZONE)
        while month <= Month(2026, 12):
            one = statements.statement(session, maker.id, month, ZONE)
            assert one.opening == standing, "a month opens where the one before closed"
            assert one.closing == standing + sum((m.change for m in one.movements), Balance())
            assert one.closing == statements.balance(session, maker.id, before=month.end(ZONE))
            assert all(month_of(m.at, ZONE) == month for m in one.movements)
            if one.movements:
                months.append((month, Balance(one.closing.owed_idr - standing.owed_idr,
                                              one.closing.debt_idr - standing.debt_idr)))  # fmt: skip
            standing, month = one.closing, month.after
        assert (standing.owed_idr, standing.debt_idr) == (
            owed_idr(session, maker.id),
            debt_idr(session, maker.id),
        )
        assert statements.months(session, maker.id, ZONE) == months[::-1]
    session.rollback()  # the books of this test belong to no orders


def test_midnight_of_the_council_parts_two_months(session: Session) -> None:
    on = stage(session)
    turning = datetime(2026, 11, 30, 16, 0, tzinfo=UTC)
    for number, at in enumerate((turning - timedelta(microseconds=1), turning)):
        lines = rules.completion(held_idr=100 + number)
        ledger.post(
            session, JournalKind.COMPLETION, lines, key=f"{number}", at=at, producer_id=on.producer.id
        )
    november, december = (
        statements.statement(session, on.producer.id, Month(2026, n), ZONE) for n in (11, 12)
    )
    assert (november.sold_idr, december.sold_idr) == (100, 101)
    assert (november.closing.owed_idr, december.opening.owed_idr, december.closing.owed_idr) == (
        100,
        100,
        201,
    )
    session.rollback()


def test_what_was_sold_counts_advances_too(session: Session) -> None:
    from shop.actions import orders
    from shop.domain.roles import Actor

    on = stage(session)
    order = accepted(on, deposit_percent=100)
    payment = paid(on, key="a")
    payouts.release_advance(session, order, 1_000_000, by=on.curator, why="kayu", at=AT)
    made_ready(on)
    orders.ship(session, on.inquiry, courier="JNE", tracking_number="T", by=on.chair, at=AT)
    orders.receive(session, on.inquiry, actor=Actor.BUYER, by=None, at=AT)
    payouts.pay(session, on.producer, 1_000_000, bank_reference="NTT-1", by=on.curator, at=AT)
    one = statements.statement(session, on.producer.id, Month(2026, 11), ZONE)
    assert (one.sold_idr, one.sold, one.paid_out_idr) == (payment.total_idr, 1, 1_000_000)
    assert [m.change.net_idr for m in one.movements] == [1_000_000, payment.total_idr - 1_000_000, -1_000_000]
    assert [m.bank_reference for m in one.movements] == ["", "", "NTT-1"]
    assert one.movements[0].code == on.inquiry.code
    assert session.query(Payout).count() == 1


def test_months_follow_each_other() -> None:
    assert Month(2026, 12).after == Month(2027, 1)
    assert Month(2027, 1).before == Month(2026, 12)
    assert str(read_month("2026-02")) == "2026-02"
    assert [read_month(text) for text in ("2026-13", "2026-2", "26-02", "2026-02-01", "")] == [None] * 5
