"""Staff: they find money in the bank statement, settle disputes, give back what is too much, pay makers out."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.actions import disputes, payments, payouts, proofs, refunds, tasks
from shop.actions.deals import lock, order_of
from shop.database import reading
from shop.domain.deal import DealStatus
from shop.domain.payment import STANDING, PaymentStatus
from shop.extensions import db
from shop.models import Order, Payment, Payout, Person, Producer, Refund, StaffTask, StatementLine
from shop.operations.simulation.hand import Hand, deal
from shop.operations.simulation.stage import renew_single_pieces
from shop.queries.ledger import advanced_idr, held_idr, payable_idr, surplus_idr


class Staff(Hand):
    def act(self, _deals: int) -> bool:
        choice = self.pick(
            (45, "book"), (15, "settle"), (20, "task"), (8, "pay out"), (6, "advance"), (6, "renew")
        )
        steps = {"book": self._book, "settle": self._settle, "task": self._do_task, "pay out": self._pay_out}
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
            arrived, by = told["amount"], self._me(session)
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
            inquiry, by, at = deal(session, found[0]), self._me(session), self.world.now()
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

    def _do_task(self) -> bool:
        kinds = ("refund", "surplus", "check_proof", "short")
        with reading():
            query = select(StaffTask.id, StaffTask.kind).where(
                StaffTask.done_at.is_(None), StaffTask.kind.in_(kinds)
            )
            found = db.session.execute(query.order_by(func.random()).limit(1)).first()
            db.session.rollback()
        if found is None:
            return False
        steps = {"refund": self._send_back, "surplus": self._give_back_surplus}
        act = steps.get(found[1], self._seen)
        return self.press(
            f"task: {found[1]}", lambda session: act(session, session.get_one(StaffTask, found[0]))
        )

    def _send_back(self, session: Session, task: StaffTask) -> None:
        """The bank sends it, once by its name, and then it is written down."""
        refund = session.get_one(Refund, int(task.subject.split(":")[1]))
        self.world.write_once("sent", f"refund-{refund.id}", {"amount": refund.amount_idr})
        by, at = self._me(session), self.world.now()
        refunds.done(session, refund, bank_reference=f"SIM-{refund.id}", by=by, at=at)

    def _give_back_surplus(self, session: Session, task: StaffTask) -> None:
        by, at = self._me(session), self.world.now()
        inquiry = deal(session, task.inquiry_id or 0)
        lock(session, inquiry)
        order = order_of(session, inquiry)
        amount = surplus_idr(session, order)
        if amount > 0:
            refunds.decide(
                session,
                order,
                amount,
                why="Kelebihan",
                key=f"surplus:{task.id}",
                by=by,
                at=at,
                from_surplus=True,
            )
        tasks.close_task(session, task.kind, task.subject, by=by, outcome="refunded", at=at)

    def _seen(self, session: Session, task: StaffTask) -> None:
        """A slip without money behind it is refused; the rest was looked at."""
        by, at = self._me(session), self.world.now()
        payment = session.get(Payment, task.payment_id) if task.payment_id else None
        if payment is not None and payment.status == PaymentStatus.UNDER_CHECK:
            proofs.refuse(session, payment, why="Tidak ada di rekening", by=by, at=at)
            return
        tasks.close_task(session, task.kind, task.subject, by=by, outcome="seen", at=at)

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
                by=self._me(session),
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
                session, order, max(1, most // 2), by=self._me(session), why="Bahan", at=self.world.now()
            )

        return self.press("advance", act)

    def _me(self, session: Session) -> Person:
        return session.get_one(Person, self.chance.choice(self.stage.staff))


def _in_a_list(session: Session, room: str, name: str) -> bool:
    """Whether the bank's list with this line was taken in."""
    column = StatementLine.words if room == "bank" else StatementLine.reference
    return session.scalar(select(StatementLine.id).where(column == name)) is not None
