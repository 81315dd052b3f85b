"""The life of a listing and its revisions: one table of steps, and which changes need a review.

The steps of review (submit … grant) walk a *revision*. As long as a listing was never approved, its own status
follows that revision. Afterwards the listing is published, hidden or archived, and an open revision lives
through the same review states without touching it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from shop.domain.errors import WrongState
from shop.domain.roles import Actor
from shop.domain.words import N_

CLAIM_LASTS = timedelta(minutes=30)
UNDO_WITHIN = timedelta(seconds=10)
PRICE_STEP_PERCENT = 20
MOST_PHOTOS = 10


class Status(StrEnum):
    """Where a listing or a revision stands. `published` on a revision means that it was approved."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    REJECTION_PROPOSED = "rejection_proposed"
    REJECTED = "rejected"
    APPEALED = "appealed"
    PUBLISHED = "published"
    HIDDEN_BY_PRODUCER = "hidden_by_producer"
    HIDDEN_BY_CURATOR = "hidden_by_curator"
    ARCHIVED = "archived"


class Step(StrEnum):
    """What somebody does to a listing or a revision."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    CLAIM = "claim"
    RELEASE = "release"
    APPROVE = "approve"
    REQUEST_CHANGES = "request_changes"
    REJECT = "reject"
    PROPOSE_REJECTION = "propose_rejection"
    CONFIRM_REJECTION = "confirm_rejection"
    DISAGREE = "disagree"
    APPEAL = "appeal"
    UPHOLD = "uphold"
    GRANT = "grant"
    HIDE = "hide"
    UNHIDE = "unhide"
    TAKE_DOWN = "take_down"
    RESTORE = "restore"
    ARCHIVE = "archive"
    RESTORE_AS_DRAFT = "restore_as_draft"


P, C, C2 = Actor.PRODUCER, Actor.CURATOR, Actor.SECOND_CURATOR

STEPS: dict[tuple[Status, Step], tuple[Status, Actor]] = {
    (Status.DRAFT, Step.SUBMIT): (Status.SUBMITTED, P),
    (Status.CHANGES_REQUESTED, Step.SUBMIT): (Status.SUBMITTED, P),
    (Status.SUBMITTED, Step.WITHDRAW): (Status.DRAFT, P),
    (Status.IN_REVIEW, Step.WITHDRAW): (Status.DRAFT, P),
    (Status.SUBMITTED, Step.CLAIM): (Status.IN_REVIEW, C),
    (Status.IN_REVIEW, Step.RELEASE): (Status.SUBMITTED, C),
    (Status.IN_REVIEW, Step.APPROVE): (Status.PUBLISHED, C),
    (Status.IN_REVIEW, Step.REQUEST_CHANGES): (Status.CHANGES_REQUESTED, C),
    (Status.IN_REVIEW, Step.REJECT): (Status.REJECTED, C),
    (Status.IN_REVIEW, Step.PROPOSE_REJECTION): (Status.REJECTION_PROPOSED, C),
    (Status.REJECTION_PROPOSED, Step.CONFIRM_REJECTION): (Status.REJECTED, C2),
    (Status.REJECTION_PROPOSED, Step.DISAGREE): (Status.SUBMITTED, C2),
    (Status.REJECTED, Step.APPEAL): (Status.APPEALED, P),
    (Status.APPEALED, Step.UPHOLD): (Status.REJECTED, C2),
    (Status.APPEALED, Step.GRANT): (Status.SUBMITTED, C2),
    (Status.PUBLISHED, Step.HIDE): (Status.HIDDEN_BY_PRODUCER, P),
    (Status.HIDDEN_BY_PRODUCER, Step.UNHIDE): (Status.PUBLISHED, P),
    (Status.PUBLISHED, Step.TAKE_DOWN): (Status.HIDDEN_BY_CURATOR, C),
    (Status.HIDDEN_BY_PRODUCER, Step.TAKE_DOWN): (Status.HIDDEN_BY_CURATOR, C),
    (Status.HIDDEN_BY_CURATOR, Step.RESTORE): (Status.PUBLISHED, C),
    (Status.DRAFT, Step.ARCHIVE): (Status.ARCHIVED, P),
    (Status.CHANGES_REQUESTED, Step.ARCHIVE): (Status.ARCHIVED, P),
    (Status.REJECTED, Step.ARCHIVE): (Status.ARCHIVED, P),
    (Status.PUBLISHED, Step.ARCHIVE): (Status.ARCHIVED, P),
    (Status.HIDDEN_BY_PRODUCER, Step.ARCHIVE): (Status.ARCHIVED, P),
    (Status.ARCHIVED, Step.RESTORE_AS_DRAFT): (Status.DRAFT, P),
}

REVISION_STATES = (
    Status.DRAFT,
    Status.SUBMITTED,
    Status.IN_REVIEW,
    Status.CHANGES_REQUESTED,
    Status.REJECTION_PROPOSED,
    Status.REJECTED,
    Status.APPEALED,
    Status.PUBLISHED,
)
EDITABLE = frozenset({Status.DRAFT, Status.CHANGES_REQUESTED})
WAITING_FOR_CURATOR = frozenset(
    {Status.SUBMITTED, Status.IN_REVIEW, Status.REJECTION_PROPOSED, Status.APPEALED}
)
ONCE_APPROVED = frozenset({Status.PUBLISHED, Status.HIDDEN_BY_PRODUCER, Status.HIDDEN_BY_CURATOR})

STATUS_LABELS = {
    Status.DRAFT: N_("Draf"),
    Status.SUBMITTED: N_("Menunggu kurasi"),
    Status.IN_REVIEW: N_("Sedang dikurasi"),
    Status.CHANGES_REQUESTED: N_("Perlu perbaikan"),
    Status.REJECTION_PROPOSED: N_("Menunggu kurator kedua"),
    Status.REJECTED: N_("Ditolak"),
    Status.APPEALED: N_("Banding"),
    Status.PUBLISHED: N_("Ditayangkan"),
    Status.HIDDEN_BY_PRODUCER: N_("Disembunyikan"),
    Status.HIDDEN_BY_CURATOR: N_("Diturunkan kurator"),
    Status.ARCHIVED: N_("Diarsipkan"),
}


def next_status(status: str, step: Step, *, by: Actor) -> Status:
    """The status after the step. Raises WrongState where the table has no such row for this actor."""
    row = STEPS.get((Status(status), step))
    if row is None or row[1] is not by:
        raise WrongState(status=status, step=step)
    return row[0]


def steps_from(status: str, *, by: Actor) -> list[Step]:
    """What this actor may do now, in the order of the table."""
    return [step for (start, step), (_, actor) in STEPS.items() if start == status and actor is by]


class Availability(StrEnum):
    READY = "ready"
    ONE_OF_A_KIND = "one_of_a_kind"
    MADE_TO_ORDER = "made_to_order"


AVAILABILITY_LABELS = {
    Availability.READY: N_("Siap kirim"),
    Availability.ONE_OF_A_KIND: N_("Satu-satunya"),
    Availability.MADE_TO_ORDER: N_("Dibuat sesuai pesanan"),
}


class PriceKind(StrEnum):
    FIXED = "fixed"
    FROM = "from"
    ON_REQUEST = "on_request"


PRICE_KIND_LABELS = {
    PriceKind.FIXED: N_("Harga tetap"),
    PriceKind.FROM: N_("Mulai dari"),
    PriceKind.ON_REQUEST: N_("Harga atas permintaan"),
}


class Dye(StrEnum):
    NATURAL = "natural"
    SYNTHETIC = "synthetic"
    MIXED = "mixed"


DYE_LABELS = {
    Dye.NATURAL: N_("Pewarna alami"),
    Dye.SYNTHETIC: N_("Pewarna sintetis"),
    Dye.MIXED: N_("Pewarna campuran"),
}


def price_needs_review(approved_idr: int | None, asked_idr: int | None) -> bool:
    """True when the price is more than 20 % away from the last approved one, or appears or vanishes."""
    if approved_idr is None or asked_idr is None:
        return approved_idr != asked_idr
    return abs(asked_idr - approved_idr) * 100 > approved_idr * PRICE_STEP_PERCENT


def claim_is_stale(active_at: datetime | None, *, at: datetime) -> bool:
    """True when a curator's hold has lapsed: thirty minutes without activity."""
    return active_at is None or at - active_at >= CLAIM_LASTS
