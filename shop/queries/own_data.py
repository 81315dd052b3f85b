"""Everything the shop keeps about one person, and only theirs (UU PDP: the right to a copy)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from shop.models import (
    Base,
    Consent,
    Event,
    Inquiry,
    Listing,
    Member,
    Message,
    Notice,
    Order,
    Person,
    SavedAddress,
    SavedWork,
    SignIn,
)

# Columns with a person in them that are not told as theirs, each with its reason; a test knows every column.
ELSEWHERE = {
    "one_time_link.person_id": "a link's row holds a hash and dates only; the event log tells that it was made",
    "one_time_link.made_by_id": "told by the event log",
    "recovery_code.person_id": "hashes of codes",
    "private_link.person_id": "hashes of links into threads, which are told with the threads",
    "review_draft.curator_id": "work of the council, not about the person",
    "decision.curator_id": "told by the event log; what it says belongs to the maker",
    "appeal.by_id": "told by the event log; its words belong to the producer",
    "report.handled_by_id": "told by the event log",
    "revision.created_by_id": "told by the event log; works belong to the producer",
    "revision.submitted_by_id": "told by the event log",
    "revision.claimed_by_id": "told by the event log",
    "revision.assigned_to_id": "told by the event log",
    "producer.decided_by_id": "told by the event log",
    "notice.hand_over_by_id": "told by the event log; the notice belongs to its reader",
    "notice.sent_by_id": "told by the event log",
    "bank_account.confirmed_by_id": "told by the event log; the row belongs to the deal or the ledger",
    "bank_account.proposed_by_id": "told by the event log; the row belongs to the deal or the ledger",
    "journal.by_id": "told by the event log; the row belongs to the deal or the ledger",
    "payment.checked_by_id": "told by the event log; the row belongs to the deal or the ledger",
    "payout.by_id": "told by the event log; the row belongs to the deal or the ledger",
    "progress.by_id": "told by the event log; the row belongs to the deal or the ledger",
    "quote.by_id": "told by the event log; the row belongs to the deal or the ledger",
    "refund.decided_by_id": "told by the event log; the row belongs to the deal or the ledger",
    "staff_task.done_by_id": "told by the event log; the row belongs to the deal or the ledger",
    "exchange_rate.by_id": "told by the event log; the row belongs to the council",
    "statement.uploaded_by_id": "told by the event log; the row belongs to the deal or the ledger",
    "statement_line.decided_by_id": "told by the event log; the row belongs to the deal or the ledger",
    "statement_line.imported_by_id": "told by the event log; the row belongs to the deal or the ledger",
    "event.for_id": "what an assistant did for them is told under the event's own person",
}
TOLD = {
    "sign_in.person_id",
    "consent.person_id",
    "member.person_id",
    "inquiry.buyer_id",
    "message.author_id",
    "notice.person_id",
    "event.by_id",
    "event.person_id",
    "saved_address.person_id",
    "saved_work.person_id",
}
PERSON = ("name", "email", "email_confirmed_at", "phone", "language", "is_curator", "is_administrator",
          "matches_payments", "shortcuts_on", "totp_confirmed_at", "created_at", "suspended_at", "deletion_asked_at")  # fmt: skip
SIGN_IN = ("browser", "created_at", "expires_at", "revoked_at", "second_factor_at")
INQUIRY = ("code", "status", "buyer_name", "buyer_phone", "buyer_email", "language", "destination", "address",
           "needed_by",
           "created_at", "changed_at", "closed_reason")  # fmt: skip
ORDER = ("accepted_at", "total_idr", "pick_up", "address", "shipped_at", "completed_at", "refund_account",
         "refund_account_at")  # fmt: skip
ITEM = ("title", "price_idr", "price_kind", "quantity", "wish")
NOTICE = ("kind", "channel", "to_email", "to_phone", "created_at", "sent_at")
EVENT = ("at", "what", "actor", "from_status", "to_status")


def everything_about(session: Session, person: Person) -> dict[str, Any]:
    """A JSON-ready account: lists of plain facts, times in ISO 8601, UTC."""
    return {
        "person": _facts(person, PERSON),
        "consents": _all(
            session, Consent, Consent.person_id == person.id, ("purpose", "given_at", "withdrawn_at")
        ),
        "sign_ins": _all(session, SignIn, SignIn.person_id == person.id, SIGN_IN),
        "memberships": _memberships(session, person),
        "addresses": _all(
            session, SavedAddress, SavedAddress.person_id == person.id, ("address", "usual", "created_at")
        ),
        "saved_works": _saved_works(session, person),
        "inquiries": _inquiries(session, person),
        "messages": _messages(session, person),
        "notices": _all(session, Notice, Notice.person_id == person.id, NOTICE),
        "events": _all(session, Event, or_(Event.by_id == person.id, Event.person_id == person.id), EVENT),
    }


def _memberships(session: Session, person: Person) -> list[dict[str, Any]]:
    query = (
        select(Member)
        .where(Member.person_id == person.id)
        .options(selectinload(Member.producer))
        .order_by(Member.id)
    )
    return [
        {"producer": member.producer.name, **_facts(member, ("role", "joined_at", "left_at"))}
        for member in session.scalars(query)
    ]


def _inquiries(session: Session, person: Person) -> list[dict[str, Any]]:
    query = (
        select(Inquiry)
        .where(Inquiry.buyer_id == person.id)
        .options(selectinload(Inquiry.items), selectinload(Inquiry.producer))
        .order_by(Inquiry.id)
    )
    theirs = select(Order).join(Inquiry).where(Inquiry.buyer_id == person.id)
    orders = {order.inquiry_id: order for order in session.scalars(theirs)}
    return [
        {
            **_facts(inquiry, INQUIRY),
            "order": _facts(orders[inquiry.id], ORDER) if inquiry.id in orders else None,
            "producer": inquiry.producer.name,
            "items": [_facts(item, ITEM) for item in inquiry.items],
        }
        for inquiry in session.scalars(query)
    ]


def _saved_works(session: Session, person: Person) -> list[dict[str, Any]]:
    query = select(Listing.slug, SavedWork.saved_at).join(SavedWork, SavedWork.listing_id == Listing.id)
    rows = session.execute(query.where(SavedWork.person_id == person.id).order_by(SavedWork.saved_at))
    return [{"work": slug, "saved_at": _plain(at)} for slug, at in rows]


def _messages(session: Session, person: Person) -> list[dict[str, Any]]:
    """What the person wrote; what others wrote is theirs."""
    query = (
        select(Message, Inquiry.code)
        .join(Inquiry, Inquiry.id == Message.inquiry_id)
        .where(
            or_(Message.author_id == person.id, (Inquiry.buyer_id == person.id) & (Message.side == "buyer"))
        )
        .order_by(Message.id)
    )
    return [
        {"inquiry": code, **_facts(message, ("at", "side", "text"))}
        for message, code in session.execute(query)
    ]


def _all(session: Session, table: type[Base], whose: Any, names: Iterable[str]) -> list[dict[str, Any]]:
    query = select(table).where(whose).order_by(table.id)  # type: ignore[attr-defined]
    return [_facts(row, names) for row in session.scalars(query)]


def _facts(row: object, names: Iterable[str]) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (datetime, date)) else value
