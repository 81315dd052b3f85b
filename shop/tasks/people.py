"""Finishes deletions that were asked for, and sweeps tries that no limit looks at any more."""

from __future__ import annotations

from flask import Flask

from shop.actions.leaving import finish_deletions
from shop.actions.limits import sweep_tries
from shop.extensions import db, now


def tidy(_app: Flask) -> bool:
    """Once round; nothing is left waiting."""
    finish_deletions(db.session(), at=now())
    sweep_tries(db.session(), at=now())
    db.session.commit()
    return False
