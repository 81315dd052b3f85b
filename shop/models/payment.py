"""Payments: what was asked for, by which way, what came; bank accounts, statements, events of the card processor."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.domain.payment import Method, Part, PaymentStatus
from shop.models.base import Base, one_of
from shop.models.order import Order
from shop.models.photo import Photo


class BankAccount(Base):
    """An account of the council that takes deposits. A change counts once a second person confirmed it."""

    __tablename__ = "bank_account"
    __table_args__ = (
        CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> proposed_by_id", name="two_people"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bank: Mapped[str]
    number: Mapped[str]
    holder: Mapped[str]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class ExchangeRate(Base):
    """What a US dollar was worth on a day, for estimates beside prices. Rows are added, never changed."""

    __tablename__ = "exchange_rate"
    __table_args__ = (CheckConstraint("idr_per_usd > 0", name="rate"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    idr_per_usd: Mapped[int]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class Payment(Base):
    """One request for money. `total_idr` is what the buyer pays: the amount and, for a transfer, the unique code.

    `reference` is ours and random; it is all that the card processor learns of us. `arrivals` is how often money came
    for it: once, as a rule.
    """

    __tablename__ = "payment"
    __table_args__ = (
        CheckConstraint(one_of("status", PaymentStatus), name="status"),
        CheckConstraint(one_of("method", Method), name="method"),
        CheckConstraint(one_of("part", Part), name="part"),
        CheckConstraint("amount_idr > 0 AND code_idr >= 0 AND total_idr = amount_idr + code_idr", name="total"),
        CheckConstraint("(method = 'transfer') = (bank_account_id IS NOT NULL)", name="account"),
        CheckConstraint("method = 'transfer' OR code_idr = 0", name="code"),
        CheckConstraint("(status IN ('received', 'mismatched')) = (received_at IS NOT NULL)", name="received"),
        Index("uq_payment_transfer_total", "bank_account_id", "total_idr", unique=True,
              sqlite_where=text("released_at IS NULL AND method = 'transfer'"),
              postgresql_where=text("released_at IS NULL AND method = 'transfer'")),
        Index("uq_payment_standing", "order_id", "part", unique=True,
              sqlite_where=text("status IN ('open', 'under_check')"),
              postgresql_where=text("status IN ('open', 'under_check')")),
        Index("ix_payment_status", "status", "expires_at"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    part: Mapped[str]
    method: Mapped[str]
    status: Mapped[str] = mapped_column(default="open")
    amount_idr: Mapped[int] = mapped_column(BigInteger)
    code_idr: Mapped[int] = mapped_column(default=0)
    total_idr: Mapped[int] = mapped_column(BigInteger)
    received_idr: Mapped[int | None] = mapped_column(BigInteger)
    bank_account_id: Mapped[int | None] = mapped_column(ForeignKey("bank_account.id"))
    stripe_session_id: Mapped[str | None] = mapped_column(unique=True)
    stripe_session_url: Mapped[str | None]
    stripe_intent_id: Mapped[str | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    received_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asked_provider_at: Mapped[datetime | None]
    arrivals: Mapped[int] = mapped_column(default=0)

    order: Mapped[Order] = relationship()
    proofs: Mapped[list[Proof]] = relationship(order_by="Proof.id")

    @property
    def seen(self) -> str:
        """How it stands, for a form: whoever books money says what they saw, so that it is not booked twice."""
        return f"{self.status}/{self.arrivals}"


class Proof(Base):
    """A photo of a transfer slip. The same photo again is kept and marked, never asked about twice."""

    __tablename__ = "proof"

    id: Mapped[int] = mapped_column(primary_key=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), index=True)
    photo_id: Mapped[int] = mapped_column(ForeignKey("photo.id"), index=True)
    again: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]

    photo: Mapped[Photo] = relationship()


class StripeEvent(Base):
    """A notice of the card processor, taken once."""

    __tablename__ = "stripe_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(unique=True)
    type: Mapped[str]
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"))
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    outcome: Mapped[str]
    at: Mapped[datetime]


class StatementSource(Base):
    """Where lists of money that came in are from: a bank account, or the report of the QRIS acquirer (no account).

    `columns` are the headings that were told once; `name` makes one row of each.
    """

    __tablename__ = "statement_source"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    bank_account_id: Mapped[int | None] = mapped_column(ForeignKey("bank_account.id"))
    columns: Mapped[dict[str, Any]] = mapped_column(default=dict)

    bank_account: Mapped[BankAccount | None] = relationship()


class Statement(Base):
    """A file of one source. Its text is kept only until its lines are taken in."""

    __tablename__ = "statement"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("statement_source.id"), index=True)
    text: Mapped[str]
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    uploaded_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]

    source: Mapped[StatementSource] = relationship()


class StatementLine(Base):
    """Money that a list says came in. `fingerprint` makes a second import of the same line the same line.

    `fee_idr` of it stayed with the acquirer.
    `journal_id` is the one arrival in the ledger that this line is; `set_aside` says why it is none of ours;
    `looked_at` is when it was first compared with what is waited for.
    """

    __tablename__ = "statement_line"
    __table_args__ = (
        UniqueConstraint("source_id", "fingerprint"),
        CheckConstraint("amount_idr > 0", name="amount"),
        CheckConstraint("fee_idr >= 0 AND fee_idr < amount_idr", name="fee"),
        CheckConstraint("journal_id IS NULL OR set_aside = ''", name="one_end"),
        CheckConstraint("(journal_id IS NULL) = (payment_id IS NULL)", name="arrival"),
        Index("ix_statement_line_waiting", "id", sqlite_where=text("journal_id IS NULL"),
              postgresql_where=text("journal_id IS NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("statement_source.id"))
    fingerprint: Mapped[str]
    booked_on: Mapped[date]
    amount_idr: Mapped[int] = mapped_column(BigInteger)
    fee_idr: Mapped[int] = mapped_column(BigInteger, default=0)
    words: Mapped[str] = mapped_column(default="")
    reference: Mapped[str] = mapped_column(default="")
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"), index=True)
    journal_id: Mapped[int | None] = mapped_column(ForeignKey("journal.id"), unique=True)
    set_aside: Mapped[str] = mapped_column(default="")
    looked_at: Mapped[datetime | None]
    imported_at: Mapped[datetime]
    imported_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    source: Mapped[StatementSource] = relationship()


class Refund(Base):
    """Money going back the way it came. `key` makes a repeat the same refund."""

    __tablename__ = "refund"
    __table_args__ = (
        CheckConstraint("amount_idr > 0", name="amount"),
        CheckConstraint("NOT (done_at IS NOT NULL AND failed_at IS NOT NULL)", name="one_end"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), index=True)
    amount_idr: Mapped[int] = mapped_column(BigInteger)
    why: Mapped[str]
    from_surplus: Mapped[bool] = mapped_column(default=False)
    stripe_refund_id: Mapped[str | None] = mapped_column(unique=True)
    bank_reference: Mapped[str] = mapped_column(default="")
    refused_why: Mapped[str] = mapped_column(default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
