"""The clock of threads: what is due is done in small lots, each committed for itself."""

from __future__ import annotations

from flask import Flask

from shop.actions import patience
from shop.database import reading
from shop.extensions import db, now, the_shop

STEPS = (patience.lapse_due, patience.nudge_due, patience.escalate_due)


def keep_time(_app: Flask) -> bool:
    """Does what is due, lapsing first; whether more waits."""
    session, at = db.session(), now()
    with reading():
        due = patience.anything_due(session, at=at)
        session.rollback()
    if not due:
        return False
    done = 0
    for step in STEPS:
        done += step(session, at=at)
        session.commit()
    the_shop().wake("notices")
    return done > 0
