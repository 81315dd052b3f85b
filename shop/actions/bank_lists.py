"""Lists of money that came in: a file is kept until its lines are taken in, each line once, whatever files it is in.

Lines are compared one by one, each in a transaction of its own; a line is one arrival in the ledger, or set aside.
"""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shop.actions import ledger, payments
from shop.actions.deals import lock
from shop.actions.events import log
from shop.actions.locking import hold_row
from shop.domain import ledger as rules
from shop.domain.bank_list import Columns, Read
from shop.domain.errors import ChangedMeanwhile, WrongInput, WrongState
from shop.domain.ledger import JournalKind
from shop.domain.matching import Awaited, exact
from shop.domain.roles import Actor
from shop.domain.words import N_
from shop.models import BankAccount, Journal, Payment, Person, Statement, StatementLine, StatementSource
from shop.queries import bank_lists as queries

QRIS = "qris"
FILE_KEPT = timedelta(days=1)


class NotOfThisList(WrongInput):
    """A transfer to another account, or another way of paying, is not in this list."""

    def __init__(self) -> None:
        super().__init__("kode", N_("Pesanan ini tidak punya pembayaran lewat rekening atau QRIS ini"))


def source_of(session: Session, account: BankAccount | None) -> StatementSource:
    """The source of an account's statements, or of the QRIS report; made when it is first asked for."""
    name = f"account:{account.id}" if account else QRIS
    query = select(StatementSource).where(StatementSource.name == name)
    known = session.scalar(query)
    if known is not None:
        return known
    try:
        with session.begin_nested():
            session.add(StatementSource(name=name, bank_account_id=account.id if account else None))
    except IntegrityError:
        pass  # somebody made it at the same moment
    return session.scalars(query).one()


def upload(session: Session, source: StatementSource, text: str, *, by: Person, at: datetime) -> Statement:
    """The file, waiting to be looked at. One that waited for the same source is forgotten."""
    waiting = delete(Statement).where(Statement.source_id == source.id, Statement.taken_at.is_(None))
    session.execute(waiting)
    statement = Statement(source_id=source.id, text=text, uploaded_by_id=by.id, uploaded_at=at)
    session.add(statement)
    session.flush()
    return statement


def forget_files(session: Session, *, at: datetime) -> None:
    """Files that were sent and not taken in within a day go: they tell about people."""
    old = Statement.uploaded_at <= at - FILE_KEPT
    session.execute(delete(Statement).where(Statement.taken_at.is_(None), old))


def take_in(
    session: Session, statement: Statement, columns: Columns, found: Read, *, by: Person, at: datetime
) -> int:
    """The lines that were not known yet; how many. The columns are remembered; twice is once.

    Raises ChangedMeanwhile when a colleague sent another file of this source: this one is forgotten.
    """
    source = statement.source
    hold_row(session, source)
    if session.scalar(select(Statement.id).where(Statement.id == statement.id)) is None:
        raise ChangedMeanwhile
    session.refresh(statement)
    if statement.taken_at is not None:
        return 0
    known = queries.known(session, source, [line.fingerprint for line in found.lines])
    new = [line for line in found.lines if line.fingerprint not in known]
    session.add_all(
        StatementLine(
            source_id=source.id,
            fingerprint=line.fingerprint,
            booked_on=line.booked_on,
            amount_idr=line.amount_idr,
            fee_idr=line.fee_idr,
            words=line.words,
            reference=line.reference,
            imported_at=at,
            imported_by_id=by.id,
        )
        for line in new
    )
    source.columns = dict(vars(columns))
    statement.text, statement.taken_at = "", at
    session.flush()
    _log(session, "statement", by, at, facts={"source": source.name, "lines": len(new)})
    return len(new)


def compare(session: Session, line: StatementLine, *, zone: tzinfo, at: datetime) -> bool:
    """Whether this line is exactly one payment that is waited for; then it is taken. Tried once."""
    hold_row(session, line)
    if line.journal_id is not None or line.set_aside or line.looked_at is not None:
        return line.journal_id is not None
    line.looked_at = at
    awaited = [
        Awaited(payment.id, payment.total_idr, payment.created_at.astimezone(zone).date())
        for payment in queries.awaited(session, line)
    ]
    unique = line.source.bank_account_id is not None
    alike = 1 if unique else queries.alike(session, line)
    payment_id = exact(line.amount_idr, line.booked_on, awaited, alike=alike)
    if payment_id is not None:
        by = session.get_one(Person, line.imported_by_id)
        _arrive(session, line, session.get_one(Payment, payment_id), by=by, at=at)
    session.flush()
    return payment_id is not None


def assign(session: Session, line: StatementLine, payment: Payment, *, by: Person, at: datetime) -> None:
    """A person says that this line is money for that payment; it finds its home, whatever its amount.

    The same choice again changes nothing. Raises WrongState when the line was decided otherwise, NotOfThisList.
    """
    hold_row(session, line)
    if line.journal_id is not None and line.payment_id == payment.id:
        return
    if line.journal_id is not None or line.set_aside:
        raise WrongState(status="decided", step="assign")
    if not queries.belongs(payment, line.source):
        raise NotOfThisList
    line.decided_by_id, line.looked_at = by.id, at
    _arrive(session, line, payment, by=by, at=at)


def set_aside(session: Session, line: StatementLine, why: str, *, by: Person, at: datetime) -> None:
    """This money is none of ours: interest, a grant, somebody else's. It stays in the list, with the reason."""
    hold_row(session, line)
    if line.journal_id is not None:
        raise WrongState(status="decided", step="set_aside")
    line.set_aside, line.decided_by_id, line.looked_at = why, by.id, at
    session.flush()
    _log(session, "statement_line_set_aside", by, at, facts={"line": line.id}, why=why)


def bring_back(session: Session, line: StatementLine, *, by: Person, at: datetime) -> None:
    """It is ours after all."""
    hold_row(session, line)
    if not line.set_aside:
        return
    line.set_aside, line.decided_by_id = "", None
    session.flush()
    _log(session, "statement_line_back", by, at, facts={"line": line.id})


def _arrive(session: Session, line: StatementLine, payment: Payment, *, by: Person, at: datetime) -> None:
    """Into the ledger, unless a person recorded this very arrival before the list came; that is looked up under the
    deal's lock, since a colleague may be recording it at this moment.
    """
    lock(session, payment.order.inquiry)
    arrival = queries.recorded_by_hand(session, payment, line.amount_idr)
    if arrival is None:
        key = f"line:{line.id}"
        payments.take(session, payment, received_idr=line.amount_idr, key=key, by=by, at=at)
        arrival = session.scalars(select(Journal).where(Journal.key == key)).one()
    line.journal_id, line.payment_id = arrival.id, payment.id
    session.flush()
    _keep_fee(session, line, payment, by=by, at=at)
    log(
        session,
        "payment_in_statement",
        by=by,
        actor=Actor.CURATOR,
        at=at,
        inquiry=payment.order.inquiry,
        facts={"payment": payment.id, "line": line.id, "amount_idr": line.amount_idr},
    )


def _keep_fee(session: Session, line: StatementLine, payment: Payment, *, by: Person, at: datetime) -> None:
    """What the acquirer kept is a cost of the council: the buyer has paid all, the maker is owed all."""
    if line.fee_idr:
        lines, key = rules.fee(amount_idr=line.fee_idr), f"fee:line:{line.id}"
        ledger.post(
            session, JournalKind.FEE, lines, key=key, at=at, order=payment.order, payment=payment, by=by
        )


def _log(
    session: Session, what: str, by: Person, at: datetime, *, facts: dict[str, object], why: str = ""
) -> None:
    log(session, what, by=by, actor=Actor.CURATOR, at=at, person=by, facts=facts, why=why)


def not_looked_at(session: Session) -> list[int]:
    """Lines that were taken in and not compared yet, as after a process that died; at most a hundred."""
    query = select(StatementLine.id).where(
        StatementLine.journal_id.is_(None), StatementLine.looked_at.is_(None), StatementLine.set_aside == ""
    )
    return list(session.scalars(query.order_by(StatementLine.id).limit(100)))
