"""Gives back the works that a curator took and forgot."""

from __future__ import annotations

from flask import Flask

from shop.actions import claims
from shop.database import reading
from shop.extensions import db, now
from shop.queries import queue


def return_stale(_app: Flask) -> bool:
    """All holds without activity for half an hour, at once; there is never more."""
    with reading():
        forgotten = queue.any_stale(db.session(), at=now())
        db.session.rollback()
    if forgotten:
        claims.return_stale(db.session(), at=now())
        db.session.commit()
    return False
