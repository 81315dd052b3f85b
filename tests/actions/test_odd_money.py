"""Money that is not what was asked finds its home: used, given back, waived; each press once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.actions import disputes, odd_money, orders, payments, payouts
from shop.domain.errors import NotAllowed, WrongInput
from shop.domain.payment import WRITE_OFF_MOST_IDR, Method
from shop.domain.roles import Actor
from shop.models import Notice, Order, Payment, Person, Refund
from shop.operations.check import PROMISES
from shop.queries.ledger import advanced_idr, held_idr, surplus_idr, written_off_idr
from tests import factories
from tests.actions.test_deals import Stage, accepted, ledger_is_even, paid, stage, tasks
from tests.factories import AT

#: All that `flask check` asks of money and deals.
PROMISED = [PROMISES[name] for name in list(PROMISES)[list(PROMISES).index("journals") :]]


@pytest.fixture(autouse=True)
def the_books_are_in_order(session: Session) -> Iterator[None]:
    yield
    session.flush()
    assert not [sentence for look in PROMISED for sentence in look(session.connection())]


def admin(session: Session) -> Person:
    return factories.person(session, "Ana", is_administrator=True)


def short_of(on: Stage, missing: int) -> tuple[Order, Payment]:
    """A deposit by transfer that came that much below what was due, its code not counted."""
    order = accepted(on)
    payment = payments.begin(on.session, on.inquiry, Method.TRANSFER, account=on.account, at=AT)
    sum_idr = payment.amount_idr - missing
    payments.take(on.session, payment, received_idr=sum_idr, key="a", by=on.curator, at=AT)
    return order, payment


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_transfer_that_lacks_only_its_code_has_paid(session: Session) -> None:
    on = stage(session)
    short_of(on, 0)
    assert on.inquiry.status == "in_production"
    assert "short" not in tasks(session)
    assert "payment_short" not in session.scalars(select(Notice.kind)).all()


@pytest.mark.parametrize(
    ("missing", "waived"), [(6_500, True), (WRITE_OFF_MOST_IDR, True), (WRITE_OFF_MOST_IDR + 1, False)]
)
def test_a_small_shortfall_is_waived_by_an_administrator_and_the_order_goes_on(
    session: Session, missing: int, waived: bool
) -> None:
    on = stage(session)
    order, _ = short_of(on, missing)
    assert (on.inquiry.status, "short" in tasks(session)) == ("deposit_due", True)
    with pytest.raises(NotAllowed):
        odd_money.write_off(session, on.inquiry, why="Biaya bank", key="w", by=on.curator, at=AT)
    boss = admin(session)
    if not waived:
        with pytest.raises(WrongInput):
            odd_money.write_off(session, on.inquiry, why="Biaya bank", key="w", by=boss, at=AT)
        return
    for _ in range(2):  # pressed twice
        odd_money.write_off(session, on.inquiry, why="Biaya bank", key="w", by=boss, at=AT)
    assert (written_off_idr(session, order), held_idr(session, order)) == (missing, order.deposit_idr)
    assert (on.inquiry.status, "short" in tasks(session)) == ("in_production", False)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_nothing_is_waived_where_nothing_was_paid(session: Session) -> None:
    on = stage(session)
    accepted(on)
    with pytest.raises(WrongInput):
        odd_money.write_off(session, on.inquiry, why="x", key="w", by=admin(session), at=AT)


def test_what_was_waived_is_nobodys_when_all_goes_back(session: Session) -> None:
    on = stage(session)
    order, payment = short_of(on, 6_500)
    odd_money.write_off(session, on.inquiry, why="Biaya bank", key="w", by=admin(session), at=AT)
    orders.cannot_deliver(session, on.inquiry, by=on.chair, words="Kayunya pecah", at=AT)
    disputes.refund_all(session, on.inquiry, by=on.curator, why="Tidak jadi", at=AT)
    assert session.scalar(select(func.sum(Refund.amount_idr))) == payment.received_idr
    assert (held_idr(session, order), written_off_idr(session, order)) == (0, 0)
    assert ledger_is_even(session)


def test_surplus_pays_the_balance_as_far_as_it_goes_once(session: Session) -> None:
    on = stage(session)
    order = accepted(on)
    deposit = paid(on, key="a")
    payments.take(session, deposit, received_idr=deposit.total_idr, key="again", by=on.curator, at=AT)
    asked = payments.begin(session, on.inquiry, Method.TRANSFER, account=on.account, at=AT)
    for _ in range(2):
        odd_money.use_surplus(session, on.inquiry, key="u", by=on.curator, at=AT)
    left = surplus_idr(session, order)
    assert (held_idr(session, order), asked.status) == (order.total_idr, "expired")
    assert left == 2 * deposit.total_idr - order.total_idr
    assert "surplus" in tasks(session)  # the rest waits for a decision
    with pytest.raises(payments.NothingDue):
        odd_money.use_surplus(session, on.inquiry, key="u2", by=on.curator, at=AT)
    for _ in range(2):
        odd_money.refund_surplus(session, on.inquiry, left, why="", key="s", by=on.curator, at=AT)
    assert (surplus_idr(session, order), "surplus" in tasks(session)) == (0, False)
    assert session.scalars(select(Refund.amount_idr)).all() == [left]
    with pytest.raises(WrongInput):
        odd_money.refund_surplus(session, on.inquiry, 1, why="", key="s2", by=on.curator, at=AT)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_money_after_cancelling_never_revives_the_order_but_goes_back(session: Session) -> None:
    on = stage(session)
    accepted(on)
    payment = payments.begin(session, on.inquiry, Method.TRANSFER, account=on.account, at=AT)
    orders.cancel(session, on.inquiry, actor=Actor.BUYER, by=None, why="", at=AT)
    payments.take(session, payment, received_idr=payment.total_idr, key="l", by=on.curator, at=AT)
    with pytest.raises(payments.NothingDue):
        odd_money.use_surplus(session, on.inquiry, key="u", by=on.curator, at=AT)
    odd_money.refund_surplus(session, on.inquiry, payment.total_idr, why="", key="s", by=on.curator, at=AT)
    assert on.inquiry.status == "cancelled"
    assert tasks(session) == {"refund"}


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_nobody_decides_about_money_of_their_own_group(session: Session) -> None:
    on = stage(session)
    order = accepted(on)
    deposit = paid(on, key="a")
    payments.take(session, deposit, received_idr=5_000, key="again", by=on.curator, at=AT)
    factories.member(session, on.producer, on.curator, role="assistant")
    for act in (
        lambda: odd_money.use_surplus(session, on.inquiry, key="u", by=on.curator, at=AT),
        lambda: odd_money.refund_surplus(session, on.inquiry, 5_000, why="", key="s", by=on.curator, at=AT),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert surplus_idr(session, order) == 5_000


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_an_advance_pressed_twice_is_one(session: Session) -> None:
    on = stage(session)
    order = accepted(on)
    paid(on, key="a")
    for _ in range(2):
        payouts.release_advance(session, order, 500_000, by=on.curator, why="Kayu", key="v", at=AT)
    assert advanced_idr(session, order) == 500_000
