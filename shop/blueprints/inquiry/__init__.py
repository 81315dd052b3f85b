"""Asking about a work, and the thread that follows."""

from shop.blueprints.inquiry import (
    asking,
    basket,
    buying,
    ending,
    entering,
    finding,
    handing,
    ordering,
    papers,
    paying,
    places,
    qris,
    quoting,
    refunding,
    talking,
)
from shop.blueprints.inquiry.door import blueprint

__all__ = [
    "asking",
    "basket",
    "blueprint",
    "buying",
    "ending",
    "entering",
    "finding",
    "handing",
    "ordering",
    "papers",
    "paying",
    "places",
    "qris",
    "quoting",
    "refunding",
    "talking",
]
