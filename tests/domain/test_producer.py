"""The life of a producer."""

import itertools

import pytest

from shop.domain.errors import WrongState
from shop.domain.producer import ProducerStatus, producer_step
from shop.domain.roles import Actor

STEPS = ("verify", "reject", "apply_again", "suspend", "resume", "anything")
ALLOWED = {
    ("applied", "verify", Actor.CURATOR): "verified",
    ("applied", "reject", Actor.CURATOR): "rejected",
    ("rejected", "apply_again", Actor.PRODUCER): "applied",
    ("verified", "suspend", Actor.CURATOR): "suspended",
    ("suspended", "resume", Actor.CURATOR): "verified",
}


@pytest.mark.parametrize(("status", "step", "by"), itertools.product(ProducerStatus, STEPS, Actor))
def test_every_step_from_every_state_by_everybody(status: ProducerStatus, step: str, by: Actor) -> None:
    after = ALLOWED.get((status.value, step, by))
    if after is None:
        with pytest.raises(WrongState):
            producer_step(status.value, step, by=by)
    else:
        assert producer_step(status.value, step, by=by) == after


def test_no_state_is_without_a_way_out() -> None:
    assert {status for status, _step, _by in ALLOWED} == {status.value for status in ProducerStatus}
