"""The asking half of the deal: every status, every step, every actor."""

import pytest

from shop.domain.deal import (
    CLOSED,
    CROCKFORD,
    DealStatus,
    ThreadClosed,
    check_character,
    deal_step,
    must_be_open_for_talk,
    new_code,
    read_code,
)
from shop.domain.errors import WrongState
from shop.domain.roles import Actor

MAY = {
    ("asked", "decline", Actor.PRODUCER): "declined",
    ("asked", "withdraw", Actor.BUYER): "withdrawn",
    ("asked", "lapse", Actor.SYSTEM): "lapsed",
}


@pytest.mark.parametrize("actor", Actor)
@pytest.mark.parametrize("step", ["decline", "withdraw", "lapse", "no_such_step"])
@pytest.mark.parametrize("status", DealStatus)
def test_a_step_leads_on_only_from_its_status_and_only_for_its_actor(
    status: DealStatus, step: str, actor: Actor
) -> None:
    wanted = MAY.get((status.value, step, actor))
    if wanted is not None:
        assert deal_step(status, step, by=actor) == wanted
        return
    with pytest.raises(WrongState):
        deal_step(status, step, by=actor)


@pytest.mark.parametrize("status", DealStatus)
def test_people_talk_until_the_deal_has_ended_without_delivery(status: DealStatus) -> None:
    if status in CLOSED:
        with pytest.raises(ThreadClosed):
            must_be_open_for_talk(status)
    else:
        must_be_open_for_talk(status)


def test_a_new_code_reads_back_however_it_is_typed() -> None:
    for _ in range(50):
        code = new_code("BLU")
        assert len(code) == len("BLU-") + 7
        assert read_code("BLU", code) == code
        assert read_code("BLU", f" {code.lower().replace('-', ' ')} ") == code


def test_every_wrong_character_and_every_swap_of_neighbours_is_noticed() -> None:
    word = "7K3QX9"
    whole = word + check_character(word)
    for place, character in enumerate(whole):
        for other in CROCKFORD:
            typed = whole[:place] + other + whole[place + 1 :]
            assert (read_code("BLU", f"BLU-{typed}") is None) == (other != character)
    for place in range(len(whole) - 1):
        a, b = whole[place], whole[place + 1]
        if a != b:
            assert read_code("BLU", f"BLU-{whole[:place]}{b}{a}{whole[place + 2 :]}") is None


@pytest.mark.parametrize("text", ["", "BLU-", "BLU-123", "BLU-0000001", "kucing", "BLU-00000000"])
def test_what_cannot_be_a_code_is_none(text: str) -> None:
    assert read_code("BLU", text) is None
