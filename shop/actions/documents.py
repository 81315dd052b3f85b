"""Numbered documents, made in the transaction of the step that causes them: a snapshot, a number, a print.

A document never changes. When what it is about changes, it is cancelled and, where there is one, names its successor.
Numbers are taken last in a transaction, because whoever takes one holds the counter until the commit.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shop.actions import snapshots
from shop.domain.deal import CLOSED, ENDED, DealStatus
from shop.domain.documents import Kind, digest, year_of
from shop.domain.payment import Part
from shop.models import Document, DocumentNumber, Inquiry, Journal, Order, Payment, Quote, Refund
from shop.queries.ledger import paid_in_idr


def quote(session: Session, inquiry: Inquiry, quote: Quote, *, at: datetime) -> Document:
    """The written offer. The round before it is cancelled and names this one."""
    facts = snapshots.quote(inquiry, quote)
    return _issue(session, Kind.QUOTE, f"inquiry:{inquiry.id}", inquiry, facts, at=at)


def receipt(session: Session, order: Order, payment: Payment, journal: Journal, *, at: datetime) -> Document:
    """What came, whatever it came for; one for each arrival."""
    facts = snapshots.receipt(session, order, payment, journal)
    return _issue(session, Kind.RECEIPT, f"journal:{journal.id}", order.inquiry, facts, at=at)


def refund(session: Session, order: Order, payment: Payment, refund: Refund, *, at: datetime) -> Document:
    """What went back."""
    facts = snapshots.refund(order, payment, refund)
    return _issue(session, Kind.REFUND, f"refund:{refund.id}", order.inquiry, facts, at=at)


def no_refund(session: Session, refund: Refund, *, at: datetime) -> None:
    """It came back: what said that it left holds no longer."""
    _cancel(_standing(session, Kind.REFUND, f"refund:{refund.id}"), at=at)
    session.flush()


def follow(session: Session, inquiry: Inquiry, order: Order | None, *, at: datetime) -> None:
    """A deal took a step: an invoice where money is due now; what nobody will pay or accept any more is cancelled."""
    status = DealStatus(inquiry.status)
    if order is None:
        if status in CLOSED:
            _cancel(_standing(session, Kind.QUOTE, f"inquiry:{inquiry.id}"), at=at)
    elif status is DealStatus.DEPOSIT_DUE:
        _invoice(session, order, Part.DEPOSIT, at=at)
    elif status is DealStatus.BALANCE_DUE:
        _invoice(session, order, Part.BALANCE, at=at)
    elif status in ENDED:
        _cancel_unpaid(session, order, at=at)
    session.flush()


def _invoice(session: Session, order: Order, part: Part, *, at: datetime) -> None:
    facts = snapshots.invoice(session, order, part)
    _issue(session, Kind.INVOICE, f"order:{order.id}:{part}", order.inquiry, facts, at=at)


def _cancel_unpaid(session: Session, order: Order, *, at: datetime) -> None:
    paid = paid_in_idr(session, order)
    for part, whole in ((Part.DEPOSIT, order.deposit_idr), (Part.BALANCE, order.total_idr)):
        if paid < whole:
            _cancel(_standing(session, Kind.INVOICE, f"order:{order.id}:{part}"), at=at)


def _issue(
    session: Session, kind: Kind, subject: str, inquiry: Inquiry, facts: dict[str, Any], *, at: datetime
) -> Document:
    """The standing document of the subject if it says the same; else a new one that takes the last one's place."""
    facts = {"issuer": _option(session, "council_issuer", {}), **facts}
    latest = _latest(session, kind, subject)
    if latest is not None and latest.cancelled_at is None:
        if latest.facts == facts:
            return latest
        _cancel(latest, at=at)
        session.flush()
    year = year_of(at, _option(session, "council_zone", UTC))
    number = _next_number(session, kind, year)
    document = Document(
        kind=kind.value,
        year=year,
        number=number,
        subject=subject,
        inquiry_id=inquiry.id,
        facts=facts,
        digest=digest(kind, year, number, subject, at, facts),
        issued_at=at,
    )
    session.add(document)
    session.flush()
    if latest is not None:
        latest.replaced_by = document
        session.flush()
    return document


def _standing(session: Session, kind: Kind, subject: str) -> Document | None:
    return session.scalar(select(Document).filter_by(kind=kind.value, subject=subject, cancelled_at=None))


def _latest(session: Session, kind: Kind, subject: str) -> Document | None:
    query = select(Document).filter_by(kind=kind.value, subject=subject)
    return session.scalar(query.order_by(Document.id.desc()).limit(1))


def _cancel(document: Document | None, *, at: datetime) -> None:
    if document is not None:
        document.cancelled_at = at


def _next_number(session: Session, kind: Kind, year: int) -> int:
    """The number after the last one. The counter's row stays locked until the commit, so a rollback leaves no gap."""
    query = select(DocumentNumber).filter_by(kind=kind.value, year=year)
    query = query.with_for_update().execution_options(populate_existing=True)
    counter = session.scalar(query)
    if counter is None:
        try:
            with session.begin_nested():
                session.add(DocumentNumber(kind=kind.value, year=year, last=0))
        except IntegrityError:
            pass  # another opened the year at this moment
        counter = session.scalars(query).one()
    counter.last += 1
    session.flush()
    return counter.last


def _option(session: Session, name: str, otherwise: Any) -> Any:
    """What the engine knows about the house; a session of a bare engine keeps to UTC and names no issuer."""
    return session.get_bind().get_execution_options().get(name, otherwise)
