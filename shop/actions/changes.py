"""Tells every web server which kept pages are old, in the commit that made them so."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.orm import Session

from shop.models import CatalogueChange, Photo, ProducerCraft

ALL = "all"
RATE = "rate"  # the dollar's, which English pages of works show
KEPT_ROWS = 10_000
# Writers of the catalogue stand in line on PostgreSQL: an approval and a suspension at the same moment must see
# each other, and counts are then never locked in two orders. SQLite has one writer anyway.
ONE_AT_A_TIME = 7_301_954


def take_turn(session: Session) -> None:
    """Wait until no other transaction is writing the catalogue."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": ONE_AT_A_TIME})


def maker(producer_id: int) -> str:
    """The tag of the pages of a maker and of all their works."""
    return f"maker:{producer_id}"


def say_changed(session: Session, tags: Iterable[str]) -> None:
    """Pages under these tags, and those of the whole shop, are old once this commits. Call it in turn."""
    session.execute(insert(CatalogueChange), [{"tag": tag} for tag in sorted({ALL, *tags})])


def photo_changed(session: Session, photo: Photo) -> None:
    """A photo of a producer looks different on all pages that may show it."""
    if photo.producer_id is None:
        return
    take_turn(session)
    crafts = session.scalars(
        select(ProducerCraft.craft).where(ProducerCraft.producer_id == photo.producer_id)
    )
    say_changed(session, [maker(photo.producer_id), *crafts])


def forget_old_changes(session: Session) -> None:
    """All but the newest rows go; a server that slept through them drops every page it keeps."""
    newest = select(func.max(CatalogueChange.id)).scalar_subquery()
    session.execute(delete(CatalogueChange).where(CatalogueChange.id <= newest - KEPT_ROWS))
