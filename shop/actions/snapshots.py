"""What a document says, as plain values that never change afterwards: whole rupiah, moments as ISO in UTC.

No phone number, no e-mail, no street: documents open by private link too, and links are passed on.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from shop.domain.deal import TIMERS, DealStatus
from shop.domain.documents import LAYOUT
from shop.domain.ledger import JournalKind
from shop.domain.payment import Method, Part
from shop.models import Inquiry, Journal, Order, OrderLine, Payment, Quote, QuoteLine, Refund
from shop.queries.deals import held_until
from shop.queries.ledger import held_idr

DUE_STATUS = {Part.DEPOSIT: DealStatus.DEPOSIT_DUE, Part.BALANCE: DealStatus.BALANCE_DUE}


def quote(inquiry: Inquiry, quote: Quote) -> dict[str, Any]:
    """An offer with its lines, how it is paid, and until when it holds."""
    return _parties(inquiry) | {
        "round": quote.number,
        "lines": _lines(quote.lines),
        "shipping_idr": quote.shipping_idr,
        "shipping_by": quote.shipping_by,
        "packing_idr": quote.packing_idr,
        "total_idr": quote.total_idr,
        "deposit_percent": quote.deposit_percent,
        "deposit_idr": quote.deposit_idr,
        "lead_time_days": quote.lead_time_days,
        "valid_until": _moment(quote.valid_until),
        "note": quote.note,
    }


def invoice(session: Session, order: Order, part: Part) -> dict[str, Any]:
    """What an order comes to, what was paid, and what is due now until when."""
    paid = held_idr(session, order)
    due = order.deposit_idr if part is Part.DEPOSIT else order.total_idr
    lasts = max(timer.after for timer in TIMERS[DUE_STATUS[part]])
    until = held_until(session, order) if part is Part.DEPOSIT else None
    return _parties(order.inquiry) | {
        "part": _part(part, order),
        "lines": _lines(order.lines),
        "shipping_idr": order.shipping_idr,
        "packing_idr": order.packing_idr,
        "total_idr": order.total_idr,
        "paid_idr": paid,
        "due_idr": max(0, due - paid),
        "pay_before": _moment(until or order.entered_at + lasts),
    }


def receipt(session: Session, order: Order, payment: Payment, journal: Journal) -> dict[str, Any]:
    """One arrival of money: how much, for what, by which way, and what is left to pay."""
    came = sum(line.amount_idr for line in journal.postings if line.account in ("bank", "stripe"))
    held = held_idr(session, order)
    surplus = journal.kind == JournalKind.SURPLUS
    over = -sum(line.amount_idr for line in journal.postings if line.account == "surplus")
    return _parties(order.inquiry) | {
        "amount_idr": came,
        "surplus_idr": over,
        "for": "surplus" if surplus else _part(Part(payment.part), order),
        "titles": [line.title for line in order.lines],
        "method": payment.method,
        "code_idr": payment.code_idr,
        "total_idr": order.total_idr,
        "paid_idr": held,
        "left_idr": max(0, order.total_idr - held),
    }


def refund(order: Order, payment: Payment, refund: Refund) -> dict[str, Any]:
    """Money that went back: how much, why, the way it came, and how the bank names it."""
    return _parties(order.inquiry) | {
        "amount_idr": refund.amount_idr,
        "why": refund.why,
        "surplus": refund.from_surplus,
        "titles": [line.title for line in order.lines],
        "method": Method.TRANSFER.value if refund.refused_why else payment.method,
        "bank_reference": refund.bank_reference,
    }


def _parties(inquiry: Inquiry) -> dict[str, Any]:
    maker = inquiry.producer
    return {
        "layout": LAYOUT,
        "code": inquiry.code,
        "maker": maker.name,
        "village": maker.village,
        "buyer": inquiry.buyer_name,
        "destination": inquiry.destination,
    }


def _part(part: Part, order: Order) -> str:
    """`whole` where the deposit is all there is to pay."""
    return "whole" if part is Part.DEPOSIT and order.deposit_idr == order.total_idr else part.value


def _lines(lines: Iterable[QuoteLine | OrderLine]) -> list[dict[str, Any]]:
    return [
        {
            "title": line.title,
            "size": line.size,
            "material": line.material,
            "quantity": line.quantity,
            "unit_idr": line.unit_idr,
        }
        for line in lines
    ]


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
