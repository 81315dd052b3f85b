"""Every step of the deal tells the person whose turn it is: each row of the table, taken for real."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions import disputes, inquiries, orders, quotes
from shop.actions.quote_rows import Delivery
from shop.domain.deal import DEAL_STEPS, DealStatus
from shop.domain.roles import Actor
from shop.models import Notice, Order, Quote, StaffTask
from tests import factories
from tests.actions.clocks import keep_orders_moving
from tests.actions.test_deals import AT, Stage, accepted, made_ready, offer_for, paid, stage

S = DealStatus
LATER = AT + timedelta(days=400)
BUYER, MAKER, STAFF = "buyer", "producer", "staff"


def quoted(on: Stage) -> Quote:
    return quotes.send_quote(on.session, on.inquiry, offer_for(on.listing), by=on.chair, form_key="q1", at=AT)


def shipped(on: Stage) -> None:
    REACH[S.TO_SHIP](on)
    orders.ship(on.session, on.inquiry, courier="JNE", tracking_number="T1", by=on.chair, at=AT)


def completed(on: Stage) -> None:
    shipped(on)
    orders.receive(on.session, on.inquiry, actor=Actor.BUYER, by=None, at=AT)


def _then(first: Callable[[Stage], object], *more: Callable[[Stage], object]) -> Callable[[Stage], None]:
    def reach(on: Stage) -> None:
        for do in (first, *more):
            do(on)

    return reach


def problem(on: Stage) -> None:
    orders.problem(on.session, on.inquiry, by=None, words="Retak", at=AT)


REACH: dict[DealStatus, Callable[[Stage], object]] = {
    S.ASKED: lambda on: None,
    S.QUOTED: quoted,
    S.COUNTERED: _then(quoted, lambda on: quotes.counter(on.session, on.inquiry, by=None, words="DP 30%", at=AT)),
    S.DEPOSIT_DUE: accepted,
    S.IN_PRODUCTION: _then(accepted, lambda on: paid(on, key="a")),
    S.BALANCE_DUE: _then(accepted, lambda on: paid(on, key="a"), made_ready),
    S.TO_SHIP: _then(accepted, lambda on: paid(on, key="a"), made_ready, lambda on: paid(on, key="b")),
    S.SHIPPED: shipped,
    S.COMPLETED: completed,
    S.DISPUTED: _then(accepted, lambda on: paid(on, key="a"), problem),
}  # fmt: skip


def photo(on: Stage) -> dict[str, object]:
    return {"by": on.chair, "note": "", "at": AT}


def tick(on: Stage) -> None:
    on.session.flush()
    keep_orders_moving(on.session, at=LATER)


def lapse(on: Stage) -> None:
    if on.session.scalar(select(Order)) is None:
        inquiries.lapse(on.session, on.inquiry, at=LATER)
    else:
        tick(on)


def accept(on: Stage) -> None:
    quote = on.session.scalars(select(Quote)).one()
    quotes.accept(on.session, on.inquiry, quote, delivery=Delivery(), by=None, at=AT)


def receive(on: Stage) -> None:
    orders.receive(on.session, on.inquiry, actor=Actor.BUYER, by=None, at=AT)


TAKE: dict[str, Callable[[Stage], object]] = {
    "quote": lambda on: quotes.send_quote(
        on.session, on.inquiry, offer_for(on.listing), by=on.chair, form_key="q2", at=AT
    ),
    "decline": lambda on: inquiries.decline(on.session, on.inquiry, by=on.chair, reason="", at=AT),
    "withdraw": lambda on: inquiries.withdraw(on.session, on.inquiry, by=None, reason="", at=AT),
    "lapse": lapse,
    "counter": lambda on: quotes.counter(on.session, on.inquiry, by=None, words="DP 30%", at=AT),
    "ask_again": lambda on: quotes.ask_again(on.session, on.inquiry, by=None, at=AT),
    "sold": lambda on: quotes.sell_elsewhere(on.session, [on.listing], at=AT),
    "accept": accept,
    "deposit_paid": lambda on: paid(on, key="a"),
    "cancel": lambda on: orders.cancel(on.session, on.inquiry, actor=Actor.BUYER, by=None, why="", at=AT),
    "progress": lambda on: orders.show_progress(
        on.session, on.inquiry, factories.photo(on.session, on.producer), **photo(on)
    ),
    "ready": made_ready,
    "balance_paid": lambda on: paid(on, key="b"),
    "overdue": tick,
    "ship": lambda on: orders.ship(
        on.session, on.inquiry, courier="JNE", tracking_number="T1", by=on.chair, at=AT
    ),
    "pick_up": lambda on: orders.hand_over(on.session, on.inquiry, by=on.chair, at=AT),
    "receive": receive,
    "problem": problem,
    "cannot_deliver": lambda on: orders.cannot_deliver(on.session, on.inquiry, words="Sakit", by=on.chair, at=AT),
    "resume": lambda on: disputes.resume(on.session, on.inquiry, by=on.curator, why="Sudah", at=AT),
    "refund_part": lambda on: disputes.refund_part(
        on.session, on.inquiry, 10_000, keep=True, by=on.curator, why="Tergores", at=AT
    ),
    "refund_all": lambda on: disputes.refund_all(on.session, on.inquiry, by=on.curator, why="Retak", at=AT),
}  # fmt: skip

TOLD: dict[str, set[tuple[str, str]]] = {
    "quote": {("quote_sent", BUYER)},
    "decline": {("inquiry_declined", BUYER)},
    "withdraw": {("inquiry_withdrawn", MAKER)},
    "lapse": {("inquiry_lapsed", BUYER), ("inquiry_lapsed", MAKER)},
    "counter": {("quote_countered", MAKER)},
    "ask_again": {("quote_asked_again", MAKER)},
    "sold": {("piece_sold", BUYER)},
    "accept": {("quote_accepted", MAKER), ("deposit_wanted", BUYER)},
    "deposit_paid": {("deposit_paid", MAKER), ("payment_received", BUYER)},
    "cancel": {("order_cancelled", MAKER)},
    "progress": {("order_progress", BUYER)},
    "ready": {("order_ready", BUYER)},
    "balance_paid": {("balance_paid", MAKER), ("payment_received", BUYER)},
    "overdue": {("balance_overdue", BUYER), ("balance_missing", MAKER), ("dispute", STAFF)},
    "ship": {("order_shipped", BUYER)},
    "pick_up": {("order_picked_up", BUYER)},
    "receive": {("order_received", MAKER)},
    "problem": {("order_problem", MAKER), ("dispute", STAFF)},
    "cannot_deliver": {("order_cannot_deliver", BUYER), ("dispute", STAFF)},
    "resume": {("dispute_resumed", BUYER), ("dispute_resumed", MAKER)},
    "refund_part": {("dispute_refunded", BUYER), ("dispute_refunded", MAKER), ("refund", STAFF)},
    "refund_all": {("dispute_refunded", BUYER), ("dispute_refunded", MAKER), ("refund", STAFF)},
}
LAPSED_ORDER = {("order_cancelled", BUYER), ("order_cancelled", MAKER)}


def told(session: Session) -> set[tuple[int, str, str]]:
    notices = {(one.id, one.kind, str(one.facts["link"])) for one in session.scalars(select(Notice))}
    tasks = session.scalars(select(StaffTask).where(StaffTask.done_at.is_(None)))
    return notices | {(-one.id, one.kind, STAFF) for one in tasks}


def test_the_table_of_who_is_told_has_every_step() -> None:
    assert set(TOLD) == set(TAKE) == {step for _, step in DEAL_STEPS}
    assert set(REACH) == {status for status, _ in DEAL_STEPS}


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_every_step_tells_whose_turn_it_is(session: Session) -> None:
    wrong = []
    for status, step in DEAL_STEPS:
        on = stage(session, **({"availability": "one_of_a_kind", "stock": 1} if step == "sold" else {}))
        REACH[status](on)
        before = told(session)
        TAKE[step](on)
        new = {(kind, side) for _, kind, side in told(session) - before}
        wanted = LAPSED_ORDER if (status, step) == (S.DEPOSIT_DUE, "lapse") else TOLD[step]
        if new != wanted:
            wrong.append(f"{status} {step}: {sorted(new)} instead of {sorted(wanted)}")
        session.rollback()
    assert not wrong, "\n".join(wrong)


def test_an_order_that_counts_as_received_tells_both(session: Session) -> None:
    on = stage(session)
    shipped(on)
    before = told(session)
    tick(on)
    new = {(kind, side) for _, kind, side in told(session) - before}
    assert new == {("order_received", MAKER), ("order_counted_received", BUYER)}


def test_who_acts_by_a_link_leaves_the_message_to_the_gallery(session: Session) -> None:
    """The buyer has no e-mail; the maker is signed in nowhere, so nothing would show her the message."""
    on = stage(session)
    quoted(on)
    (notice,) = session.scalars(select(Notice).where(Notice.kind == "quote_sent"))
    assert (notice.channel, notice.hand_over_by_id) == ("whatsapp", None)
    factories.sign_in(session, on.chair)
    TAKE["quote"](on)
    notice = session.scalars(
        select(Notice).where(Notice.kind == "quote_sent").order_by(Notice.id.desc())
    ).first()
    assert notice is not None and notice.hand_over_by_id == on.chair.id
