"""Taking a decision back: within ten seconds, by its author, if nothing followed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shop.actions.catalogue import refresh
from shop.actions.events import log
from shop.actions.locking import hold_row
from shop.actions.reviews import hold
from shop.domain.curation import UndoTooLate, undo_is_open
from shop.domain.errors import NotAllowed
from shop.domain.roles import Actor
from shop.models import Decision, Listing, Notice, Person, Report, ReviewDraft, Revision
from shop.models.base import UtcTime
from shop.queries import reviews


def undo(session: Session, decision: Decision, *, by: Person, at: datetime) -> None:
    """Everything is as before the decision, its notices are cancelled, the curator's draft is back.

    Raises NotAllowed for anybody but its author, UndoTooLate after ten seconds or when something followed.
    """
    revision = decision.revision
    hold(session, revision)
    hold_row(session, decision)
    if decision.curator_id != by.id:
        raise NotAllowed
    if decision.undone_at or not undo_is_open(decision.at, at=at) or followed(session, decision):
        raise UndoTooLate
    after = (
        revision.status
        if decision.before["revision"]["status"] != revision.status
        else revision.listing.status
    )
    _bring_back(revision.listing, decision.before["listing"])
    _bring_back(revision, decision.before["revision"])
    decision.undone_at = at
    session.flush()
    session.refresh(revision.listing, ["live_revision"])
    _reopen(session, decision)
    _keep_draft(session, decision, at)
    refresh(session, revision.listing)
    log(
        session, "undo", by=by, actor=Actor.CURATOR, at=at, listing=revision.listing, revision=revision,
        from_status=after, to_status=revision.status, facts={"decision": decision.id, "kind": decision.kind},
    )  # fmt: skip


def followed(session: Session, decision: Decision) -> bool:
    """Whether anything was done to the work since."""
    revision, after = decision.revision, decision.before["after"]
    if (revision.version, revision.listing.version) != (after["revision"], after["listing"]):
        return True
    newer = select(Decision.id).where(Decision.listing_id == decision.listing_id, Decision.id > decision.id)
    began = select(Revision.id).where(
        Revision.listing_id == decision.listing_id, Revision.created_at > decision.at
    )
    return bool(session.scalar(newer.limit(1)) or session.scalar(began.limit(1)))


def _bring_back(row: Listing | Revision, fields: dict[str, Any]) -> None:
    columns = type(row).__table__.c
    for name, value in fields.items():
        is_time = value is not None and isinstance(columns[name].type, UtcTime)
        setattr(row, name, datetime.fromisoformat(value) if is_time else value)


def _reopen(session: Session, decision: Decision) -> None:
    """Notices that wait are cancelled; an appeal and the reports that the decision answered are open again."""
    session.execute(
        update(Notice)
        .where(Notice.decision_id == decision.id, Notice.sent_at.is_(None))
        .values(cancelled_at=decision.undone_at)
    )
    appeal = reviews.appeal_of(session, decision.listing_id)
    if appeal is not None and appeal.answered_at == decision.at:
        appeal.answered_at = None
    session.execute(
        update(Report)
        .where(Report.listing_id == decision.listing_id, Report.handled_at == decision.at)
        .values(handled_at=None, handled_by_id=None, outcome=None)
    )


def _keep_draft(session: Session, decision: Decision, at: datetime) -> None:
    draft = reviews.draft_of(session, decision.revision_id, decision.curator_id)
    if draft is None:
        draft = ReviewDraft(revision_id=decision.revision_id, curator_id=decision.curator_id)
        session.add(draft)
    for name in ("gates", "scores", "codes", "note", "internal_note"):
        setattr(draft, name, getattr(decision, name))
    draft.saved_at = at
    session.flush()
