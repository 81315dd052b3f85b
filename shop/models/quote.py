"""Quotes: every round stays as it was sent; at most one stands, at most one was accepted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.domain.quote import LEAST_DEPOSIT_PERCENT, MOST_DEPOSIT_PERCENT
from shop.models.base import Base


class Quote(Base):
    """A producer's written offer. It stands while it is neither superseded nor declined; expiry is read, not stored."""

    __tablename__ = "quote"
    __table_args__ = (
        UniqueConstraint("inquiry_id", "number"),
        UniqueConstraint("inquiry_id", "form_key"),
        CheckConstraint(f"deposit_percent BETWEEN {LEAST_DEPOSIT_PERCENT} AND {MOST_DEPOSIT_PERCENT}", name="deposit"),
        CheckConstraint("shipping_idr >= 0 AND packing_idr >= 0 AND total_idr > 0", name="amounts"),
        CheckConstraint("deposit_idr > 0 AND deposit_idr <= total_idr", name="parts"),
        CheckConstraint("lead_time_days >= 0", name="lead_time"),
        CheckConstraint("valid_until > sent_at", name="valid"),
        Index("uq_quote_standing", "inquiry_id", unique=True,
              sqlite_where=text("superseded_at IS NULL"), postgresql_where=text("superseded_at IS NULL")),
        Index("uq_quote_accepted", "inquiry_id", unique=True,
              sqlite_where=text("accepted_at IS NOT NULL"), postgresql_where=text("accepted_at IS NOT NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiry.id"), index=True)
    number: Mapped[int]
    form_key: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    shipping_idr: Mapped[int] = mapped_column(BigInteger)
    packing_idr: Mapped[int] = mapped_column(BigInteger, default=0)
    total_idr: Mapped[int] = mapped_column(BigInteger)
    deposit_percent: Mapped[int]
    deposit_idr: Mapped[int] = mapped_column(BigInteger)
    lead_time_days: Mapped[int]
    shipping_by: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[datetime]
    valid_until: Mapped[datetime]
    superseded_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]

    lines: Mapped[list[QuoteLine]] = relationship(order_by="QuoteLine.position", cascade="all, delete-orphan")


class QuoteLine(Base):
    """One thing offered, with the size and material agreed on."""

    __tablename__ = "quote_line"
    __table_args__ = (
        UniqueConstraint("quote_id", "position"),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("unit_idr >= 0", name="unit"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    quote_id: Mapped[int] = mapped_column(ForeignKey("quote.id"))
    position: Mapped[int]
    listing_id: Mapped[int | None] = mapped_column(ForeignKey("listing.id"))
    title: Mapped[str]
    size: Mapped[str] = mapped_column(default="")
    material: Mapped[str] = mapped_column(default="")
    quantity: Mapped[int]
    unit_idr: Mapped[int] = mapped_column(BigInteger)
