"""Signing in and what a person keeps here."""

from shop.blueprints.account import (
    contact,
    home,
    invitations,
    links,
    recovery,
    registering,
    second_factor,
    signing_in,
)
from shop.blueprints.account.door import blueprint

__all__ = [
    "blueprint",
    "contact",
    "home",
    "invitations",
    "links",
    "recovery",
    "registering",
    "second_factor",
    "signing_in",
]
