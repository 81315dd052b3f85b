"""The council's accounts for payment. A change counts when a second person has confirmed it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions.events import log
from shop.domain.errors import NotAllowed
from shop.domain.roles import Actor
from shop.domain.words import N_
from shop.models import BankAccount, Person


class SecondPerson(NotAllowed):
    sentence = N_("Rekening dikonfirmasi oleh orang kedua, bukan oleh yang mengusulkannya.")


def propose(
    session: Session, *, bank: str, number: str, holder: str, by: Person, at: datetime
) -> BankAccount:
    """An account that buyers do not see yet. Raises NotAllowed for anybody but an administrator."""
    if not by.is_administrator:
        raise NotAllowed
    account = BankAccount(bank=bank, number=number, holder=holder, proposed_by_id=by.id, proposed_at=at)
    session.add(account)
    session.flush()
    _log(session, "account_proposed", account, by, at)
    return account


def confirm(session: Session, account: BankAccount, *, by: Person, at: datetime) -> None:
    """From now on buyers pay here; the account before is closed. Raises SecondPerson, NotAllowed."""
    if not (by.matches_payments or by.is_administrator):
        raise NotAllowed
    if by.id == account.proposed_by_id:
        raise SecondPerson
    accounts = _held(session)  # two who confirm two accounts at once must see each other
    if account.confirmed_at is not None:
        return
    for other in accounts:
        if other.confirmed_at is not None:
            other.closed_at = other.closed_at or at
    account.confirmed_by_id, account.confirmed_at = by.id, at
    session.flush()
    _log(session, "account_confirmed", account, by, at)


def _held(session: Session) -> Sequence[BankAccount]:
    """All of them, locked in one order, as they stand now."""
    query = select(BankAccount).order_by(BankAccount.id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).all()


def _log(session: Session, what: str, account: BankAccount, by: Person, at: datetime) -> None:
    log(session, what, by=by, actor=Actor.ADMINISTRATOR, at=at, person=by, facts={"account": account.id})
