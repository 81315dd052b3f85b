"""What a curator has filled in so far. It is theirs alone and outlives a lost hold."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from shop.actions.claims import touch
from shop.actions.reviews import hold, may_curate
from shop.domain.curation import Judgement
from shop.models import Person, ReviewDraft, Revision
from shop.queries import reviews


def save_draft(
    session: Session, revision: Revision, judgement: Judgement, *, by: Person, at: datetime
) -> ReviewDraft:
    """The curator's draft, kept; a sign of life for their hold, if it is theirs."""
    hold(session, revision)
    may_curate(session, revision.listing.producer_id, by)
    draft = reviews.draft_of(session, revision.id, by.id)
    if draft is None:
        draft = ReviewDraft(revision_id=revision.id, curator_id=by.id)
        session.add(draft)
    draft.gates, draft.scores = dict(judgement.gates), dict(judgement.scores)
    draft.codes, draft.note = list(judgement.codes), judgement.note
    draft.internal_note, draft.saved_at = judgement.internal_note, at
    session.flush()
    touch(session, revision, by=by, at=at)
    return draft
