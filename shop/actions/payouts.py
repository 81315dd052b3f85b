"""What the council owes producers, paid by bank transfer and named by the bank's reference."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions import ledger
from shop.actions.deals import lock
from shop.actions.events import log
from shop.actions.locking import hold_row
from shop.actions.notices import tell
from shop.domain import ledger as rules
from shop.domain.errors import NotAllowed, WrongInput
from shop.domain.ledger import JournalKind
from shop.domain.money import rupiah
from shop.domain.roles import Actor
from shop.domain.words import N_
from shop.models import Order, Payout, Person, Producer
from shop.queries.inquiries import who_answers
from shop.queries.ledger import advanced_idr, debt_idr, held_idr, owed_idr, payable_idr
from shop.queries.reviews import belonged


def pay(
    session: Session, producer: Producer, amount_idr: int, *, bank_reference: str, by: Person, at: datetime
) -> Payout:
    """A transfer that was made. The same bank reference is the same payout.

    Raises WrongInput above what is payable, NotAllowed for staff who are of that very group.
    """
    if belonged(session, producer.id, by.id):
        raise NotAllowed
    hold_row(session, producer)
    known = session.scalar(select(Payout).where(Payout.bank_reference == bank_reference))
    if known is not None:
        if (known.producer_id, known.amount_idr) != (producer.id, amount_idr):
            raise WrongInput("bank_reference", N_("Nomor referensi ini sudah dipakai untuk pembayaran lain"))
        return known
    net_debt(session, producer, by=by, at=at)
    most = payable_idr(session, producer.id, at=at)
    if not 0 < amount_idr <= most:
        raise WrongInput("amount", N_("Paling banyak %(most)s dapat dibayarkan"), most=rupiah(most))
    return _paid(session, producer, amount_idr, bank_reference, by=by, at=at)


def _paid(
    session: Session, producer: Producer, amount_idr: int, bank_reference: str, *, by: Person, at: datetime
) -> Payout:
    """Written down, booked, and told to those who answer for the maker."""
    payout = Payout(
        producer_id=producer.id, amount_idr=amount_idr, bank_reference=bank_reference, by_id=by.id, at=at
    )
    session.add(payout)
    session.flush()
    lines = rules.payout(amount_idr=amount_idr)
    ledger.post(
        session,
        JournalKind.PAYOUT,
        lines,
        key=f"payout:{payout.id}",
        at=at,
        producer_id=producer.id,
        payout=payout,
        by=by,
    )
    log(
        session,
        "payout",
        by=by,
        actor=Actor.CURATOR,
        at=at,
        producer=producer,
        facts={"amount_idr": amount_idr},
    )
    facts = {"amount_idr": amount_idr, "reference": bank_reference, "producer": producer.name}
    for person in who_answers(session, producer):
        tell(session, person, "payout_made", at=at, hand_over_by=by, facts=facts)
    return payout


def came_back(session: Session, payout: Payout, *, by: Person, why: str, at: datetime) -> None:
    """The bank sent a transfer back, or it was never made: the producer is owed it again. Twice is once.

    Raises NotAllowed for staff who are of that very group.
    """
    if belonged(session, payout.producer_id, by.id):
        raise NotAllowed
    producer = session.get_one(Producer, payout.producer_id)
    hold_row(session, producer)
    key = f"payout-returned:{payout.id}"
    if ledger.known(session, key):
        return
    lines = rules.payout_returned(amount_idr=payout.amount_idr)
    ledger.post(
        session,
        JournalKind.PAYOUT_RETURNED,
        lines,
        key=key,
        at=at,
        producer_id=producer.id,
        payout=payout,
        by=by,
        why=why,
    )
    facts = {"amount_idr": payout.amount_idr, "reference": payout.bank_reference, "producer": producer.name}
    log(
        session, "payout_returned", by=by, actor=Actor.CURATOR, at=at, producer=producer, why=why, facts=facts
    )
    for person in who_answers(session, producer):
        tell(session, person, "payout_returned", at=at, hand_over_by=by, facts=facts | {"reason": why})


def net_debt(session: Session, producer: Producer, *, by: Person | None, at: datetime) -> int:
    """What the producer owes is taken off what is owed to them; how much."""
    amount = min(owed_idr(session, producer.id), debt_idr(session, producer.id))
    if amount <= 0:
        return 0
    key = f"net:{producer.id}:{at.isoformat()}"
    lines = rules.net_debt(amount_idr=amount)
    ledger.post(session, JournalKind.NET_DEBT, lines, key=key, at=at, producer_id=producer.id, by=by)
    return amount


def release_advance(
    session: Session, order: Order, amount_idr: int, *, by: Person, why: str, at: datetime, key: str = ""
) -> None:
    """Part of what is held and was not released before goes to the producer early, on a curator's word.

    The same key is the same advance.
    """
    if not by.is_curator or belonged(session, order.inquiry.producer_id, by.id):
        raise NotAllowed
    lock(session, order.inquiry)
    key = key or f"advance:{order.id}:{at.isoformat()}"
    if ledger.known(session, key):
        return
    most = held_idr(session, order) - advanced_idr(session, order)
    if not 0 < amount_idr <= most:
        raise WrongInput("amount", N_("Paling banyak %(most)s dapat dibayarkan"), most=rupiah(most))
    lines = rules.advance(amount_idr=amount_idr)
    ledger.post(session, JournalKind.ADVANCE, lines, key=key, at=at, order=order, by=by, why=why)
    log(
        session,
        "advance",
        by=by,
        actor=Actor.CURATOR,
        at=at,
        inquiry=order.inquiry,
        why=why,
        facts={"amount_idr": amount_idr},
    )
