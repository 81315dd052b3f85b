"""Limits at the doors: counted unless SHOP_LIMITS=off."""

from __future__ import annotations

from flask import request

from shop.actions.limits import count_try
from shop.domain.limits import Limit
from shop.extensions import db, now, the_shop


def count(limit: Limit, whose: str) -> None:
    """One more try. Raises TooOften. The row is committed with whatever the view commits next."""
    if the_shop().config.limits:
        count_try(db.session(), limit, whose, at=now())


def count_address(limit: Limit) -> None:
    """One more try from this visitor's network address."""
    count(limit, request.remote_addr or "unknown")
