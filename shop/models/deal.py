"""Inquiries and their threads: items, messages, private links. Quotes, orders and money join them later."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.domain.deal import DealStatus
from shop.models.account import Person
from shop.models.base import Base, one_of
from shop.models.listing import Listing, Revision
from shop.models.photo import Photo
from shop.models.producer import Producer

SIDES = ("buyer", "producer", "curator", "system")


class Inquiry(Base):
    """One buyer's matter with one producer, from the first question on.

    `form_key` makes a form that was pressed twice one inquiry. The buyer's name and contact stay here for guests.
    `address` is where it goes, if that was said already; `only_shipping` that works ready to buy are wanted at their
    price and paid in one: nothing but the shipping is ever quoted.
    `waiting_since` is the buyer's first word that the producer has not answered; `answered_at` the first answer.
    """

    __tablename__ = "inquiry"
    __table_args__ = (
        CheckConstraint(one_of("status", DealStatus), name="status"),
        CheckConstraint(one_of("language", ("id", "en")), name="language"),
        Index("ix_inquiry_producer_status", "producer_id", "status", "changed_at"),
        Index("ix_inquiry_waiting", "status", "waiting_since"),
        Index(
            "ix_inquiry_unanswered",
            "waiting_since",
            "id",
            sqlite_where=text("waiting_since IS NOT NULL"),
            postgresql_where=text("waiting_since IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    form_key: Mapped[str] = mapped_column(unique=True)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id"))
    buyer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    status: Mapped[str] = mapped_column(default="asked")
    buyer_name: Mapped[str]
    buyer_phone: Mapped[str]
    buyer_email: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="id")
    destination: Mapped[str] = mapped_column(default="")
    address: Mapped[dict[str, Any]] = mapped_column(default=dict)
    only_shipping: Mapped[bool] = mapped_column(default=False)
    needed_by: Mapped[date | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    waiting_since: Mapped[datetime | None]
    nudged_at: Mapped[datetime | None]
    escalated_at: Mapped[datetime | None]
    closed_reason: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    producer: Mapped[Producer] = relationship()
    items: Mapped[list[InquiryItem]] = relationship(order_by="InquiryItem.id")
    messages: Mapped[list[Message]] = relationship(order_by="Message.id")

    __mapper_args__ = {"version_id_col": version}


class InquiryItem(Base):
    """A work that was asked about, as it stood then."""

    __tablename__ = "inquiry_item"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiry.id"), index=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    title: Mapped[str]
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("photo.id"), index=True)
    price_idr: Mapped[int | None]
    price_kind: Mapped[str]
    quantity: Mapped[int] = mapped_column(default=1)
    wish: Mapped[str] = mapped_column(default="")

    listing: Mapped[Listing] = relationship()
    revision: Mapped[Revision] = relationship()
    photo: Mapped[Photo | None] = relationship()


class Message(Base):
    """Something said in a thread, by one side. `form_key` makes a repeat the same message."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("inquiry_id", "form_key"),
        CheckConstraint(one_of("side", SIDES), name="side"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiry.id"), index=True)
    side: Mapped[str]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    on_behalf: Mapped[bool] = mapped_column(default=False)
    text: Mapped[str] = mapped_column(default="")
    form_key: Mapped[str]
    at: Mapped[datetime]

    author: Mapped[Person | None] = relationship()
    photos: Mapped[list[MessagePhoto]] = relationship(order_by="MessagePhoto.position")


class MessagePhoto(Base):
    """A photo sent with a message."""

    __tablename__ = "message_photo"

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), primary_key=True)
    photo_id: Mapped[int] = mapped_column(ForeignKey("photo.id"), primary_key=True, index=True)
    position: Mapped[int]

    photo: Mapped[Photo] = relationship()


class PrivateLink(Base):
    """A link into one thread for one side. Only the hash of its token is kept; five wrong digits revoke it."""

    __tablename__ = "private_link"
    __table_args__ = (CheckConstraint(one_of("side", ("buyer", "producer")), name="side"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiry.id"), index=True)
    side: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    wrong_tries: Mapped[int] = mapped_column(default=0)

    inquiry: Mapped[Inquiry] = relationship()
    person: Mapped[Person | None] = relationship()


class LinkDevice(Base):
    """A browser that came in by a private link and named the four digits: its cookie's hash, and when."""

    __tablename__ = "link_device"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("private_link.id"), index=True)
    created_at: Mapped[datetime]
    checked_at: Mapped[datetime | None]

    link: Mapped[PrivateLink] = relationship()
