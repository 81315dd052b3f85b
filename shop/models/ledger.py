"""The ledger: journals and their postings are added, never changed; payouts and numbered documents beside it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.domain.documents import Kind
from shop.domain.ledger import Account, JournalKind
from shop.models.base import Base, one_of


class Journal(Base):
    """One movement of money. `key` makes what arrives twice the same movement."""

    __tablename__ = "journal"
    __table_args__ = (CheckConstraint(one_of("kind", JournalKind), name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    order_id: Mapped[int | None] = mapped_column(ForeignKey("order.id"), index=True)
    producer_id: Mapped[int | None] = mapped_column(ForeignKey("producer.id"), index=True)
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"))
    refund_id: Mapped[int | None] = mapped_column(ForeignKey("refund.id"))
    payout_id: Mapped[int | None] = mapped_column(ForeignKey("payout.id"), index=True)
    why: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(index=True)

    postings: Mapped[list[Posting]] = relationship(order_by="Posting.id")


class Posting(Base):
    """One line of a journal: debit positive, credit negative, whole rupiah."""

    __tablename__ = "posting"
    __table_args__ = (
        CheckConstraint(one_of("account", Account), name="account"),
        CheckConstraint("amount_idr <> 0", name="amount"),
        Index("ix_posting_producer", "producer_id", "account", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    journal_id: Mapped[int] = mapped_column(ForeignKey("journal.id"), index=True)
    account: Mapped[str]
    amount_idr: Mapped[int] = mapped_column(BigInteger)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("order.id"), index=True)
    producer_id: Mapped[int | None] = mapped_column(ForeignKey("producer.id"))
    at: Mapped[datetime]


class Payout(Base):
    """A transfer from the council to a producer, named by the bank's reference."""

    __tablename__ = "payout"
    __table_args__ = (CheckConstraint("amount_idr > 0", name="amount"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id"), index=True)
    amount_idr: Mapped[int] = mapped_column(BigInteger)
    bank_reference: Mapped[str] = mapped_column(unique=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class Document(Base):
    """A numbered document as it was issued: numbers of a kind and year have no gaps; old versions are cancelled.

    `facts` is all it says and never changes; `digest` is their print. `subject` is what it is about: of one subject
    one version stands.
    """

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint(one_of("kind", Kind), name="kind"),
        CheckConstraint("replaced_by_id IS NULL OR cancelled_at IS NOT NULL", name="replaced"),
        UniqueConstraint("kind", "year", "number"),
        Index("uq_document_standing", "kind", "subject", unique=True,
              sqlite_where=text("cancelled_at IS NULL"), postgresql_where=text("cancelled_at IS NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    year: Mapped[int]
    number: Mapped[int]
    subject: Mapped[str]
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiry.id"), index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    digest: Mapped[str]
    issued_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))

    replaced_by: Mapped[Document | None] = relationship(remote_side="Document.id")


class DocumentNumber(Base):
    """The last number given out, for each kind and year; the row is locked while one is taken."""

    __tablename__ = "document_number"

    kind: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)


class StaffTask(Base):
    """Something a person of the council must look at. One open task of a kind for each subject."""

    __tablename__ = "staff_task"
    __table_args__ = (
        Index("uq_staff_task_open", "kind", "subject", unique=True,
              sqlite_where=text("done_at IS NULL"), postgresql_where=text("done_at IS NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject: Mapped[str]
    inquiry_id: Mapped[int | None] = mapped_column(ForeignKey("inquiry.id"), index=True)
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"))
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    opened_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[str] = mapped_column(default="")
