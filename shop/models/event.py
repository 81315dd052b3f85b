"""The append-only log: who did what to what, when, from which state to which, and why. Ids, never names."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from shop.models.base import Base


class Event(Base):
    """One step. `by_id` is None for the shop itself; `for_id` names whom an assistant acted for."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_listing", "listing_id", "id"),
        Index("ix_event_producer", "producer_id", "id"),
        Index("ix_event_inquiry", "inquiry_id", "id"),
        Index("ix_event_person", "person_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    what: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    for_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    actor: Mapped[str]
    listing_id: Mapped[int | None] = mapped_column(ForeignKey("listing.id"))
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    producer_id: Mapped[int | None] = mapped_column(ForeignKey("producer.id"))
    inquiry_id: Mapped[int | None] = mapped_column(ForeignKey("inquiry.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    from_status: Mapped[str | None]
    to_status: Mapped[str | None]
    why: Mapped[str] = mapped_column(default="")
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
