"""Hypothesis plays deals step by step, right and wrong, and holds each against a small model of its own.

The model knows the table of product.md (the one of tests/domain/test_deal.py) and a purse; it knows nothing of the
actions. `SHOP_EXAMPLES=500` plays for as long as one likes.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.actions import disputes, inquiries, orders, payments, payouts, proofs, quotes, refunds
from shop.actions.quote_rows import Delivery, Offered
from shop.actions.stock import SoldOut
from shop.domain.errors import ShopError, WrongInput, WrongState
from shop.domain.payment import STANDING, Method
from shop.domain.roles import Actor
from shop.models import Inquiry, Order, Payment, Payout, Posting, Quote, Refund
from shop.operations import money_check
from shop.queries.deals import standing_quote
from shop.queries.ledger import advanced_idr, debt_idr, held_idr, owed_idr, payable_idr, surplus_idr
from tests import factories
from tests.actions.clocks import keep_orders_moving
from tests.actions.test_deals import offer_for, stage
from tests.domain.test_deal import MAY
from tests.factories import AT

BOUNDED = settings(
    max_examples=int(os.environ.get("SHOP_EXAMPLES", "8")),
    stateful_step_count=15,
    deadline=None,
    derandomize="SHOP_EXAMPLES" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
BEFORE_AN_ORDER = {"asked", "quoted", "countered", "declined", "withdrawn"}


class DealMachine(RuleBasedStateMachine):
    """One deal of a thing made to order, and all its money."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    @initialize(percent=st.sampled_from([30, 50, 100]), ahead=st.integers(0, 7))
    def begin(self, percent: int, ahead: int) -> None:
        self.on, self.at, self.percent = stage(self.session), AT, percent
        self.inquiry, self.status = self.on.inquiry, "asked"
        self.came = self.back = self.out = self.keys = 0  # the purse, in rupiah; the last a counter
        for _ in range(ahead):
            self.forward()

    @rule()
    def forward(self) -> None:
        """What most deals do next, so that all states are seen."""
        match self.status:
            case "asked" | "countered":
                self._quote(7)
            case "quoted":
                self._accept()
            case "deposit_due" | "balance_due":
                self._pay(Method.TRANSFER)
            case "in_production":
                self._go_on("ready")
            case "to_ship":
                self._go_on("ship")
            case "shipped":
                self._go_on("receive")

    def teardown(self) -> None:
        self.session.rollback()

    # -- what the model knows ---------------------------------------------------------------

    def step(
        self, name: str, who: Actor, act: Callable[[], object], *, guards: type[ShopError] | tuple[()] = ()
    ) -> bool:
        """Taken where the table allows it (unless a named guard speaks), refused in every other state."""
        may = MAY.get((self.status, name, who))
        try:
            with self.session.begin_nested():
                act()
        except ShopError as refusal:
            expected = may is None or (guards and isinstance(refusal, guards))
        else:
            expected = None
        if expected is not None:
            self.session.refresh(self.inquiry)
            assert expected, (self.status, name)
            return False
        assert may is not None, (self.status, name)
        assert self.inquiry.status in [target.value for target in may]
        self.status = self.inquiry.status
        return True

    @property
    def order(self) -> Order | None:
        return self.session.scalar(select(Order).where(Order.inquiry_id == self.inquiry.id))

    # -- words -------------------------------------------------------------------------------

    @rule(days=st.integers(1, 60))
    def quote(self, days: int) -> None:
        self._quote(days)

    def _quote(self, days: int) -> None:
        self.keys += 1
        offer = offer_for(
            self.on.listing, deposit_percent=self.percent, valid_until=self.at + timedelta(days=days)
        )
        self.step("quote", Actor.PRODUCER, lambda: quotes.send_quote(
            self.session, self.inquiry, offer, by=self.on.chair, form_key=f"k{self.keys}", at=self.at
        ))  # fmt: skip

    @rule(what=st.sampled_from(["counter", "ask_again", "withdraw", "decline"]))
    def answer(self, what: str) -> None:
        session, inquiry, at = self.session, self.inquiry, self.at
        acts: dict[str, tuple[Actor, Callable[[], object]]] = {
            "counter": (Actor.BUYER, lambda: quotes.counter(session, inquiry, by=None, words="", at=at)),
            "ask_again": (Actor.BUYER, lambda: quotes.ask_again(session, inquiry, by=None, at=at)),
            "withdraw": (
                Actor.BUYER,
                lambda: inquiries.withdraw(session, inquiry, by=None, reason="", at=at),
            ),
            "decline": (
                Actor.PRODUCER,
                lambda: inquiries.decline(session, inquiry, by=self.on.chair, reason="", at=at),
            ),
        }
        if what in ("withdraw", "decline", "counter") and self.status == "quoted" and self.keys % 2:
            return  # else hardly any deal would come to be
        self.step(what, *acts[what])

    @rule()
    def accept(self) -> None:
        self._accept()

    def _accept(self) -> None:
        quote = standing_quote(self.session, self.inquiry)
        if quote is None or quote.accepted_at is not None:
            return
        late = self.at > quote.valid_until
        taken = self.step("accept", Actor.BUYER, lambda: quotes.accept(
            self.session, self.inquiry, quote, delivery=Delivery(pick_up=True), by=None, at=self.at
        ), guards=ShopError if late else ())  # fmt: skip
        assert not (taken and late)

    # -- money -------------------------------------------------------------------------------

    @rule(method=st.sampled_from([Method.TRANSFER, Method.STRIPE, Method.QRIS]), extra=st.sampled_from([0, 0, 0, -700, 900]),
          times=st.integers(1, 2), slip=st.booleans())  # fmt: skip
    def pay(self, method: Method, extra: int, times: int, slip: bool) -> None:
        """What is asked for, or less, or more, or twice."""
        self._pay(method, extra, times, slip)

    def _pay(self, method: Method, extra: int = 0, times: int = 1, slip: bool = False) -> None:
        if self.order is None:
            return
        due = self.status in ("deposit_due", "in_production", "balance_due")
        try:
            payment = payments.begin(self.session, self.inquiry, method, account=self.on.account, at=self.at)
        except ShopError:
            enough = held_idr(self.session, self.order) >= self.order.total_idr
            assert not due or enough
            return
        assert due
        if slip:
            proofs.send(self.session, payment, factories.photo(self.session), at=self.at)
        for _ in range(times):
            self.keys += 1
            self._arrive(payment, payment.total_idr + extra)

    @rule(data=st.data())
    def late(self, data: st.DataObject) -> None:
        """Money for any payment there ever was, long over or not."""
        known = self.session.scalars(select(Payment).order_by(Payment.id)).all()
        if known:
            payment = data.draw(st.sampled_from(known))
            self._arrive(payment, payment.total_idr)

    def _arrive(self, payment: Payment, amount: int) -> None:
        amount = max(1, amount)
        key = f"arrival-{self.keys}-{self.came}"
        for _ in range(2):  # every arrival is told of twice
            payments.take(self.session, payment, received_idr=amount, key=key, by=self.on.curator, at=self.at)
        self.came += amount
        moved = {"deposit_due": {"in_production", "to_ship"}, "balance_due": {"to_ship"}}
        assert self.inquiry.status == self.status or self.inquiry.status in moved.get(self.status, set())
        self.status = self.inquiry.status

    @rule()
    def give_back_surplus(self) -> None:
        order = self.order
        if order is None or not surplus_idr(self.session, order):
            return
        self.keys += 1
        amount = surplus_idr(self.session, order)
        refunds.decide(
            self.session,
            order,
            amount,
            why="",
            key=f"s{self.keys}",
            by=self.on.curator,
            at=self.at,
            from_surplus=True,
        )
        with pytest.raises(WrongInput):
            refunds.decide(
                self.session,
                order,
                1,
                why="",
                key=f"t{self.keys}",
                by=self.on.curator,
                at=self.at,
                from_surplus=True,
            )
        self.back += amount

    @rule()
    def pay_out(self) -> None:
        self.keys += 1
        most = payable_idr(self.session, self.on.producer.id, at=self.at)
        with pytest.raises(WrongInput), self.session.begin_nested():
            self._payout(most + 1)
        net = max(0, most - max(0, debt_idr(self.session, self.on.producer.id)))
        if net > 0:
            self._payout(net)
            self._payout(net)  # pressed twice
            self.out += net

    def _payout(self, amount: int) -> Payout:
        return payouts.pay(
            self.session,
            self.on.producer,
            amount,
            bank_reference=f"N{self.keys}",
            by=self.on.curator,
            at=self.at,
        )

    @rule(share=st.floats(0.1, 1.5))
    def advance(self, share: float) -> None:
        order = self.order
        if order is None or self.status not in ("in_production", "balance_due", "to_ship"):
            return
        left = held_idr(self.session, order) - advanced_idr(self.session, order)
        amount = max(1, int(left * share))
        self.keys += 1
        key = f"advance-{self.keys}"
        try:
            with self.session.begin_nested():
                payouts.release_advance(
                    self.session, order, amount, by=self.on.curator, why="", at=self.at, key=key
                )
        except WrongInput:
            assert amount > left
        else:
            assert amount <= left

    # -- work --------------------------------------------------------------------------------

    @rule(
        what=st.sampled_from(
            ["progress", "ready", "ship", "pick_up", "receive", "cancel", "cannot_deliver", "problem"]
        )
    )
    def go_on(self, what: str) -> None:
        if what in ("cancel", "cannot_deliver", "problem") and self.keys % 2:
            return  # else hardly any order would be delivered
        self._go_on(what)

    def _go_on(self, what: str) -> None:
        session, inquiry, at, by = self.session, self.inquiry, self.at, self.on.chair
        if self.order is None:
            return
        photo = factories.photo(session, self.on.producer)
        acts: dict[str, tuple[Actor, Callable[[], object]]] = {
            "progress": (Actor.PRODUCER, lambda: orders.show_progress(session, inquiry, photo, by=by, note="", at=at)),
            "ready": (Actor.PRODUCER, lambda: orders.ready(session, inquiry, photo, by=by, note="", at=at)),
            "ship": (Actor.PRODUCER, lambda: orders.ship(
                session, inquiry, courier="JNE", tracking_number="T", by=by, at=at)),
            "pick_up": (Actor.PRODUCER, lambda: orders.hand_over(session, inquiry, by=by, at=at)),
            "receive": (Actor.BUYER, lambda: orders.receive(session, inquiry, actor=Actor.BUYER, by=None, at=at)),
            "cancel": (Actor.BUYER, lambda: orders.cancel(
                session, inquiry, actor=Actor.BUYER, by=None, why="", at=at)),
            "cannot_deliver": (Actor.PRODUCER, lambda: orders.cannot_deliver(
                session, inquiry, by=by, words="", at=at)),
            "problem": (Actor.BUYER, lambda: orders.problem(session, inquiry, by=None, words="", at=at)),
        }  # fmt: skip
        over = self.status == "completed" and what == "problem"  # seven days
        self.step(what, *acts[what], guards=WrongState if over else ())

    @rule(
        what=st.sampled_from(["resume", "refund_part", "refund_all"]),
        share=st.floats(0.01, 1),
        keep=st.booleans(),
    )
    def settle(self, what: str, share: float, keep: bool) -> None:
        order = self.order
        if order is None:
            return
        session, inquiry, at, by = self.session, self.inquiry, self.at, self.on.curator
        most = refunds.refundable_idr(session, order)
        if what != "resume" and most < 1:
            return
        amount = most if what == "refund_all" else max(1, int(most * share))
        acts: dict[str, Callable[[], object]] = {
            "resume": lambda: disputes.resume(session, inquiry, by=by, why="", at=at),
            "refund_part": lambda: disputes.refund_part(
                session, inquiry, amount, keep=keep, by=by, why="", at=at
            ),
            "refund_all": lambda: disputes.refund_all(session, inquiry, by=by, why="", at=at),
        }
        if self.step(what, Actor.CURATOR, acts[what]) and what != "resume":
            self.back += amount

    @rule(days=st.sampled_from([1, 3, 8, 15, 60]))
    def time_passes(self, days: int) -> None:
        self.at += timedelta(days=days)
        keep_orders_moving(self.session, at=self.at)
        by_itself = [name for status, name, who in MAY if status == self.status and who == Actor.SYSTEM]
        reached = {target.value for name in by_itself for target in MAY[self.status, name, Actor.SYSTEM]}
        assert self.inquiry.status in reached | {self.status}
        self.status = self.inquiry.status

    # -- what is always so -------------------------------------------------------------------

    @invariant()
    def nothing_appears_and_nothing_is_lost(self) -> None:
        if not hasattr(self, "on"):
            return
        session, producer_id = self.session, self.on.producer.id
        assert not session.scalar(select(func.coalesce(func.sum(Posting.amount_idr), 0)))
        order = self.order
        held = held_idr(session, order) if order else 0
        kept = surplus_idr(session, order) if order else 0
        early = advanced_idr(session, order) if order else 0
        owed, debt = owed_idr(session, producer_id), debt_idr(session, producer_id)
        assert min(held, kept, early, owed, debt) >= 0
        assert early <= held
        assert self.came - self.back - self.out == held + kept + owed - early - debt
        assert self.back <= self.came
        assert session.scalar(select(func.coalesce(func.sum(Refund.amount_idr), 0))) == self.back
        if self.status in ("cancelled", "lapsed", "refunded", "completed") and order:
            assert held == 0

    @invariant()
    def the_check_finds_nothing(self) -> None:
        if hasattr(self, "on"):
            self.session.flush()
            for look in MONEY:
                assert list(look(self.session.connection())) == []
            standing = select(func.count()).select_from(Payment).where(Payment.status.in_(STANDING))
            assert (self.session.scalar(standing) or 0) <= 1
            assert (self.order is None) == (self.status in BEFORE_AN_ORDER or not self._accepted())

    def _accepted(self) -> bool:
        return self.session.scalar(select(Quote.id).where(Quote.accepted_at.is_not(None))) is not None


MONEY = (
    money_check.journals,
    money_check.payments,
    money_check.balances,
    money_check.payouts,
    money_check.holds,
    money_check.documents,
)


class StockMachine(RuleBasedStateMachine):
    """Three pieces on a shelf and a single one, wanted by many."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    @initialize()
    def begin(self) -> None:
        self.on = stage(self.session, availability="ready", stock=3, lead_time_days=None)
        single = {"availability": "one_of_a_kind", "stock": 1, "lead_time_days": None}
        self.single = factories.published(self.session, self.on.producer, self.on.chair, **single)
        self.left = {self.on.listing.id: 3, self.single.id: 1}
        self.running: list[tuple[Inquiry, int, int]] = []
        self.keys = 0

    def teardown(self) -> None:
        self.session.rollback()

    @rule(single=st.booleans(), pieces=st.integers(1, 3))
    def order(self, single: bool, pieces: int) -> None:
        listing = self.single if single else self.on.listing
        inquiry = factories.inquiry(self.session, listing)
        self.keys += 1
        line = Offered("Karya", pieces, 1_000_000, listing.id)
        offer = offer_for(listing, lines=[line], deposit_percent=100)
        quote = quotes.send_quote(
            self.session, inquiry, offer, by=self.on.chair, form_key=f"{self.keys}", at=AT
        )
        try:
            with self.session.begin_nested():
                quotes.accept(self.session, inquiry, quote, delivery=Delivery(), by=None, at=AT)
        except SoldOut:
            assert pieces > self.left[listing.id]
            return
        self.left[listing.id] -= pieces
        self.running.append((inquiry, listing.id, pieces))

    @rule(data=st.data(), lapses=st.booleans())
    def end(self, data: st.DataObject, lapses: bool) -> None:
        """Cancelled by somebody, or all that wait lapse together."""
        if not self.running:
            return
        if lapses:
            keep_orders_moving(self.session, at=AT + timedelta(days=3))
            ended, self.running = self.running, []
        else:
            ended = [data.draw(st.sampled_from(self.running))]
            self.running.remove(ended[0])
            orders.cancel(self.session, ended[0][0], actor=Actor.BUYER, by=None, why="", at=AT)
        for _, listing_id, pieces in ended:
            self.left[listing_id] += pieces

    @rule(data=st.data())
    def pay(self, data: st.DataObject) -> None:
        if not self.running:
            return
        paid = data.draw(st.sampled_from(self.running))
        self.running.remove(paid)
        self.keys += 1
        payment = payments.begin(self.session, paid[0], Method.TRANSFER, account=self.on.account, at=AT)
        payments.take(
            self.session,
            payment,
            received_idr=payment.total_idr,
            key=f"{self.keys}",
            by=self.on.curator,
            at=AT,
        )
        assert paid[0].status == "to_ship"

    @invariant()
    def what_is_left_is_what_nobody_holds_or_bought(self) -> None:
        if hasattr(self, "on"):
            self.session.flush()
            assert {one.id: one.stock for one in (self.on.listing, self.single)} == self.left
            assert list(money_check.holds(self.session.connection())) == []


def test_whatever_happens_to_a_deal_its_state_and_its_money_are_those_of_the_model(session: Session) -> None:
    run_state_machine_as_test(lambda: DealMachine(session), settings=BOUNDED)


def test_whatever_happens_to_the_shelf_every_piece_is_somewhere_once(session: Session) -> None:
    run_state_machine_as_test(lambda: StockMachine(session), settings=BOUNDED)
