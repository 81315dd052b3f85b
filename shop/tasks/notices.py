"""Sends waiting e-mails, one after the other. Rows are the truth: what fails is tried again, what is lost here is
found by its lease.
"""

from __future__ import annotations

import logging
import threading

from flask import Flask
from jinja2 import TemplateError

from shop.actions import delivery, links
from shop.database import reading
from shop.extensions import db, now, the_shop
from shop.models import Notice
from shop.ports import Letter, LetterRefused
from shop.queries import notices as queries
from shop.web.letters import letter

log = logging.getLogger("shop.tasks")
AT_ONCE = 20
_one_at_a_time = threading.Lock()


def send_waiting(app: Flask) -> bool:
    """Sends up to twenty letters; whether more wait. A second thread of the worker leaves at once."""
    if not _one_at_a_time.acquire(blocking=False):
        return False
    try:
        with app.test_request_context("/"):
            return all(_send_next() for _ in range(AT_ONCE))
    finally:
        _one_at_a_time.release()


def _send_next() -> bool:
    """One letter: leased and written down before it goes. False ends the round: nothing waits, or no server."""
    session = db.session()
    with reading():
        waits = queries.any_due(session, at=now())
        session.rollback()
    notice = delivery.lease_next(session, at=now()) if waits else None
    session.commit()
    if notice is None:
        return False
    written = _written(notice)
    session.commit()
    went = _sent(notice, written) if written is not None else True
    session.commit()
    return went


def _written(notice: Notice) -> Letter | None:
    """The letter with its link; None when it cannot be written, which a person must see."""
    try:
        token = links.token_for(db.session(), notice, at=now())
        return letter(notice, token=token)
    except (TemplateError, KeyError) as problem:
        log.exception("notice %s could not be written", notice.id)
        db.session.rollback()
        delivery.give_up(db.session(), notice, f"{type(problem).__name__}: {problem}")
        return None


def _sent(notice: Notice, written: Letter) -> bool:
    """Hand it to the mail, with no transaction open meanwhile; False when the server is not to be had."""
    key = notice.id
    db.session.rollback()
    try:
        the_shop().mail.send(written)
    except LetterRefused as problem:
        delivery.give_up(db.session(), notice, str(problem))
        log.warning("notice %s was refused: %s", key, problem)
        return True
    except OSError as problem:
        delivery.try_later(db.session(), notice, f"{type(problem).__name__}: {problem}", at=now())
        log.warning("notice %s could not be sent: %s", key, problem)
        return False
    delivery.sent(db.session(), notice, at=now())
    return True
