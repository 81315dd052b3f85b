"""What waits for the staff: surplus to decide about, refunds to send, slips to look at."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.actions import odd_money, proofs, refunds, tasks
from shop.actions.deals import order_of
from shop.database import reading
from shop.domain.payment import PaymentStatus
from shop.extensions import db
from shop.models import Payment, Person, Refund, StaffTask
from shop.operations.simulation.hand import Hand, deal
from shop.queries.ledger import surplus_idr


class Desk(Hand):
    def do_task(self) -> bool:
        kinds = ("refund", "surplus", "check_proof", "short")
        with reading():
            query = select(StaffTask.id, StaffTask.kind, StaffTask.inquiry_id).where(
                StaffTask.done_at.is_(None), StaffTask.kind.in_(kinds)
            )
            found = db.session.execute(query.order_by(func.random()).limit(1)).first()
            db.session.rollback()
        if found is None:
            return False
        if found[1] == "surplus":
            return self._decide_surplus(found[2] or 0)
        act = self._send_back if found[1] == "refund" else self._seen
        return self.press(
            f"task: {found[1]}", lambda session: act(session, session.get_one(StaffTask, found[0]))
        )

    def _decide_surplus(self, inquiry_id: int) -> bool:
        """As the page of the order's money showed it: given back, or used for what is due."""
        with reading():
            amount = surplus_idr(db.session(), order_of(db.session(), deal(db.session(), inquiry_id)))
            db.session.rollback()
        key, use = f"{self.chance.getrandbits(64):x}", self.chance.random() < 0.3

        def act(session: Session) -> None:
            inquiry, by, at = deal(session, inquiry_id), self.me(session), self.world.now()
            if use:
                odd_money.use_surplus(session, inquiry, key=key, by=by, at=at)
            else:
                odd_money.refund_surplus(session, inquiry, amount, why="Kelebihan", key=key, by=by, at=at)

        return self.press("use a surplus" if use else "give a surplus back", act)

    def _send_back(self, session: Session, task: StaffTask) -> None:
        """The bank sends it, once by its name, and then it is written down."""
        refund = session.get_one(Refund, int(task.subject.split(":")[1]))
        self.world.write_once("sent", f"refund-{refund.id}", {"amount": refund.amount_idr})
        by, at = self.me(session), self.world.now()
        refunds.done(session, refund, bank_reference=f"SIM-{refund.id}", by=by, at=at)

    def _seen(self, session: Session, task: StaffTask) -> None:
        """A slip without money behind it is refused; the rest was looked at."""
        by, at = self.me(session), self.world.now()
        payment = session.get(Payment, task.payment_id) if task.payment_id else None
        if payment is not None and payment.status == PaymentStatus.UNDER_CHECK:
            proofs.refuse(session, payment, why="Tidak ada di rekening", by=by, at=at)
            return
        tasks.close_task(session, task.kind, task.subject, by=by, outcome="seen", at=at)

    def me(self, session: Session) -> Person:
        return session.get_one(Person, self.chance.choice(self.stage.staff))
