"""Producers: a workshop or a group, its crafts and its members."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.domain.craft import Craft
from shop.domain.producer import ProducerKind, ProducerStatus
from shop.domain.roles import MemberRole
from shop.models.account import Person
from shop.models.base import Base, one_of


class Producer(Base):
    """A business or a group with members. The district and village come from the council file."""

    __tablename__ = "producer"
    __table_args__ = (
        CheckConstraint(one_of("status", ProducerStatus), name="status"),
        CheckConstraint(one_of("kind", ProducerKind), name="kind"),
        CheckConstraint(
            "status NOT IN ('verified', 'suspended') OR verified_at IS NOT NULL", name="verified_when"
        ),
        CheckConstraint("status <> 'rejected' OR decision_reason <> ''", name="rejected_why"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    status: Mapped[str] = mapped_column(default="applied", index=True)
    district_code: Mapped[str] = mapped_column(index=True)
    village: Mapped[str]
    since_year: Mapped[int | None]
    member_count: Mapped[int | None]
    speaker: Mapped[str] = mapped_column(default="")
    quote_id: Mapped[str] = mapped_column(default="")
    quote_en: Mapped[str] = mapped_column(default="")
    story_id: Mapped[str] = mapped_column(default="")
    story_en: Mapped[str] = mapped_column(default="")
    techniques: Mapped[str] = mapped_column(default="")
    training: Mapped[str] = mapped_column(default="")
    visiting_days: Mapped[str] = mapped_column(default="")
    phone: Mapped[str | None]
    phone_public: Mapped[bool] = mapped_column(default=False)
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("photo.id", use_alter=True), index=True)
    trusted: Mapped[bool] = mapped_column(default=False)
    holiday_until: Mapped[date | None]
    holiday_note: Mapped[str] = mapped_column(default="")
    applied_at: Mapped[datetime]
    verified_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decision_reason: Mapped[str] = mapped_column(default="")
    suspended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    crafts: Mapped[list[ProducerCraft]] = relationship(
        cascade="all, delete-orphan", order_by="ProducerCraft.craft"
    )
    members: Mapped[list[Member]] = relationship(back_populates="producer", order_by="Member.id")

    __mapper_args__ = {"version_id_col": version}


class ProducerCraft(Base):
    """A craft the producer works in."""

    __tablename__ = "producer_craft"
    __table_args__ = (CheckConstraint(one_of("craft", Craft), name="craft"),)

    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id"), primary_key=True)
    craft: Mapped[str] = mapped_column(primary_key=True, index=True)


class Member(Base):
    """A person inside a producer. Those who left keep their row, so that what they did stays attributable."""

    __tablename__ = "member"
    __table_args__ = (
        CheckConstraint(one_of("role", MemberRole), name="role"),
        Index("uq_member_standing", "producer_id", "person_id", unique=True,
              sqlite_where=text("left_at IS NULL"), postgresql_where=text("left_at IS NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str]
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]

    producer: Mapped[Producer] = relationship(back_populates="members")
    person: Mapped[Person] = relationship()
