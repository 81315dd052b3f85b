"""What a process says was done, the moment after its commit: the steps that must be there whatever died later."""

from __future__ import annotations

import json
import os
import traceback
from collections.abc import Callable
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from shop.domain.errors import ShopError
from shop.extensions import db
from shop.models import Event, Journal

BUSY = "database is locked"
_written: list[tuple[str, int, str]] = []  # rows of the transaction at hand


class Voice:
    """A pipe to the parent, which keeps what it hears outside the database."""

    def __init__(self, pipe: int) -> None:
        self.pipe = pipe

    def say(self, kind: str, told: Any) -> None:
        """One line, short enough to arrive whole."""
        os.write(self.pipe, (json.dumps([kind, told])[:4000] + "\n").encode())


def listen(voice: Voice) -> None:
    """From here on every commit of this process is told with the steps and movements of money in it."""
    event.listen(Event, "after_insert", lambda _m, _c, row: _written.append(("event", row.id, row.what)))
    event.listen(Journal, "after_insert", lambda _m, _c, row: _written.append(("journal", row.id, row.key)))
    event.listen(Session, "after_commit", lambda session: _tell(session, voice))
    event.listen(Session, "after_rollback", _forget)


def _tell(session: Session, voice: Voice) -> None:
    if session.in_nested_transaction():  # a savepoint, not yet the commit
        return
    for row in _written:
        voice.say("ack", row)
    _written.clear()


def _forget(session: Session) -> None:
    if not session.in_nested_transaction():
        _written.clear()


def attempt(voice: Voice, name: str, act: Callable[[Session], object]) -> bool:
    """Do it in a transaction of its own; whether it was done. A refusal in words is an answer; all else is a finding."""
    session = db.session()
    try:
        act(session)
        session.commit()
    except (ShopError, StaleDataError) as refusal:
        session.rollback()
        voice.say("refused", f"{name}: {type(refusal).__name__}")
        return False
    except Exception as error:
        session.rollback()
        if BUSY in str(error):  # SQLite has one writer; on a starved machine its patience of 15 s can run out
            voice.say("refused", f"{name}: {BUSY}")
            return False
        voice.say("finding", f"{name}: {traceback.format_exc(limit=-4)}")
        return False
    voice.say("done", name)
    return True
