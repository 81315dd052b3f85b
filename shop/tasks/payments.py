"""The clock of payments: sessions of orders that lapse are ended first, what ran out ends, codes become free."""

from __future__ import annotations

from flask import Flask

from shop.actions import bank_lists, refund_accounts
from shop.actions.card_notices import take_checkout
from shop.actions.order_clock import DEPOSIT_LAPSES_AFTER
from shop.actions.payment_ends import end, out_of_time, release_codes, sessions_in_the_way
from shop.extensions import db, now, the_shop
from shop.models import Payment, StatementLine
from shop.ports import Payments, PaymentsRefused, PaymentsUnreachable


def keep_payments(_app: Flask) -> bool:
    """Does what is due; whether more may wait."""
    session, at = db.session(), now()
    over = out_of_time(session, at=at)
    for payment_id in over:
        end(session, session.get_one(Payment, payment_id), at=at)
        session.commit()  # nobody holds two deals at once
    done = len(over) + release_codes(session, at=at)
    bank_lists.forget_files(session, at=at)
    refund_accounts.forget_old(session, at=at)
    session.commit()
    return done + _compare_lines() > 0


def _compare_lines() -> int:
    """Lines of a bank's list that were taken in by a process that died before it compared them."""
    session, zone, waiting = db.session(), the_shop().council.zone, bank_lists.not_looked_at(db.session())
    for line_id in waiting:
        bank_lists.compare(session, session.get_one(StatementLine, line_id), zone=zone, at=now())
        session.commit()
    return len(waiting)


def end_sessions_in_the_way() -> None:
    """Before deposits lapse: what was paid at the last moment wins, what was not can no longer be paid.

    Where the processor does not answer, the order waits until the session ends by itself, at most a day.
    """
    payments, at = the_shop().payments, now()
    if payments is None:
        return
    for payment_id, session_id in sessions_in_the_way(db.session(), due=at - DEPOSIT_LAPSES_AFTER, at=at):
        _end(payments, payment_id, session_id)


def _end(payments: Payments, payment_id: int, session_id: str) -> None:
    session = db.session()
    session.rollback()  # nothing is held while the processor is asked
    try:
        checkout = payments.expire(session_id)
    except (PaymentsUnreachable, PaymentsRefused):
        return
    take_checkout(session, session.get_one(Payment, payment_id), checkout, at=now())
    session.commit()
