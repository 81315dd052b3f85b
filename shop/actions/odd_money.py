"""Money that is not what was asked, led to its home: surplus used or given back, a small shortfall written off.

Each is asked for with the key of its form, so that a second press is the same movement.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from shop.actions import ledger, orders, payments, refunds, tasks
from shop.actions.deals import lock, order_of
from shop.actions.events import log
from shop.actions.payment_ends import end_with_order
from shop.actions.telling import tell_buyer
from shop.domain import ledger as rules
from shop.domain.errors import NotAllowed, WrongInput, WrongState
from shop.domain.ledger import JournalKind
from shop.domain.money import rupiah
from shop.domain.payment import WRITE_OFF_MOST_IDR
from shop.domain.roles import Actor
from shop.domain.words import N_
from shop.models import Inquiry, Order, Person
from shop.queries.ledger import held_idr, surplus_idr, written_off_idr
from shop.queries.order_money import to_send_idr
from shop.queries.reviews import belonged


class NoSurplus(WrongState):
    sentence = N_("Tidak ada kelebihan lagi pada pesanan ini.")


def use_surplus(session: Session, inquiry: Inquiry, *, key: str, by: Person, at: datetime) -> int:
    """The buyer's surplus pays what is due now, as far as it goes; how much. Never revives an order.

    What was asked for before is another sum now, so it ends; an open card session was ended before.
    Raises NoSurplus, NothingDue.
    """
    order, known = _begin(session, inquiry, key, by)
    if known:
        return 0
    _, due = payments.due_idr(session, order)
    amount = min(due, surplus_idr(session, order))
    if amount <= 0:
        raise NoSurplus(status=inquiry.status, step="use_surplus")
    lines = rules.use_surplus(amount_idr=amount)
    ledger.post(session, JournalKind.USE_SURPLUS, lines, key=key, at=at, order=order, by=by)
    end_with_order(session, order, at=at)
    _log(session, order, "surplus_used", amount, by=by, at=at)
    _settle(session, order, "used", by=by, at=at)
    orders.take_payment_in(session, order, at=at)
    return amount


def refund_surplus(
    session: Session, inquiry: Inquiry, amount_idr: int, *, why: str, key: str, by: Person, at: datetime
) -> None:
    """It goes back the way it came. Raises WrongInput when more is asked than is over."""
    order, _ = _begin(session, inquiry, key, by)
    if refunds.decided(session, key):
        return
    refunds.decide(session, order, amount_idr, why=why, key=key, by=by, at=at, from_surplus=True)
    _settle(session, order, "refunded", by=by, at=at)
    facts = {"amount_idr": amount_idr, "reason": why, "by_bank": to_send_idr(session, order) > 0}
    tell_buyer(session, inquiry, "surplus_refunded", at=at, by=by, facts=facts)


def write_off(session: Session, inquiry: Inquiry, *, why: str, key: str, by: Person, at: datetime) -> int:
    """A small shortfall is waived by an administrator, and the order goes on; how much.

    Raises NotAllowed, NothingDue, WrongInput above the limit or where nothing was paid.
    """
    if not by.is_administrator:
        raise NotAllowed
    order, known = _begin(session, inquiry, key, by)
    if known:
        return 0
    _, missing = payments.due_idr(session, order)
    if missing > WRITE_OFF_MOST_IDR or held_idr(session, order) <= 0:
        most = rupiah(WRITE_OFF_MOST_IDR)
        raise WrongInput("kata", N_("Selisih yang boleh dihapus paling banyak %(most)s"), most=most)
    lines = rules.write_off(amount_idr=missing)
    ledger.post(session, JournalKind.WRITE_OFF, lines, key=key, at=at, order=order, by=by, why=why)
    end_with_order(session, order, at=at)
    _log(session, order, "written_off", missing, by=by, at=at, why=why)
    orders.take_payment_in(session, order, at=at)
    return missing


def take_back_write_off(session: Session, order: Order, *, at: datetime) -> None:
    """All money went back to the buyer: what was waived is nobody's. Called on a locked deal."""
    amount = min(written_off_idr(session, order), max(0, held_idr(session, order)))
    if amount > 0:
        lines = rules.write_off(amount_idr=-amount)
        key = f"write-off-back:{order.id}:{at.isoformat()}"
        ledger.post(session, JournalKind.WRITE_OFF, lines, key=key, at=at, order=order)


def _begin(session: Session, inquiry: Inquiry, key: str, by: Person) -> tuple[Order, bool]:
    """The order of the locked deal, and whether this very movement is in the ledger. Nobody decides about money of
    a group they belong to.
    """
    if belonged(session, inquiry.producer_id, by.id):
        raise NotAllowed
    lock(session, inquiry)
    return order_of(session, inquiry), ledger.known(session, key)


def _settle(session: Session, order: Order, outcome: str, *, by: Person, at: datetime) -> None:
    """When no surplus is left, nobody has to decide about it any more."""
    if surplus_idr(session, order) > 0:
        return
    tasks.close_all(session, "surplus", order.inquiry, outcome=outcome, by=by, at=at)


def _log(
    session: Session, order: Order, what: str, amount: int, *, by: Person, at: datetime, why: str = ""
) -> None:
    facts = {"amount_idr": amount}
    log(session, what, by=by, actor=Actor.CURATOR, at=at, inquiry=order.inquiry, why=why, facts=facts)
