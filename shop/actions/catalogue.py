"""Keeps what buyers can find: one entry for every listing that is published by a verified producer."""

from __future__ import annotations

from sqlalchemy.orm import Session

from shop.models import Listing, Producer


def refresh(session: Session, listing: Listing) -> None:
    """Write, rewrite or remove the listing's entry so that it says what is true in this transaction."""


def refresh_producer(session: Session, producer: Producer) -> None:
    """The same for all works of a producer: verified, suspended, renamed or moved."""
