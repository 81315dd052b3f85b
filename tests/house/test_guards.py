"""The database itself refuses to change the ledger, the log and what was agreed, on both engines."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shop.actions import disputes, leaving, orders
from shop.models import Event, Journal, Posting, guards
from tests.actions.test_deals import Stage, accepted, made_ready, paid, stage
from tests.factories import AT


@pytest.fixture
def deal(session: Session) -> Stage:
    """A deal with something in every guarded table that a deal fills."""
    on = stage(session)
    accepted(on, deposit_percent=100)
    paid(on, key="a")
    made_ready(on)
    orders.problem(session, on.inquiry, by=None, words="Retak", at=AT)
    disputes.refund_part(session, on.inquiry, 100_000, keep=True, by=on.curator, why="Retak", at=AT)
    session.commit()
    return on


def refused(session: Session, sql: str) -> None:
    with pytest.raises(IntegrityError):
        session.execute(text(sql))
    session.rollback()


def test_what_was_written_is_neither_changed_nor_removed(session: Session, deal: Stage) -> None:
    for table in ("journal", "posting", "event"):
        assert session.scalar(text(f"SELECT count(*) FROM {table}"))
        refused(session, f"UPDATE {table} SET id = id + 1000000")
        refused(session, f"DELETE FROM {table}")
    for table, columns in guards.KEPT.items():
        if not session.scalar(text(f'SELECT count(*) FROM "{table}"')):
            continue
        refused(session, f'DELETE FROM "{table}"')
        for column in columns:
            if column.endswith("_idr") or column in ("number", "position", "quantity", "lead_time_days"):
                refused(session, f'UPDATE "{table}" SET {column} = {column} + 1')


def test_what_a_deal_needs_to_change_can_change(session: Session, deal: Stage) -> None:
    session.execute(text("""UPDATE "order" SET address = '{}', problem = '', nudged_at = NULL"""))
    session.execute(text("UPDATE payment SET asked_provider_at = created_at"))
    session.execute(text("UPDATE quote SET superseded_at = sent_at, accepted_at = NULL"))
    session.commit()


def test_a_journal_that_does_not_sum_to_nothing_is_never_committed(session: Session) -> None:
    for amounts in ([5, -4], [5], []):
        journal = Journal(key=f"x{amounts}", kind="payment", at=AT)
        journal.postings = [Posting(account="bank", amount_idr=amount, at=AT) for amount in amounts]
        session.add(journal)
        with pytest.raises(IntegrityError):
            session.commit()
        session.rollback()
    assert session.scalars(select(Journal)).all() == []


def test_nothing_is_added_to_a_journal_that_would_turn_it_over(session: Session, deal: Stage) -> None:
    journal = session.scalars(select(Journal)).first()
    assert journal is not None
    session.add(Posting(journal_id=journal.id, account="bank", amount_idr=1, at=AT))
    with pytest.raises(IntegrityError):
        session.commit()


def test_a_deleted_account_leaves_the_ledger_and_takes_the_name(session: Session, deal: Stage) -> None:
    buyer = deal.chair
    deal.inquiry.buyer_id = buyer.id
    session.flush()
    before = session.scalars(select(Event.id)).all()
    leaving.forget(session, buyer, at=AT)
    session.commit()
    assert (deal.inquiry.buyer_name, buyer.name) == (leaving.NOBODY, leaving.NOBODY)
    assert set(before) < set(session.scalars(select(Event.id)).all())


def test_every_guard_is_up_and_a_fallen_one_is_named(session: Session) -> None:
    connection = session.connection()
    assert guards.missing(connection) == []
    with guards.lifted(connection):
        assert len(guards.missing(connection)) == len(guards.names())
    assert guards.missing(connection) == []
    session.rollback()
