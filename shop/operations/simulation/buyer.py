"""Buyers: they ask, haggle, accept, pay by every way, wrongly, twice and late, receive, complain, or fall silent."""

from __future__ import annotations

from sqlalchemy.orm import Session

from shop.actions import asking, inquiries, orders, payments, proofs, quotes
from shop.actions.asking import Question, Wanted
from shop.actions.quote_rows import Delivery
from shop.database import reading
from shop.domain.deal import DealStatus
from shop.domain.payment import Method, PaymentStatus
from shop.domain.roles import Actor
from shop.extensions import db, the_shop
from shop.models import Listing, Payment
from shop.operations.simulation.hand import AT_ONCE, Hand, deal
from shop.operations.simulation.stage import account_of, photo
from shop.operations.simulation.world import Processor
from shop.ports import Asked
from shop.queries.deals import open_payment, standing_quote

D = DealStatus
MINE = (D.ASKED, D.QUOTED, D.COUNTERED, D.DEPOSIT_DUE, D.BALANCE_DUE, D.IN_PRODUCTION, D.SHIPPED, D.COMPLETED)
SILENT = 0.08  # how many fall silent in a state and are heard of no more


class Buyer(Hand):
    def act(self, deals: int) -> bool:
        if self.chance.random() < 0.5 and self._ask(deals):
            return True
        found = self.some_deal(MINE)
        if found is None:
            return False
        inquiry_id, status = found
        if self.temper(inquiry_id, f"silent {status}") < SILENT:
            return False
        steps = {
            D.QUOTED: self._answer,
            D.DEPOSIT_DUE: self._pay,
            D.BALANCE_DUE: self._pay,
            D.SHIPPED: self._receive,
        }
        return steps.get(status, self._idle)(inquiry_id)

    def _ask(self, deals: int) -> bool:
        """The next question, while not too many run. Two buyers may ask the same one: it is one inquiry."""
        asked, running = self.begun()
        if asked >= deals or running >= AT_ONCE:
            return False
        work_id = self.stage.works[int(self.temper(asked, "work") * len(self.stage.works))]

        def act(session: Session) -> None:
            question = Question(
                f"Pembeli {asked}", "+6281234500000", None, "id", "Kupang", wish="Berapa lama?"
            )
            wanted = [Wanted(session.get_one(Listing, work_id))]
            key = f"simulation-{self.seed}-{asked}"
            asking.ask(session, wanted, question, form_key=key, prefix="SIM", at=self.world.now())

        return self.press("ask", act)

    def _answer(self, inquiry_id: int) -> bool:
        choice = self.pick((70, "accept"), (12, "counter"), (4, "withdraw"), (4, "ask again"))

        def act(session: Session) -> None:
            inquiry, at = deal(session, inquiry_id), self.world.now()
            if choice == "counter":
                quotes.counter(session, inquiry, by=None, words="Ongkirnya bisa kurang?", at=at)
            elif choice == "withdraw":
                inquiries.withdraw(session, inquiry, by=None, reason="", at=at)
            elif choice == "ask again":
                quotes.ask_again(session, inquiry, by=None, at=at)
            else:
                quote = standing_quote(session, inquiry)
                if quote is not None:
                    quotes.accept(session, inquiry, quote, delivery=Delivery(pick_up=True), by=None, at=at)

        return self.press(choice, act)

    def _pay(self, inquiry_id: int) -> bool:
        if self.chance.random() < 0.04:
            return self.press(
                "cancel",
                lambda session: orders.cancel(
                    session,
                    deal(session, inquiry_id),
                    actor=Actor.BUYER,
                    by=None,
                    why="Batal",
                    at=self.world.now(),
                ),
            )
        method = Method(self.pick((45, Method.TRANSFER), (40, Method.STRIPE), (15, Method.QRIS)))

        def begin(session: Session) -> None:
            account = account_of(session, self.stage) if method is Method.TRANSFER else None
            payments.begin(session, deal(session, inquiry_id), method, account=account, at=self.world.now())

        if not self.press(f"pay by {method}", begin):
            return True
        with reading():
            payment = open_payment(db.session(), deal(db.session(), inquiry_id))
            facts = (payment.id, payment.reference, payment.total_idr, payment.method) if payment else None
            db.session.rollback()
        if facts is not None:
            if facts[3] == Method.STRIPE:
                self._by_card(facts[0], facts[1])
            elif facts[3] == Method.QRIS:
                self._by_qris(facts[0], facts[2])
            else:
                self._at_the_bank(facts[0], facts[2])
        return True

    def _by_card(self, payment_id: int, reference: str) -> None:
        """The row is there; the session is opened at the processor, written down, and paid or left."""
        asked = self._asked(payment_id)
        if asked is None:
            return
        processor = Processor(self.world)
        processor.open(asked)
        self.press("open session", lambda session: _write_down(session, payment_id, reference))
        if self._asked(payment_id) is None:  # its order ended during the call
            processor.expire(reference)
        if self.chance.random() < 0.9:
            processor.pay(reference)

    def _asked(self, payment_id: int) -> Asked | None:
        with reading():
            payment = db.session.get_one(Payment, payment_id)
            facts = (payment.reference, "Simulasi", payment.total_idr, payment.expires_at)
            still_open = payment.status == PaymentStatus.OPEN
            db.session.rollback()
        return Asked(*facts, "", "", "id") if still_open else None

    def _at_the_bank(self, payment_id: int, total_idr: int) -> None:
        """Money and, mostly, a slip; sometimes another sum, sometimes twice, sometimes the slip alone."""
        sum_idr = max(1, total_idr + self.chance.choice((0,) * 8 + (-1000, 50_000)))
        for line in range(self.chance.choice((0, 1, 1, 1, 1, 1, 2))):
            self._comes("bank", f"{payment_id}-{line}", payment_id, sum_idr)
        if self.chance.random() < 0.5:
            self.press("proof", lambda session: self._show_slip(session, payment_id))

    def _by_qris(self, payment_id: int, total_idr: int) -> None:
        """The amount is in the code, so it is never another one; but it can be paid twice, and not at all."""
        for line in range(self.chance.choice((0, 1, 1, 1, 1, 1, 1, 2))):
            self._comes("qris", f"{payment_id}-{line}", payment_id, total_idr)
        if self.chance.random() < 0.5:
            self.press("proof", lambda session: self._show_slip(session, payment_id))

    def _comes(self, room: str, name: str, payment_id: int, amount_idr: int) -> None:
        """A line of the bank's list, or of the acquirer's report, which keeps seven of a thousand."""
        on = self.world.now().astimezone(the_shop().council.zone)
        facts = {"payment": payment_id, "amount": amount_idr, "on": f"{on:%d/%m/%Y}"}
        self.world.write_once(room, name, facts | {"fee": amount_idr * 7 // 1000 if room == "qris" else 0})

    def _show_slip(self, session: Session, payment_id: int) -> None:
        payment, at = session.get_one(Payment, payment_id), self.world.now()
        name = f"slip-{payment_id}-{self.chance.randrange(2)}"
        unique = f"{name}-{self.chance.getrandbits(64):x}"
        slip = photo(name=unique, content=name, inquiry_id=payment.order.inquiry_id, at=at)
        session.add(slip)
        session.flush()
        proofs.send(session, payment, slip, at=at)

    def _receive(self, inquiry_id: int) -> bool:
        return self.press("receive", lambda session: orders.receive(
            session, deal(session, inquiry_id), actor=Actor.BUYER, by=None, at=self.world.now()
        ))  # fmt: skip

    def _idle(self, inquiry_id: int) -> bool:
        """Where it is somebody else's turn a buyer rarely complains or steps back."""
        if self.chance.random() > 0.03:
            return False

        def act(session: Session) -> None:
            inquiry, at = deal(session, inquiry_id), self.world.now()
            if inquiry.status in (D.ASKED, D.COUNTERED):
                inquiries.withdraw(session, inquiry, by=None, reason="", at=at)
            else:
                orders.problem(session, inquiry, by=None, words="Ada yang kurang", at=at)

        return self.press("problem", act)


def _write_down(session: Session, payment_id: int, reference: str) -> None:
    payment = session.get_one(Payment, payment_id)
    payment.stripe_session_id = payment.stripe_session_url = reference
