"""What is written down when a payment takes a step."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from shop.actions.events import log
from shop.domain.roles import Actor
from shop.models import Payment, Person


def log_payment(
    session: Session, payment: Payment, what: str, *, by: Person | None, actor: Actor, at: datetime
) -> None:
    log(
        session,
        f"payment_{what}",
        by=by,
        actor=actor,
        at=at,
        inquiry=payment.order.inquiry,
        facts={"payment": payment.id},
    )
