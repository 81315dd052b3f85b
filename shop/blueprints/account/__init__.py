"""Signing in and what a person keeps here."""

from shop.blueprints.account import (
    addresses,
    contact,
    data,
    home,
    invitations,
    joining,
    links,
    papers,
    profile,
    recovery,
    registering,
    second_factor,
    security,
    signing_in,
)
from shop.blueprints.account.door import blueprint

__all__ = [
    "addresses",
    "blueprint",
    "contact",
    "data",
    "home",
    "invitations",
    "joining",
    "links",
    "papers",
    "profile",
    "recovery",
    "registering",
    "second_factor",
    "security",
    "signing_in",
]
