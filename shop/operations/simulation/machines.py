"""What nobody presses: notices of the card processor, out of order, late, replayed or lost; and the worker's tasks."""

from __future__ import annotations

from flask import current_app
from sqlalchemy.orm import Session

from shop.actions.card_notices import take_notice
from shop.operations.simulation.hand import Hand
from shop.operations.simulation.world import Processor
from shop.tasks import orders, payments, timers

PAID = ("checkout.session.completed", "checkout.session.async_payment_succeeded")
LOST = 0.15  # notices that never come: the worker has to ask
KEPT = 0.3  # notices that come again later


class Notices(Hand):
    def act(self, _deals: int) -> bool:
        waiting = list(self.world.all("outbox"))
        if not waiting:
            return False
        name, _ = self.chance.choice(waiting)
        if self.chance.random() < LOST:
            self.world.take_away("outbox", name)
            return True
        kind = self.chance.choice(PAID)
        notice = Processor(self.world).notice(name, f"evt_{name}_{kind}", kind)

        def act(session: Session) -> None:
            take_notice(session, notice, at=self.world.now())

        if self.press("notice", act) and self.chance.random() > KEPT:
            self.world.take_away("outbox", name)
        return True


class Worker(Hand):
    """The tasks of the schedule that have to do with deals; each commits for itself."""

    def act(self, _deals: int) -> bool:
        app = current_app._get_current_object()  # type: ignore[attr-defined]
        task = self.chance.choice(
            (
                orders.keep_orders,
                orders.ask_again,
                orders.carry_refunds,
                payments.keep_payments,
                timers.keep_time,
            )
        )
        self.press(f"worker: {task.__name__}", lambda _session: task(app))
        return False
