"""People: who they are, how they sign in, what they agreed to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.models.base import Base, one_of

LANGUAGES = ("id", "en")
LINK_PURPOSES = (
    "confirm_email", "change_email", "undo_email", "reset_password", "first_password", "join_producer", "invite_staff",
)  # fmt: skip


class Person(Base):
    """Somebody with an e-mail, a WhatsApp number, or both. A deleted person keeps the row without the facts."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("email IS NOT NULL OR phone IS NOT NULL OR deleted_at IS NOT NULL", name="reachable"),
        CheckConstraint("email = lower(email)", name="email_lower"),
        CheckConstraint(one_of("language", LANGUAGES), name="language"),
        CheckConstraint("totp_confirmed_at IS NULL OR totp_secret IS NOT NULL", name="totp"),
        Index("ix_person_name", "name", "id"),
        Index(
            "ix_person_curator",
            "id",
            sqlite_where=text("is_curator = 1"),
            postgresql_where=text("is_curator"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str | None] = mapped_column(unique=True)
    email_confirmed_at: Mapped[datetime | None]
    phone: Mapped[str | None] = mapped_column(unique=True)
    password_hash: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="id")
    is_curator: Mapped[bool] = mapped_column(default=False)
    is_administrator: Mapped[bool] = mapped_column(default=False)
    matches_payments: Mapped[bool] = mapped_column(default=False)
    shortcuts_on: Mapped[bool] = mapped_column(default=True)
    totp_secret: Mapped[str | None]
    totp_confirmed_at: Mapped[datetime | None]
    totp_last_step: Mapped[int | None]
    created_at: Mapped[datetime]
    suspended_at: Mapped[datetime | None]
    deletion_asked_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]

    @property
    def may_sign_in(self) -> bool:
        return self.suspended_at is None and self.deletion_asked_at is None and self.deleted_at is None


class SignIn(Base):
    """A session of one browser. Only the hash of its token is kept; revoking it ends it at once."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    browser: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    second_factor_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class OneTimeLink(Base):
    """A link that does one thing once: confirm, reset, undo, join. Only the hash of its token is kept."""

    __tablename__ = "one_time_link"
    __table_args__ = (CheckConstraint(one_of("purpose", LINK_PURPOSES), name="purpose"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    producer_id: Mapped[int | None] = mapped_column(ForeignKey("producer.id"), index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class RecoveryCode(Base):
    """A code that stands in once for the second factor."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    code_hash: Mapped[str]
    used_at: Mapped[datetime | None]


class Consent(Base):
    """What a person agreed to, per purpose, and when they took it back."""

    __tablename__ = "consent"
    __table_args__ = (
        Index("uq_consent_standing", "person_id", "purpose", unique=True,
              sqlite_where=text("withdrawn_at IS NULL"), postgresql_where=text("withdrawn_at IS NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[str]
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class Attempt(Base):
    """One try at something that is limited: a password, a code, a form. The key names what and whose."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_key_at", "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)
