"""Leases, tries and parking: no photo is lost, none is rendered twice at once, none blocks the others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from shop.actions import rendering
from shop.domain.photo import BACK_OFF, LEASE, MAX_TRIES, Rendered
from shop.models import Photo
from tests import factories
from tests.factories import AT

MADE = Rendered(1200, 1500, "eA==", [160, 360])


@pytest.fixture
def photo(session: Session) -> Photo:
    return waiting(session)


def waiting(session: Session, **values) -> Photo:
    group = factories.producer(session)
    return factories.photo(
        session, group, **({"state": "received", "widths": [], "rendered_at": None} | values)
    )


def test_the_one_that_waits_longest_comes_first(session: Session) -> None:
    late = waiting(session, due_at=AT)
    early = waiting(session, due_at=AT - timedelta(minutes=1))
    later = waiting(session, due_at=AT + timedelta(minutes=1))
    assert rendering.lease_next(session, at=AT) is early
    assert rendering.lease_next(session, at=AT) is late
    assert rendering.lease_next(session, at=AT) is None
    assert later.state == "received"


def test_a_leased_photo_is_nobody_elses_until_the_lease_ends(session: Session, photo: Photo) -> None:
    assert rendering.lease_next(session, at=AT) is photo
    assert (photo.state, photo.attempts, photo.leased_until) == ("rendering", 1, AT + LEASE)
    assert rendering.lease_next(session, at=AT + LEASE - timedelta(seconds=1)) is None
    assert rendering.lease_next(session, at=AT + LEASE) is photo
    assert photo.attempts == 2


def test_two_workers_at_once_get_two_photos(session: Session) -> None:
    waiting(session), waiting(session)
    session.commit()
    with Session(session.get_bind()) as other:
        mine = taken(session)
        if session.get_bind().dialect.name == "sqlite":
            session.commit()  # SQLite lets one write at a time
        assert mine != taken(other)


def taken(session: Session) -> int:
    photo = rendering.lease_next(session, at=AT)
    assert photo is not None
    return photo.id


def test_a_rendered_photo_is_ready(session: Session, photo: Photo) -> None:
    assert rendering.lease_next(session, at=AT) is photo
    rendering.finish(session, photo, MADE, attempt=1, at=AT)
    assert (photo.state, photo.widths, photo.leased_until, photo.rendered_at) == (
        "ready",
        [160, 360],
        None,
        AT,
    )
    assert (photo.width_px, photo.height_px, photo.placeholder) == (1200, 1500, "eA==")
    assert not rendering.anything_due(session, at=AT + timedelta(days=9))


def test_failures_are_tried_again_with_growing_pauses_and_then_parked(session: Session, photo: Photo) -> None:
    at = AT
    for number, pause in enumerate(BACK_OFF, start=1):
        assert rendering.lease_next(session, at=at) is photo
        rendering.try_later(session, photo, "no memory", attempt=number, at=at)
        assert (photo.state, photo.due_at, photo.problem) == ("received", at + pause, "no memory")
        assert rendering.lease_next(session, at=at + pause - timedelta(seconds=1)) is None
        at += pause
    assert rendering.lease_next(session, at=at) is photo
    rendering.try_later(session, photo, "no memory", attempt=MAX_TRIES, at=at)
    assert (photo.state, photo.problem) == ("parked", "no memory")
    assert rendering.lease_next(session, at=at + timedelta(days=30)) is None


def test_a_photo_over_which_the_worker_dies_each_time_is_parked_and_the_next_goes_on(
    session: Session, photo: Photo
) -> None:
    at = AT
    for _ in range(MAX_TRIES):
        assert rendering.lease_next(session, at=at) is photo
        at += LEASE
    healthy = waiting(session, due_at=at)
    assert rendering.lease_next(session, at=at) is healthy
    assert (photo.state, photo.problem) == ("parked", rendering.DIED)


def test_a_file_that_is_at_fault_is_parked_at_once(session: Session, photo: Photo) -> None:
    rendering.lease_next(session, at=AT)
    rendering.give_up(session, photo, "rusak", attempt=1)
    assert (photo.state, photo.problem, photo.leased_until) == ("parked", "rusak", None)


def test_a_try_that_comes_back_too_late_changes_nothing(session: Session, photo: Photo) -> None:
    rendering.lease_next(session, at=AT)
    rendering.lease_next(session, at=AT + LEASE)
    rendering.finish(session, photo, MADE, attempt=1, at=AT + LEASE)
    rendering.give_up(session, photo, "rusak", attempt=1)
    rendering.try_later(session, photo, "no memory", attempt=1, at=AT + LEASE)
    assert (photo.state, photo.attempts, photo.widths) == ("rendering", 2, [])
    rendering.finish(session, photo, MADE, attempt=2, at=AT + LEASE)
    assert photo.state == "ready"
