"""The promises about money and stock: nothing appears, nothing is lost, nothing is given twice."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, String, cast, func, literal, or_, select

from shop.domain.documents import digest
from shop.domain.ledger import Account, JournalKind
from shop.models import Document, Inquiry, Journal, Order, Payment, Payout, Posting, StatementLine, StockHold

ENDED = ("completed", "cancelled", "lapsed", "refunded")


def journals(connection: Connection) -> Iterator[str]:
    """Double entry: the postings of every journal sum to nothing, and there are some."""
    total = func.coalesce(func.sum(Posting.amount_idr), 0)
    sums = select(Journal.id, total, func.count(Posting.id)).outerjoin(
        Posting, Posting.journal_id == Journal.id
    )
    wrong = sums.group_by(Journal.id).having(or_(total != 0, func.count(Posting.id) == 0))
    for journal, amount, count in connection.execute(wrong):
        yield f"journal {journal} does not balance ({amount} rupiah in {count} postings)"


def payments(connection: Connection) -> Iterator[str]:
    """Money that came in stands in the ledger."""
    unwritten = select(Payment.id).outerjoin(Journal, Journal.payment_id == Payment.id)
    unwritten = unwritten.where(Payment.status.in_(("received", "mismatched")), Journal.id.is_(None))
    for (payment,) in connection.execute(unwritten):
        yield f"payment {payment} was received but stands in no journal"


def balances(connection: Connection) -> Iterator[str]:
    """Nobody was given more than there was: what we owe for an order or to a producer never turns round."""
    for account, whose, word in (
        (Account.BUYER, Posting.order_id, "order"),
        (Account.SURPLUS, Posting.order_id, "order"),
        (Account.PRODUCER, Posting.producer_id, "producer"),
    ):
        total = func.sum(Posting.amount_idr)
        over = select(whose, total).where(Posting.account == account.value).group_by(whose).having(total > 0)
        for number, amount in connection.execute(over):
            yield f"{amount} rupiah more than there was went out of account {account.value} of {word} {number}"


def payouts(connection: Connection) -> Iterator[str]:
    """Each payout is one journal over exactly its amount."""
    booked = func.coalesce(func.sum(Posting.amount_idr), 0)
    sums = select(Payout.id, Payout.amount_idr, booked).outerjoin(
        Journal, (Journal.payout_id == Payout.id) & (Journal.kind == JournalKind.PAYOUT.value)
    )
    sums = sums.outerjoin(
        Posting, (Posting.journal_id == Journal.id) & (Posting.account == Account.PRODUCER.value)
    )
    differ = sums.group_by(Payout.id, Payout.amount_idr).having(booked != Payout.amount_idr)
    for payout, amount, written in connection.execute(differ):
        yield f"payout {payout} is of {amount} rupiah, the ledger says {written}"


def bank_lines(connection: Connection) -> Iterator[str]:
    """A line of a bank's list that was taken is one arrival of exactly its amount, for the payment it names."""
    booked = func.coalesce(func.sum(Posting.amount_idr), 0)
    sums = (
        select(StatementLine.id, StatementLine.amount_idr, booked)
        .join(Journal, Journal.id == StatementLine.journal_id)
        .outerjoin(Posting, (Posting.journal_id == Journal.id) & (Posting.account == Account.BANK.value))
        .group_by(StatementLine.id, StatementLine.amount_idr, StatementLine.payment_id, Journal.payment_id)
        .having(or_(booked != StatementLine.amount_idr, StatementLine.payment_id != Journal.payment_id))
    )
    for line, amount, written in connection.execute(sums):
        yield f"line {line} of a bank's list is of {amount} rupiah, its arrival in the ledger of {written}"


def fees(connection: Connection) -> Iterator[str]:
    """What an acquirer kept of an arrival, as its report says, is in the ledger once."""
    kept = func.coalesce(func.sum(Posting.amount_idr), 0)
    key = literal("fee:line:") + cast(StatementLine.id, String)
    sums = (
        select(StatementLine.id, StatementLine.fee_idr, kept)
        .outerjoin(Journal, Journal.key == key)
        .outerjoin(Posting, (Posting.journal_id == Journal.id) & (Posting.account == Account.FEES.value))
        .where(StatementLine.journal_id.is_not(None))
        .group_by(StatementLine.id, StatementLine.fee_idr)
        .having(kept != StatementLine.fee_idr)
    )
    for line, fee, written in connection.execute(sums):
        yield f"of line {line} of a list {fee} rupiah were kept as a fee, the ledger says {written}"


def holds(connection: Connection) -> Iterator[str]:
    """When an order has ended, its pieces were sold or went back."""
    open_ones = StockHold.released_at.is_(None) & StockHold.kept_at.is_(None)
    joined = select(StockHold.id, Order.id).join(Order, Order.id == StockHold.order_id)
    joined = joined.join(Inquiry, Inquiry.id == Order.inquiry_id)
    for hold, order in connection.execute(joined.where(open_ones, Inquiry.status.in_(ENDED))):
        yield f"order {order} has ended but still holds stock (hold {hold})"


def documents(connection: Connection) -> Iterator[str]:
    """Numbers of a kind and year begin at 1 and have no gaps."""
    numbers = select(Document.kind, Document.year, func.max(Document.number), func.count())
    for kind, year, highest, count in connection.execute(numbers.group_by(Document.kind, Document.year)):
        if highest != count:
            yield f"of the {kind} numbers of {year} up to {highest}, only {count} are there"
    said = (
        Document.kind,
        Document.year,
        Document.number,
        Document.subject,
        Document.issued_at,
        Document.facts,
    )
    for *whole, written in connection.execute(select(*said, Document.digest).order_by(Document.id)):
        if digest(*whole) != written:
            yield f"the {whole[0]} number {whole[2]} of {whole[1]} no longer says what it said when it was issued"
