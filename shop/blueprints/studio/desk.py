"""What every page about one work shows: the revision on the table, the steps, what lacks, what curators said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from shop.actions.listings import shown_revision
from shop.actions.revisions import content_of, is_live, newest_revision, open_revision
from shop.domain.craft import ATTRIBUTES, SLOTS, Craft, Slot
from shop.domain.editor import EditorStep, Missing, editor_steps, missing, step_label
from shop.domain.errors import NotFound
from shop.domain.listing import EDITABLE, Status, Step, steps_from
from shop.domain.review import REASONS, Reason
from shop.domain.roles import Actor
from shop.extensions import db
from shop.models import Appeal, Decision, Listing, Revision
from shop.queries import works
from shop.web.login import the_member

WORDS = {
    EditorStep.PHOTOS: "foto",
    EditorStep.NAME: "nama",
    EditorStep.SIZE: "ukuran",
    EditorStep.MATERIAL: "bahan",
    EditorStep.MOTIF: "motif",
    EditorStep.PRICE: "harga",
    EditorStep.STORY: "cerita",
    EditorStep.CHECK: "periksa",
}
STEPS = {word: step for step, word in WORDS.items()}
OF_A_REVISION = (Step.SUBMIT, Step.WITHDRAW, Step.APPEAL)
CAME_BACK = (Status.CHANGES_REQUESTED, Status.REJECTED, Status.APPEALED)


@dataclass(frozen=True)
class Task:
    """One line of the list of steps."""

    number: int
    step: EditorStep
    word: str
    label: str
    done: bool
    reasons: int


@dataclass
class Desk:
    """One work on its producer's table."""

    listing: Listing
    revision: Revision
    spoken_of: Revision
    words: Sequence[Decision]
    appeal: Appeal | None
    step: EditorStep | None = None

    @property
    def craft(self) -> str:
        return str(self.revision.craft)

    @property
    def live(self) -> bool:
        return is_live(self.listing)

    @property
    def slots(self) -> tuple[Slot, ...]:
        return SLOTS[Craft(self.craft)]

    @property
    def required(self) -> set[str]:
        """The names of the attribute fields that must be filled."""
        return {f"attr_{attribute.key}" for attribute in ATTRIBUTES[Craft(self.craft)] if attribute.required}

    @property
    def step_words(self) -> dict[EditorStep, str]:
        """Steps by their word in the address, as far as the craft has them."""
        return {step: WORDS[step] for step in editor_steps(self.craft)}

    @property
    def editable(self) -> bool:
        """Whether writing in it leads somewhere: an open draft, or a live work without anything under review."""
        waiting = open_revision(self.listing)
        return waiting.status in EDITABLE if waiting is not None else self.live

    @property
    def changing(self) -> bool:
        """A live work with a revision of it open."""
        return self.live and open_revision(self.listing) is not None

    @cached_property
    def lacks(self) -> list[Missing]:
        return missing(content_of(self.listing, self.revision))

    def lacking(self, step: str) -> list[Missing]:
        return [item for item in self.lacks if item.step == step]

    @property
    def word(self) -> Decision | None:
        """What curators said last."""
        return self.words[0] if self.words else None

    @cached_property
    def reasons(self) -> list[Reason]:
        """The curators' reasons, as long as they were not answered by submitting again."""
        down = self.listing.status == Status.HIDDEN_BY_CURATOR
        if self.spoken_of.status not in CAME_BACK and not down:
            return []
        codes = next((word.codes for word in self.words if word.codes), [])
        return [REASONS[code] for code in codes if code in REASONS]

    def reasons_on(self, step: str) -> list[Reason]:
        return [reason for reason in self.reasons if reason.step == step]

    @cached_property
    def tasks(self) -> list[Task]:
        return [
            Task(
                number,
                step,
                WORDS[step],
                step_label(step, self.craft),
                self._done(step),
                len(self.reasons_on(step)),
            )
            for number, step in enumerate(editor_steps(self.craft), 1)
        ]

    def _done(self, step: EditorStep) -> bool:
        if step is EditorStep.CHECK:
            return not self.editable
        if step is EditorStep.MOTIF and not self.revision.motif_name:
            return not self.lacking(step) and self.revision.technique is not None
        return not self.lacking(step)

    @property
    def task(self) -> Task:
        return next(task for task in self.tasks if task.step is self.step)

    @property
    def next_task(self) -> Task:
        """The step after this one; the last has none after it and gives itself."""
        return self.tasks[min(self.task.number, len(self.tasks) - 1)]

    @property
    def may(self) -> list[Step]:
        """What its producer may do now, to the work and to its open revision."""
        steps = steps_from(self.listing.status, by=Actor.PRODUCER)
        newest = open_revision(self.listing) or newest_revision(self.listing)
        if self.live and newest is not self.listing.live_revision:
            steps += [step for step in steps_from(newest.status, by=Actor.PRODUCER) if step in OF_A_REVISION]
        return [step for step in dict.fromkeys(steps) if self._allowed(step)]

    def _allowed(self, step: Step) -> bool:
        if step is Step.APPEAL:
            return self.appeal is None and self.listing.status != Status.ARCHIVED
        if step is Step.RESTORE_AS_DRAFT:
            return self.listing.barred_at is None
        return True


def desk_for(listing_id: int, step: EditorStep | None = None) -> Desk:
    """The member's work by its number. Raises NotFound for works of others and steps the craft has not."""
    session = db.session()
    listing = works.own(session, the_member(), listing_id)
    if listing is None:
        raise NotFound
    return lay_out(listing, step)


def lay_out(listing: Listing, step: EditorStep | None = None) -> Desk:
    """The desk for a work that was loaded, as it stands in this transaction."""
    session = db.session()
    revision = shown_revision(listing)
    if step is not None and step not in editor_steps(str(revision.craft)):
        raise NotFound
    spoken_of = _spoken_of(listing, revision)
    words = works.last_words(session, spoken_of)
    if not words and listing.status == Status.HIDDEN_BY_CURATOR and listing.live_revision is not None:
        words = works.last_words(session, listing.live_revision)
    return Desk(
        listing=listing,
        revision=revision,
        spoken_of=spoken_of,
        words=words,
        appeal=works.appeal_of(session, listing),
        step=step,
    )


def _spoken_of(listing: Listing, revision: Revision) -> Revision:
    """The revision curators speak of: the one on the table, or the rejected one beside a live version."""
    newest = newest_revision(listing)
    return newest if open_revision(listing) is None and newest.status == Status.REJECTED else revision
