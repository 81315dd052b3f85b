"""Keeps the catalogue's books: who is asked about, and which news of changes nobody needs any more."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from shop.actions.changes import forget_old_changes, take_turn
from shop.actions.popularity import recount_popularity
from shop.extensions import db, now

LOOKS_BACK = timedelta(days=2)  # an hour would do; a worker may have slept


def keep_books(_app: Flask) -> bool:
    """Once round; nothing is left waiting."""
    take_turn(db.session())
    recount_popularity(db.session(), since=now() - LOOKS_BACK)
    forget_old_changes(db.session())
    db.session.commit()
    return False
