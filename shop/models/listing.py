"""Listings, their revisions, and which photo stands in which slot of a revision."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.domain.craft import Craft
from shop.domain.listing import REVISION_STATES, Availability, Dye, PriceKind, Status
from shop.models.base import Base, one_of
from shop.models.photo import Photo
from shop.models.producer import Producer


class Listing(Base):
    """One item on sale. What applies at once stands here; what is reviewed stands in its revisions.

    `price_idr` is the price buyers see; the last approved one is the live revision's.
    """

    __tablename__ = "listing"
    __table_args__ = (
        CheckConstraint(one_of("status", Status), name="status"),
        CheckConstraint(one_of("availability", Availability), name="availability"),
        CheckConstraint(one_of("price_kind", PriceKind), name="price_kind"),
        CheckConstraint("stock >= 0", name="stock"),
        CheckConstraint("price_idr IS NULL OR price_idr > 0", name="price"),
        CheckConstraint("availability <> 'one_of_a_kind' OR stock <= 1", name="one_of_a_kind"),
        CheckConstraint(
            "status NOT IN ('published', 'hidden_by_producer', 'hidden_by_curator')"
            " OR (live_revision_id IS NOT NULL AND slug IS NOT NULL)",
            name="live",
        ),
        Index("ix_listing_producer_status", "producer_id", "status"),
        Index(
            "ix_listing_unacknowledged",
            "unacknowledged_since",
            sqlite_where=text("unacknowledged_since IS NOT NULL"),
            postgresql_where=text("unacknowledged_since IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id"))
    slug: Mapped[str | None] = mapped_column(unique=True)
    status: Mapped[str] = mapped_column(default="draft")
    live_revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id", use_alter=True))
    availability: Mapped[str] = mapped_column(default="ready")
    stock: Mapped[int] = mapped_column(default=1)
    lead_time_days: Mapped[int | None]
    size_limits: Mapped[dict[str, Any]] = mapped_column(default=dict)
    price_kind: Mapped[str] = mapped_column(default="fixed")
    price_idr: Mapped[int | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    unacknowledged_since: Mapped[datetime | None]
    barred_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    producer: Mapped[Producer] = relationship()
    live_revision: Mapped[Revision | None] = relationship(foreign_keys=[live_revision_id], post_update=True)
    revisions: Mapped[list[Revision]] = relationship(
        back_populates="listing", foreign_keys="Revision.listing_id", order_by="Revision.number"
    )

    __mapper_args__ = {"version_id_col": version}


class Revision(Base):
    """Everything of a listing that is reviewed. Once submitted its content never changes.

    Sizes in whole centimetres, weight in grams. `size_limits` of the listing: {"length_cm": [from, to], …}.
    `attributes` follow the craft's table. `claim_active_at` is the last sign of life of the curator's hold;
    `assigned_to_id` is the curator who was asked to look at it, which holds nobody off for good.
    """

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("listing_id", "number"),
        CheckConstraint(one_of("status", REVISION_STATES), name="status"),
        CheckConstraint(f"craft IS NULL OR {one_of('craft', Craft)}", name="craft"),
        CheckConstraint(f"dye IS NULL OR {one_of('dye', Dye)}", name="dye"),
        CheckConstraint(one_of("price_kind", PriceKind), name="price_kind"),
        CheckConstraint("(status = 'in_review') = (claimed_by_id IS NOT NULL)", name="claimed"),
        CheckConstraint("(assigned_to_id IS NULL) = (assigned_at IS NULL)", name="assigned"),
        CheckConstraint("status IN ('draft', 'changes_requested') OR submitted_at IS NOT NULL", name="submitted"),
        CheckConstraint("status <> 'published' OR approved_at IS NOT NULL", name="approved"),
        Index("uq_revision_open", "listing_id", unique=True,
              sqlite_where=text("status NOT IN ('published', 'rejected') AND closed_at IS NULL"),
              postgresql_where=text("status NOT IN ('published', 'rejected') AND closed_at IS NULL")),
        Index("ix_revision_waiting", "status", "submitted_at"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id"))
    number: Mapped[int]
    status: Mapped[str] = mapped_column(default="draft")
    title_id: Mapped[str] = mapped_column(default="")
    title_en: Mapped[str] = mapped_column(default="")
    description_id: Mapped[str] = mapped_column(default="")
    description_en: Mapped[str] = mapped_column(default="")
    craft: Mapped[str | None]
    kind: Mapped[str | None]
    technique: Mapped[str | None]
    material: Mapped[str | None]
    dye: Mapped[str | None]
    dye_plants: Mapped[str] = mapped_column(default="")
    motif_name: Mapped[str] = mapped_column(default="")
    motif_source: Mapped[str] = mapped_column(default="")
    length_cm: Mapped[int | None]
    width_cm: Mapped[int | None]
    height_cm: Mapped[int | None]
    weight_g: Mapped[int | None]
    packed_length_cm: Mapped[int | None]
    packed_width_cm: Mapped[int | None]
    packed_height_cm: Mapped[int | None]
    care: Mapped[str] = mapped_column(default="")
    story: Mapped[str] = mapped_column(default="")
    attributes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    price_kind: Mapped[str] = mapped_column(default="fixed")
    price_idr: Mapped[int | None]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    claim_active_at: Mapped[datetime | None]
    assigned_to_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    assigned_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    appealed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    listing: Mapped[Listing] = relationship(back_populates="revisions", foreign_keys=[listing_id])
    photos: Mapped[list[RevisionPhoto]] = relationship(
        cascade="all, delete-orphan", order_by="RevisionPhoto.position"
    )

    __mapper_args__ = {"version_id_col": version}

    def leave_the_queue(self) -> None:
        """Nobody holds it and nobody is asked to."""
        self.claimed_by_id = self.claim_active_at = None
        self.assigned_to_id = self.assigned_at = None


class RevisionPhoto(Base):
    """A photo in a slot of a revision. Position 0 is the main photo; the focal point is in per mille."""

    __tablename__ = "revision_photo"
    __table_args__ = (
        UniqueConstraint("revision_id", "photo_id"),
        CheckConstraint("focal_x BETWEEN 0 AND 1000 AND focal_y BETWEEN 0 AND 1000", name="focal"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), index=True)
    photo_id: Mapped[int] = mapped_column(ForeignKey("photo.id"), index=True)
    slot: Mapped[str]
    position: Mapped[int]
    alt_id: Mapped[str] = mapped_column(default="")
    alt_en: Mapped[str] = mapped_column(default="")
    focal_x: Mapped[int] = mapped_column(default=500)
    focal_y: Mapped[int] = mapped_column(default=500)

    photo: Mapped[Photo] = relationship()
