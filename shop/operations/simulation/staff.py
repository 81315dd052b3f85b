"""Staff: they find money in the bank statement, settle disputes, give back what is too much, pay makers out."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.actions import disputes, payments, payouts, refunds
from shop.actions.deals import lock
from shop.database import reading
from shop.domain.deal import DealStatus
from shop.domain.payment import STANDING
from shop.extensions import db
from shop.models import Order, Payment, Payout, Producer, StatementLine
from shop.operations.simulation.desk import Desk
from shop.operations.simulation.hand import deal
from shop.operations.simulation.stage import renew_single_pieces
from shop.queries.ledger import advanced_idr, held_idr, payable_idr


class Staff(Desk):
    def act(self, _deals: int) -> bool:
        choice = self.pick(
            (45, "book"), (15, "settle"), (20, "task"), (8, "pay out"), (6, "advance"), (6, "renew")
        )
        steps = {"book": self._book, "settle": self._settle, "task": self.do_task, "pay out": self._pay_out}
        if choice == "renew":
            return self.press("renew", lambda session: renew_single_pieces(session, at=self.world.now()))
        return steps.get(choice, self._advance)()

    def _book(self) -> bool:
        """Money seen at the bank before its list came. Two of the staff may take the same; its name makes it one
        arrival. What is in the list already is decided there.
        """
        lines = [
            (room, name, told)
            for room in ("bank", "qris")
            for name, told in self.world.all(room)
            if self.world.read("booked", f"{room}-{name}") is None
        ]
        if not lines:
            return False
        room, name, told = self.chance.choice(lines)
        with reading():
            seen = db.session.get_one(Payment, told["payment"]).seen
            db.session.rollback()

        def act(session: Session) -> None:
            payment = session.get_one(Payment, told["payment"])
            lock(session, payment.order.inquiry)
            if _in_a_list(session, room, name) or (room == "qris" and payment.status not in STANDING):
                return
            arrived, by = told["amount"], self.me(session)
            payments.take(
                session,
                payment,
                received_idr=arrived,
                key=f"{room}:{name}",
                by=by,
                at=self.world.now(),
                seen=seen,
            )

        if self.press("book by hand", act):
            self.world.write_once("booked", f"{room}-{name}", {})
        return True

    def _settle(self) -> bool:
        found = self.some_deal([DealStatus.DISPUTED])
        if found is None:
            return False
        choice = self.pick((35, "resume"), (35, "part"), (30, "all"))
        keep, share = self.chance.random() < 0.5, self.chance.random()

        def act(session: Session) -> None:
            inquiry, by, at = deal(session, found[0]), self.me(session), self.world.now()
            if choice == "resume":
                disputes.resume(session, inquiry, by=by, why="Sepakat", at=at)
                return
            order = session.scalars(select(Order).where(Order.inquiry_id == inquiry.id)).one()
            part = int(refunds.refundable_idr(session, order) * share)
            if choice == "all" or part == 0:
                disputes.refund_all(session, inquiry, by=by, why="Tidak jadi", at=at)
            else:
                disputes.refund_part(session, inquiry, part, keep=keep, by=by, why="Cacat", at=at)

        return self.press(f"settle: {choice}", act)

    def _pay_out(self) -> bool:
        producer_id = self.chance.choice(sorted(self.stage.makers))

        def act(session: Session) -> None:
            at, producer = self.world.now(), session.get_one(Producer, producer_id)
            count = session.scalar(select(func.count()).where(Payout.producer_id == producer_id)) or 0
            amount = payable_idr(session, producer_id, at=at)
            payouts.pay(
                session,
                producer,
                amount,
                bank_reference=f"SIM-{producer_id}-{count}",
                by=self.me(session),
                at=at,
            )

        return self.press("pay out", act)

    def _advance(self) -> bool:
        found = self.some_deal([DealStatus.IN_PRODUCTION])
        if found is None:
            return False

        def act(session: Session) -> None:
            order = session.scalars(select(Order).where(Order.inquiry_id == found[0])).one()
            most = held_idr(session, order) - advanced_idr(session, order)
            payouts.release_advance(
                session, order, max(1, most // 2), by=self.me(session), why="Bahan", at=self.world.now()
            )

        return self.press("advance", act)


def _in_a_list(session: Session, room: str, name: str) -> bool:
    """Whether the bank's list with this line was taken in."""
    column = StatementLine.words if room == "bank" else StatementLine.reference
    return session.scalar(select(StatementLine.id).where(column == name)) is not None
