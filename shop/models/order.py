"""Orders: an accepted quote with every term copied, its goods held, its way to the buyer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.models.base import Base
from shop.models.deal import Inquiry
from shop.models.listing import Listing
from shop.models.photo import Photo


class Order(Base):
    """What was agreed. Its status is its inquiry's; `entered_at` is when that status began.

    `address` holds the fields of the delivery address as they were given; `came_from` is the status a dispute left.
    `refund_account` is where the buyer wants money back by bank; only staff and the buyer see it.
    """

    __tablename__ = "order"
    __table_args__ = (
        CheckConstraint("deposit_idr > 0 AND deposit_idr <= total_idr", name="parts"),
        CheckConstraint("(shipped_at IS NULL) OR pick_up OR tracking_number <> ''", name="shipped_how"),
        Index("ix_order_entered", "entered_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiry.id"), unique=True)
    quote_id: Mapped[int | None] = mapped_column(ForeignKey("quote.id"), unique=True)
    goods_idr: Mapped[int] = mapped_column(BigInteger)
    shipping_idr: Mapped[int] = mapped_column(BigInteger)
    packing_idr: Mapped[int] = mapped_column(BigInteger)
    total_idr: Mapped[int] = mapped_column(BigInteger)
    deposit_idr: Mapped[int] = mapped_column(BigInteger)
    lead_time_days: Mapped[int]
    to_make: Mapped[bool]
    pick_up: Mapped[bool] = mapped_column(default=False)
    address: Mapped[dict[str, Any]] = mapped_column(default=dict)
    accepted_at: Mapped[datetime]
    entered_at: Mapped[datetime]
    promised_at: Mapped[datetime | None]
    courier: Mapped[str] = mapped_column(default="")
    tracking_number: Mapped[str] = mapped_column(default="")
    shipped_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    came_from: Mapped[str | None]
    problem: Mapped[str] = mapped_column(default="")
    nudged_at: Mapped[datetime | None]
    refund_account: Mapped[dict[str, Any]] = mapped_column(default=dict)
    refund_account_at: Mapped[datetime | None]

    inquiry: Mapped[Inquiry] = relationship()
    lines: Mapped[list[OrderLine]] = relationship(order_by="OrderLine.position")


class OrderLine(Base):
    """One thing ordered, as it was agreed: title, photo, size, price."""

    __tablename__ = "order_line"
    __table_args__ = (
        UniqueConstraint("order_id", "position"),
        CheckConstraint("quantity > 0", name="quantity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"))
    position: Mapped[int]
    listing_id: Mapped[int | None] = mapped_column(ForeignKey("listing.id"), index=True)
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("photo.id"), index=True)
    title: Mapped[str]
    size: Mapped[str] = mapped_column(default="")
    material: Mapped[str] = mapped_column(default="")
    quantity: Mapped[int]
    unit_idr: Mapped[int] = mapped_column(BigInteger)

    photo: Mapped[Photo | None] = relationship()


class StockHold(Base):
    """Pieces taken out of a listing's stock for an order. Released ones went back; kept ones were sold."""

    __tablename__ = "stock_hold"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("released_at IS NULL OR kept_at IS NULL", name="one_end"),
        Index("ix_stock_hold_due", "until", sqlite_where=text("released_at IS NULL AND kept_at IS NULL"),
              postgresql_where=text("released_at IS NULL AND kept_at IS NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id"), index=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    quantity: Mapped[int]
    until: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    kept_at: Mapped[datetime | None]

    listing: Mapped[Listing] = relationship()


class Progress(Base):
    """A dated photo from the workshop: growing, or ready."""

    __tablename__ = "progress"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    photo_id: Mapped[int] = mapped_column(ForeignKey("photo.id"), index=True)
    note: Mapped[str] = mapped_column(default="")
    ready: Mapped[bool] = mapped_column(default=False)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]

    photo: Mapped[Photo] = relationship()
