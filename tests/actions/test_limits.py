"""Counting tries."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from shop.actions.limits import count_try, forgive, sweep_tries
from shop.domain.errors import TooOften
from shop.domain.limits import Limit
from shop.models import Attempt

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
THREE = Limit("guess", 3, timedelta(minutes=15))


def test_after_so_many_tries_the_door_says_when_to_come_back(session) -> None:
    for minute in range(3):
        count_try(session, THREE, "a@contoh.test", at=AT + timedelta(minutes=minute))
    with pytest.raises(TooOften) as refused:
        count_try(session, THREE, "a@contoh.test", at=AT + timedelta(minutes=3))
    assert refused.value.seconds == 12 * 60
    assert "12 menit" in str(refused.value)


def test_others_are_not_held_up(session) -> None:
    for _ in range(3):
        count_try(session, THREE, "a@contoh.test", at=AT)
    count_try(session, THREE, "b@contoh.test", at=AT)


def test_it_opens_again_when_the_window_has_passed(session) -> None:
    for _ in range(3):
        count_try(session, THREE, "a", at=AT)
    count_try(session, THREE, "a", at=AT + THREE.within)


def test_the_right_person_is_forgiven(session) -> None:
    for _ in range(3):
        count_try(session, THREE, "a", at=AT)
    forgive(session, THREE, "a")
    count_try(session, THREE, "a", at=AT)


def test_rows_hold_no_address_and_are_swept(session) -> None:
    count_try(session, THREE, "a@contoh.test", at=AT)
    assert "contoh" not in session.scalar(select(Attempt.key))
    assert sweep_tries(session, at=AT + timedelta(hours=23)) == 0
    assert sweep_tries(session, at=AT + timedelta(hours=25)) == 1
    assert session.scalar(select(func.count()).select_from(Attempt)) == 0
