"""Answers that must not tell by their time."""

import pytest

from shop.blueprints.account import pace


@pytest.mark.parametrize(("worked", "waited"), [(0.0, 0.5), (0.2, 0.3), (0.5, 0.0), (2.0, 0.0)])
def test_a_quick_answer_waits_and_a_slow_one_does_not(
    worked: float, waited: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = iter([100.0, 100.0 + worked])
    waits: list[float] = []
    monkeypatch.setattr(pace.time, "perf_counter", lambda: next(moments))
    monkeypatch.setattr(pace.time, "sleep", waits.append)
    with pace.no_sooner_than(0.5):
        pass
    assert waits == pytest.approx([waited])
