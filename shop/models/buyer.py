"""What buyers keep in their account: addresses and works."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from shop.models.base import Base


class SavedAddress(Base):
    """An address with the fields as they were given (`shop.domain.address`); at most one of a person's is the usual one."""

    __tablename__ = "saved_address"
    __table_args__ = (
        Index("uq_saved_address_usual", "person_id", unique=True,
              sqlite_where=text("usual"), postgresql_where=text("usual")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    address: Mapped[dict[str, Any]]
    usual: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class SavedWork(Base):
    """A work somebody wants to find again."""

    __tablename__ = "saved_work"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id"), primary_key=True, index=True)
    saved_at: Mapped[datetime]
