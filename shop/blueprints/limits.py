"""Limits at the doors: counted unless SHOP_LIMITS=off."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

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
    count(limit, network_of(request.remote_addr or "unknown"))


def network_of(address: str) -> str:
    """Whom an address stands for: of IPv6 the first half, since every home has all of the second to choose from."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or ip_network((known, 64), strict=False))
    return address
