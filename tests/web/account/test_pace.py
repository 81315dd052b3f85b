"""Answers that must not tell by their time."""

import time

from shop.blueprints.account.pace import no_sooner_than


def test_a_quick_answer_waits_and_a_slow_one_does_not() -> None:
    began = time.perf_counter()
    with no_sooner_than(0.05):
        pass
    assert time.perf_counter() - began >= 0.05
    began = time.perf_counter()
    with no_sooner_than(0.001):
        time.sleep(0.05)
    assert time.perf_counter() - began < 0.1
