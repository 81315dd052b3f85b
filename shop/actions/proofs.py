"""Photos of transfer slips: they move nothing by themselves, a person looks."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions import tasks
from shop.actions.deals import lock
from shop.actions.payment_events import log_payment
from shop.actions.telling import tell_buyer
from shop.domain.payment import STANDING, payment_step
from shop.domain.roles import Actor
from shop.models import Payment, Person, Photo, Proof


def send(session: Session, payment: Payment, photo: Photo, *, at: datetime) -> Proof:
    """A slip was photographed. The same photo again is kept and marked; the order does not move.

    A slip for a payment that is over is kept too, and a person looks: nothing paid is forgotten.
    """
    lock(session, payment.order.inquiry)
    session.refresh(payment)
    again = (
        session.scalar(select(Proof.id).join(Photo).where(Photo.sha256 == photo.sha256).limit(1)) is not None
    )
    standing = payment.status in STANDING
    if standing:
        payment.status = payment_step(payment.status, "send_proof").value
    proof = Proof(payment_id=payment.id, photo_id=photo.id, again=again, at=at)
    session.add(proof)
    session.flush()
    log_payment(session, payment, "proof", by=None, actor=Actor.BUYER, at=at)
    if standing or not again:
        subject, inquiry = f"payment:{payment.id}", payment.order.inquiry
        tasks.open_task(session, "check_proof", subject, inquiry=inquiry, payment=payment, at=at)
    return proof


def refuse(session: Session, payment: Payment, *, why: str, by: Person, at: datetime) -> None:
    """The slip shows no money of ours: the payment is open again, and the buyer told. Raises WrongState."""
    lock(session, payment.order.inquiry)
    session.refresh(payment)
    payment.status = payment_step(payment.status, "refuse_proof").value
    session.flush()
    log_payment(session, payment, "proof_refused", by=by, actor=Actor.CURATOR, at=at)
    tasks.close_task(session, "check_proof", f"payment:{payment.id}", by=by, outcome="refused", at=at)
    tell_buyer(session, payment.order.inquiry, "proof_refused", at=at, by=by, facts={"reason": why})
