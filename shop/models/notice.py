"""Notices: written in the same commit as the step they tell of, delivered by the worker or by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.models.account import Person
from shop.models.base import Base, one_of
from shop.models.deal import Inquiry

CHANNELS = ("email", "whatsapp")


class Notice(Base):
    """One message to one person. E-mail goes out by itself; WhatsApp waits for `hand_over_by_id` or the gallery.

    `kind` names the template, `facts` fill it. Delivered at least once: a lease guards a worker's try.
    """

    __tablename__ = "notice"
    __table_args__ = (
        CheckConstraint(one_of("channel", CHANNELS), name="channel"),
        CheckConstraint("(channel = 'email') = (to_email IS NOT NULL)", name="address"),
        Index("ix_notice_due", "due_at", sqlite_where=text("sent_at IS NULL AND cancelled_at IS NULL"),
              postgresql_where=text("sent_at IS NULL AND cancelled_at IS NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    channel: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    to_email: Mapped[str | None]
    to_phone: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="id")
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    inquiry_id: Mapped[int | None] = mapped_column(ForeignKey("inquiry.id"), index=True)
    listing_id: Mapped[int | None] = mapped_column(ForeignKey("listing.id"))
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    hand_over_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_problem: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[datetime | None]
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    cancelled_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    inquiry: Mapped[Inquiry | None] = relationship()

    @property
    def reader(self) -> str:
        """Whom it is for, as those who hand it over call them; the maker where a thread is all that is known."""
        named = self.facts.get("name") or (self.person.name if self.person else "")
        return str(named or (self.inquiry.producer.name if self.inquiry else ""))
