"""Everything the review page shows, gathered once for the page itself and for its answers to a decision."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import render_template
from flask_babel import gettext
from sqlalchemy.orm import Session

from shop.blueprints.curation import comparing, facts, words
from shop.domain.curation import Judgement, against_approval, undo_is_open
from shop.domain.errors import NotFound
from shop.domain.listing import ONCE_APPROVED, Status, claim_is_stale
from shop.domain.review import GATES, REASONS, SCORES, total
from shop.extensions import db, now
from shop.forms.review import filled_in, of_draft
from shop.models import Decision, Person, Revision
from shop.queries import decisions, queue, reviews
from shop.web.login import the_person

JUDGED = frozenset({Status.SUBMITTED, Status.IN_REVIEW})


def find(revision_id: int) -> Revision:
    """The revision. Raises NotFound for what its producer is still writing."""
    revision = db.session.get(Revision, revision_id)
    if revision is None or revision.status == Status.DRAFT:
        raise NotFound
    return revision


def review_page(
    revision: Revision,
    *,
    judgement: Judgement | None = None,
    problems: dict[str, str] | None = None,
    moved: str | None = None,
    undo: Decision | None = None,
) -> str:
    """The page. `judgement` is what was just typed, else the curator's draft; `moved` says what happened meanwhile."""
    session, at, me = db.session(), now(), the_person()
    base = base_of(session, revision)
    draft = reviews.draft_of(session, revision.id, me.id)
    kept = of_draft(draft, content_since=revision.submitted_at) if draft else Judgement()
    fields = facts.compared(base, revision)
    return render_template(
        "curation/review.html",
        revision=revision,
        listing=revision.listing,
        producer=revision.listing.producer,
        base=base,
        mode=mode_of(session, revision, me, at),
        holder=_holder(session, revision, at),
        mine=revision.claimed_by_id == me.id,
        fields=fields,
        changed=sum(each.changed for each in fields),
        warnings=facts.warnings(base, revision),
        large=comparing.beside(revision.photos),
        photo_changes=comparing.photo_changes(base.photos, revision.photos) if base else [],
        slot_label=facts.slot_label,
        record=decisions.record_of(session, revision.listing.producer_id),
        history=decisions.of_listing(session, revision.listing_id),
        appeal=reviews.appeal_of(session, revision.listing_id),
        place=_place(session, revision),
        before_this=_neighbour(session, revision, back=True),
        draft=draft,
        moved=moved,
        undo=undo,
        words=words,
        at=at,
        **_form_of(judgement or kept, problems or {}),
    )


def _form_of(filled: Judgement, problems: dict[str, str]) -> dict[str, Any]:
    """What the form of the decision shows: what is filled in, what it asks, what is not well yet."""
    return {
        "filled": filled,
        "chosen": filled_in(filled),
        "points": total(filled.scores),
        "lacking": against_approval(filled),
        "problems": listed(problems),
        "wrong": set(problems),
        "gates": [(f"gate_{name}", gettext(words_)) for name, words_ in GATES.items()],
        "scores": [(f"score_{name}", gettext(words_)) for name, words_ in SCORES.items()],
        "reasons": [(reason.code, gettext(reason.label)) for reason in REASONS.values()],
        "all_reasons": REASONS,
    }


def undoable(decision_id: int | None) -> Decision | None:
    """The person's own decision of a moment ago, as long as it can be undone."""
    decision = db.session.get(Decision, decision_id) if decision_id else None
    if decision is None or decision.curator_id != the_person().id or decision.undone_at:
        return None
    return decision if undo_is_open(decision.at, at=now()) else None


def base_of(session: Session, revision: Revision) -> Revision | None:
    """What the revision is compared with: the live version, or for the live one what was approved before it."""
    listing = revision.listing
    if listing.live_revision_id == revision.id:
        approved = reviews.last_approved(session, listing)
        return approved if approved is not revision else None
    return listing.live_revision if listing.status in ONCE_APPROVED else None


def mode_of(session: Session, revision: Revision, me: Person, at: datetime) -> str:
    """What this curator can do here: judge, held, own, second, appeal, trusted, live, hidden or nothing."""
    if reviews.belonged(session, revision.listing.producer_id, me.id):
        return "own"
    if revision.status in JUDGED:
        held = revision.status == Status.IN_REVIEW and revision.claimed_by_id != me.id
        return "held" if held and not claim_is_stale(revision.claim_active_at, at=at) else "judge"
    if revision.status in (Status.REJECTION_PROPOSED, Status.APPEALED):
        if me.id in reviews.deciders(session, revision):
            return "decided"
        return "second" if revision.status == Status.REJECTION_PROPOSED else "appeal"
    if revision.listing.live_revision_id == revision.id:
        return _of_live(revision)
    return "nothing"


def _of_live(revision: Revision) -> str:
    listing = revision.listing
    if listing.status == Status.HIDDEN_BY_CURATOR:
        return "barred" if listing.barred_at else "hidden"
    if listing.status not in ONCE_APPROVED:
        return "nothing"
    return "trusted" if listing.unacknowledged_since else "live"


def listed(problems: dict[str, str]) -> list[tuple[str, str]]:
    """The error summary: each problem named by its field, linked to it."""
    names = {f"gate_{key}": label for key, label in GATES.items()}
    names |= {f"score_{key}": label for key, label in SCORES.items()}
    targets = {"codes": "alasan", "total": f"score_{next(iter(SCORES))}"}
    return [
        (
            targets.get(key, key),
            f"{gettext(names[key])}: {gettext(sentence)}" if key in names else gettext(sentence),
        )
        for key, sentence in problems.items()
    ]


def _holder(session: Session, revision: Revision, at: datetime) -> Person | None:
    if revision.claimed_by_id is None or claim_is_stale(revision.claim_active_at, at=at):
        return None
    return session.get(Person, revision.claimed_by_id)


def _place(session: Session, revision: Revision) -> tuple[int, int] | None:
    since = revision.appealed_at if revision.status == Status.APPEALED else revision.submitted_at
    waits = revision.status in JUDGED or revision.status in (Status.REJECTION_PROPOSED, Status.APPEALED)
    return queue.place_of(session, since, revision.id) if waits and since else None


def _neighbour(session: Session, revision: Revision, *, back: bool) -> int | None:
    if revision.submitted_at is None:
        return None
    return queue.neighbour(session, revision.submitted_at, revision.id, back=back)
