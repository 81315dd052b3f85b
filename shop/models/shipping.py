"""What sending costs where: zones of places, each with prices by weight. Curators edit them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.models.base import Base


class ShippingZone(Base):
    """Places that cost the same with one courier.

    `divisor` turns cubic centimetres into kilograms: the parcel counts as what is larger, its weight or L×W×H/divisor.
    """

    __tablename__ = "shipping_zone"
    __table_args__ = (CheckConstraint("divisor > 0", name="divisor"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    courier: Mapped[str]
    divisor: Mapped[int] = mapped_column(default=6000)
    days: Mapped[str] = mapped_column(default="")
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    places: Mapped[list[ShippingPlace]] = relationship(
        order_by="ShippingPlace.code", cascade="all, delete-orphan"
    )
    rates: Mapped[list[ShippingRate]] = relationship(
        order_by="ShippingRate.up_to_g", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}


class ShippingPlace(Base):
    """A province, regency or kecamatan by its official code; in one zone only. The nearer code wins over the wider."""

    __tablename__ = "shipping_place"

    code: Mapped[str] = mapped_column(primary_key=True)
    zone_id: Mapped[int] = mapped_column(ForeignKey("shipping_zone.id"), index=True)


class ShippingRate(Base):
    """The price of a parcel up to a weight."""

    __tablename__ = "shipping_rate"
    __table_args__ = (CheckConstraint("up_to_g > 0 AND price_idr >= 0", name="step"),)

    zone_id: Mapped[int] = mapped_column(ForeignKey("shipping_zone.id"), primary_key=True)
    up_to_g: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    price_idr: Mapped[int] = mapped_column(BigInteger)
