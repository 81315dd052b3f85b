"""Curation: drafts of a review, decisions with their reasons, appeals, reports from visitors."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.models.account import Person
from shop.models.base import Base, one_of
from shop.models.listing import Listing, Revision

DECISIONS = (
    "approve", "request_changes", "reject", "propose_rejection", "confirm_rejection", "disagree", "uphold", "grant",
    "take_down", "restore", "acknowledge", "revert",
)  # fmt: skip
REPORT_REASONS = ("not_local", "printed", "photo", "motif", "text", "other")
REPORT_OUTCOMES = ("no_cause", "taken_down", "noted")


class ReviewDraft(Base):
    """What a curator has filled in but not decided; it outlives a lost claim."""

    __tablename__ = "review_draft"
    __table_args__ = (UniqueConstraint("revision_id", "curator_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    curator_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    gates: Mapped[dict[str, Any]] = mapped_column(default=dict)
    scores: Mapped[dict[str, Any]] = mapped_column(default=dict)
    codes: Mapped[list[str]] = mapped_column(default=list)
    note: Mapped[str] = mapped_column(default="")
    internal_note: Mapped[str] = mapped_column(default="")
    saved_at: Mapped[datetime]


class Decision(Base):
    """A curator's word on an exact revision. The producer reads `note`; `internal_note` stays with curators."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint(one_of("kind", DECISIONS), name="kind"),
        Index("ix_decision_revision_at", "revision_id", "at"),
        Index("ix_decision_curator_at", "curator_id", "at"),
        Index("ix_decision_at", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    curator_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    at: Mapped[datetime]
    gates: Mapped[dict[str, Any]] = mapped_column(default=dict)
    scores: Mapped[dict[str, Any]] = mapped_column(default=dict)
    codes: Mapped[list[str]] = mapped_column(default=list)
    note: Mapped[str] = mapped_column(default="")
    internal_note: Mapped[str] = mapped_column(default="")
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    undone_at: Mapped[datetime | None]

    curator: Mapped[Person] = relationship()
    revision: Mapped[Revision] = relationship()


class Appeal(Base):
    """A producer's one answer to a rejection."""

    __tablename__ = "appeal"

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id"), unique=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str]
    at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class Report(Base):
    """A visitor's report of a work. It stands in the queue until a curator answers it."""

    __tablename__ = "report"
    __table_args__ = (
        CheckConstraint(one_of("reason", REPORT_REASONS), name="reason"),
        CheckConstraint(f"outcome IS NULL OR {one_of('outcome', REPORT_OUTCOMES)}", name="outcome"),
        CheckConstraint("(handled_at IS NULL) = (outcome IS NULL)", name="handled"),
        Index("ix_report_open", "at", sqlite_where=text("handled_at IS NULL"),
              postgresql_where=text("handled_at IS NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    form_key: Mapped[str] = mapped_column(unique=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id"), index=True)
    reason: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    handled_at: Mapped[datetime | None] = mapped_column(index=True)
    handled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[str | None]

    listing: Mapped[Listing] = relationship()
