"""The worker gives back works that a curator took and forgot."""

from datetime import timedelta

from flask import Flask
from sqlalchemy.orm import Session

from shop.extensions import now
from shop.tasks import schedule
from tests.curating import cast, work


def test_a_forgotten_hold_is_given_back_and_a_living_one_is_left(app: Flask, session: Session) -> None:
    who = cast(session)
    forgotten, living = work(session, who, "in_review"), work(session, who, "in_review")
    with app.app_context():
        at = now()
    forgotten.claim_active_at, living.claim_active_at = at - timedelta(minutes=31), at - timedelta(minutes=29)
    session.commit()
    assert schedule.run(app, "claims") is False
    session.expire_all()
    assert (forgotten.status, forgotten.claimed_by_id) == ("submitted", None)
    assert (living.status, living.claimed_by_id) == ("in_review", who.sari.id)
