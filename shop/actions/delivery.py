"""The way of a notice: leased, sent or tried again, given up; or handed over by hand. The caller commits.

At least once: a worker that dies after sending leaves a lease that runs out, and the letter goes again under
the same Message-ID.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions.events import log
from shop.actions.locking import hold_row
from shop.domain.errors import WrongState
from shop.domain.notice import LEASE, MOST_TRIES, next_try
from shop.domain.roles import Actor
from shop.models import Notice, Person
from shop.queries.notices import due

LONGEST_PROBLEM = 300


def lease_next(session: Session, *, at: datetime) -> Notice | None:
    """The notice that waits longest, taken for five minutes and one more try counted; None if none waits."""
    query = select(Notice).where(due(at)).order_by(Notice.due_at, Notice.id).limit(1)
    notice = session.scalar(query.with_for_update(skip_locked=True, of=Notice))
    if notice is not None:
        notice.leased_until = at + LEASE
        notice.attempts += 1
        session.flush()
    return notice


def sent(session: Session, notice: Notice, *, at: datetime) -> None:
    """It left the house."""
    notice.sent_at, notice.leased_until, notice.last_problem = at, None, ""
    session.flush()


def try_later(session: Session, notice: Notice, problem: str, *, at: datetime) -> None:
    """It did not, but may: again after a growing pause, until the tries are used up."""
    notice.leased_until, notice.last_problem = None, problem[:LONGEST_PROBLEM]
    notice.due_at = next_try(notice.attempts, at) or notice.due_at
    session.flush()


def give_up(session: Session, notice: Notice, problem: str) -> None:
    """It never will; curators see it among the failed."""
    notice.leased_until, notice.last_problem = None, problem[:LONGEST_PROBLEM]
    notice.attempts = MOST_TRIES
    session.flush()


def send_again(session: Session, notice: Notice, *, by: Person, at: datetime) -> None:
    """A curator has it tried from the beginning. Raises WrongState when it was sent or waits anyway."""
    if notice.sent_at is not None or notice.cancelled_at is not None or notice.attempts == 0:
        raise WrongState(step="send_again")
    notice.attempts, notice.due_at, notice.leased_until = 0, at, None
    _log(session, notice, "send_again", by=by, at=at)


def handed_over(session: Session, notice: Notice, *, by: Person | None, actor: Actor, at: datetime) -> None:
    """Somebody says they sent the WhatsApp message. Raises WrongState for an e-mail; twice is once."""
    hold_row(session, notice)
    if notice.channel != "whatsapp" or notice.cancelled_at is not None:
        raise WrongState(step="hand_over")
    if notice.sent_at is not None:
        return
    notice.sent_at, notice.sent_by_id = at, by.id if by else None
    _log(session, notice, "hand_over", by=by, actor=actor, at=at)


def _log(
    session: Session,
    notice: Notice,
    what: str,
    *,
    by: Person | None,
    at: datetime,
    actor: Actor = Actor.CURATOR,
) -> None:
    log(
        session,
        what,
        by=by,
        actor=actor,
        at=at,
        inquiry=notice.inquiry,
        person=notice.person,
        facts={"notice": notice.id, "kind": notice.kind},
    )
