"""Photos: immutable once received. The row is the truth about rendering; files follow it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.domain.photo import content
from shop.models.base import Base, one_of

PHOTO_STATES = ("received", "rendering", "ready", "parked")


class Photo(Base):
    """One received photo. `name` is its random public name; `widths` lists the rendered widths in pixels.

    `edit` is how it was turned and cropped (domain/photo_edit), `hints` what is worth a word about it.
    It belongs to a producer (works, portraits) or to an inquiry (thread photos), never to both.
    """

    __tablename__ = "photo"
    __table_args__ = (
        UniqueConstraint("uploaded_by", "client_id"),
        UniqueConstraint("producer_id", "sha256", "edit"),
        CheckConstraint(one_of("state", PHOTO_STATES), name="state"),
        CheckConstraint("producer_id IS NULL OR inquiry_id IS NULL", name="one_owner"),
        CheckConstraint("width_px > 0 AND height_px > 0", name="size"),
        Index("ix_photo_to_render", "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    producer_id: Mapped[int | None] = mapped_column(ForeignKey("producer.id", use_alter=True), index=True)
    inquiry_id: Mapped[int | None] = mapped_column(ForeignKey("inquiry.id", use_alter=True), index=True)
    uploaded_by: Mapped[str]
    client_id: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    edit: Mapped[str] = mapped_column(default="")
    original_key: Mapped[str]
    size_bytes: Mapped[int]
    width_px: Mapped[int]
    height_px: Mapped[int]
    placeholder: Mapped[str] = mapped_column(default="")
    hints: Mapped[list[str]] = mapped_column(default=list)
    widths: Mapped[list[int]] = mapped_column(default=list)
    state: Mapped[str] = mapped_column(default="received")
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    problem: Mapped[str] = mapped_column(default="")
    received_at: Mapped[datetime]
    rendered_at: Mapped[datetime | None]

    @property
    def content(self) -> str:
        """What its files are named after."""
        return content(self.sha256, self.edit)
