"""The life of a work: every status, every step, every actor; and which price waits for a curator."""

from datetime import timedelta

import pytest

from shop.domain.errors import WrongState
from shop.domain.listing import (
    EDITABLE,
    STEPS,
    Status,
    Step,
    claim_is_stale,
    next_status,
    price_needs_review,
    steps_from,
)
from shop.domain.roles import Actor
from tests.factories import AT

# Told once more, in the words of product.md, so that a slip in the table is seen.
TOLD = """
draft submit producer submitted
changes_requested submit producer submitted
submitted withdraw producer draft
in_review withdraw producer draft
submitted claim curator in_review
in_review release curator submitted
in_review approve curator published
in_review request_changes curator changes_requested
in_review reject curator rejected
in_review propose_rejection curator rejection_proposed
rejection_proposed confirm_rejection second_curator rejected
rejection_proposed disagree second_curator submitted
rejected appeal producer appealed
appealed uphold second_curator rejected
appealed grant second_curator submitted
published hide producer hidden_by_producer
hidden_by_producer unhide producer published
published take_down curator hidden_by_curator
hidden_by_producer take_down curator hidden_by_curator
hidden_by_curator restore curator published
draft archive producer archived
changes_requested archive producer archived
rejected archive producer archived
published archive producer archived
hidden_by_producer archive producer archived
archived restore_as_draft producer draft
"""
ROWS = {(row[0], row[1], row[2]): row[3] for row in map(str.split, TOLD.strip().splitlines())}
EVERYTHING = [(status, step, actor) for status in Status for step in Step for actor in Actor]


@pytest.mark.parametrize(
    ("status", "step", "actor"),
    EVERYTHING,
    ids=lambda value: value.value if hasattr(value, "value") else value,
)
def test_every_status_takes_exactly_the_steps_of_the_table(status: Status, step: Step, actor: Actor) -> None:
    to = ROWS.get((status.value, step.value, actor.value))
    if to is None:
        with pytest.raises(WrongState) as refused:
            next_status(status, step, by=actor)
        assert (refused.value.status, refused.value.step) == (status, step)
    else:
        assert next_status(status.value, step, by=actor) == to


def test_the_table_has_no_further_rows() -> None:
    assert len(STEPS) == len(ROWS)


@pytest.mark.parametrize("status", Status)
def test_no_status_is_without_a_way_out(status: Status) -> None:
    assert any(start == status for start, _ in STEPS)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("actor", Actor)
def test_what_may_be_done_now_are_the_rows_of_that_actor(status: Status, actor: Actor) -> None:
    assert set(steps_from(status, by=actor)) == {
        Step(s) for st, s, who in ROWS if (st, who) == (status, actor)
    }


def test_what_may_be_written_to_may_be_submitted() -> None:
    assert {status for status, step in STEPS if step is Step.SUBMIT} == EDITABLE


@pytest.mark.parametrize(
    ("approved", "asked", "waits"),
    [
        (100_000, 100_000, False),
        (100_000, 120_000, False),
        (100_000, 120_001, True),
        (100_000, 80_000, False),
        (100_000, 79_999, True),
        (1, 1, False),
        (None, None, False),
        (None, 100_000, True),
        (100_000, None, True),
    ],
)
def test_a_price_within_a_fifth_of_the_approved_one_applies_at_once(
    approved: int | None, asked: int | None, waits: bool
) -> None:
    assert price_needs_review(approved, asked) is waits


def test_a_claim_lapses_after_thirty_quiet_minutes() -> None:
    assert not claim_is_stale(AT, at=AT + timedelta(minutes=29, seconds=59))
    assert claim_is_stale(AT, at=AT + timedelta(minutes=30))
    assert claim_is_stale(None, at=AT)
