"""The deal: every status, every step, every actor."""

import pytest

from shop.domain.deal import (
    CLOSED,
    CROCKFORD,
    NUDGE,
    TASK,
    TIMERS,
    DealStatus,
    ThreadClosed,
    check_character,
    deal_start,
    deal_step,
    deal_steps_from,
    must_be_open_for_talk,
    new_code,
    read_code,
)
from shop.domain.errors import WrongState
from shop.domain.roles import Actor

# product.md, "The deal", row by row: status, step, who, where to.
TABLE = """
asked              quote          producer         quoted
countered          quote          producer         quoted
quoted             quote          producer         quoted
quoted             counter        buyer            countered
quoted             ask_again      buyer            asked
asked              decline        producer         declined
quoted             decline        producer         declined
countered          decline        producer         declined
asked              withdraw       buyer            withdrawn
quoted             withdraw       buyer            withdrawn
countered          withdraw       buyer            withdrawn
asked              lapse          system           lapsed
quoted             lapse          system           lapsed
countered          lapse          system           lapsed
quoted             sold           system           declined
quoted             accept         buyer            deposit_due
deposit_due        lapse          system           lapsed
deposit_due        deposit_paid   system           in_production to_ship
deposit_due        cancel         buyer            cancelled
deposit_due        cancel         producer         cancelled
in_production      progress       producer         in_production
in_production      ready          producer         balance_due to_ship
balance_due        balance_paid   system           to_ship
balance_due        overdue        system           disputed
to_ship            ship           producer         shipped
to_ship            pick_up        producer         shipped
shipped            receive        buyer            completed
shipped            receive        system           completed
in_production      problem        buyer            disputed
balance_due        problem        buyer            disputed
to_ship            problem        buyer            disputed
shipped            problem        buyer            disputed
completed          problem        buyer            disputed
in_production      cannot_deliver producer         disputed
balance_due        cannot_deliver producer         disputed
to_ship            cannot_deliver producer         disputed
disputed           resume         curator          in_production balance_due to_ship shipped completed
disputed           refund_part    curator          completed cancelled
disputed           refund_all     curator          refunded
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]
MAY = {(status, step, who): [DealStatus(target) for target in to] for status, step, who, *to in ROWS}
STEPS = sorted({step for _, step, _ in MAY} | {"no_such_step"})


@pytest.mark.parametrize("actor", Actor)
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("status", DealStatus)
def test_a_step_leads_on_only_from_its_status_and_only_for_its_actor(
    status: DealStatus, step: str, actor: Actor
) -> None:
    targets = MAY.get((status.value, step, actor), [])
    for target in DealStatus:
        if target in targets:
            assert deal_step(status, step, by=actor, to=target) is target
        else:
            with pytest.raises(WrongState):
                deal_step(status, step, by=actor, to=target)


def test_where_the_table_leaves_a_choice_somebody_must_choose() -> None:
    assert deal_step("asked", "decline", by=Actor.PRODUCER) is DealStatus.DECLINED
    with pytest.raises(WrongState):
        deal_step("disputed", "refund_part", by=Actor.CURATOR)


def test_no_status_is_without_a_way_out_but_those_that_end() -> None:
    started = {status for status, _, _ in MAY}
    assert {status.value for status in DealStatus} - started == {status.value for status in CLOSED}


def test_every_timer_does_a_step_the_shop_may_take_or_calls_a_person() -> None:
    for status, timers in TIMERS.items():
        for timer in timers:
            assert timer.does in (NUDGE, TASK) or (status.value, timer.does, Actor.SYSTEM) in MAY


@pytest.mark.parametrize("actor", Actor)
@pytest.mark.parametrize("status", DealStatus)
def test_what_may_be_done_now_is_what_the_table_says(status: DealStatus, actor: Actor) -> None:
    assert set(deal_steps_from(status, by=actor)) == {
        step for start, step, who in MAY if start == status and who == actor
    }


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


@pytest.mark.parametrize("actor", list(Actor))
@pytest.mark.parametrize(("step", "begins"), [("ask", "asked"), ("buy", "deposit_due"), ("quote", None)])
def test_a_deal_begins_with_a_question_or_a_purchase_by_the_buyer(
    step: str, begins: str | None, actor: Actor
) -> None:
    if begins and actor is Actor.BUYER:
        assert deal_start(step, by=actor) == begins
    else:
        with pytest.raises(WrongState):
            deal_start(step, by=actor)
