"""Works given to a curator: whose they are first, for how long, and what cannot be given."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions import assigning, claims, decisions
from shop.domain.curation import NotForThem, NotWaiting, OwnGroup, is_meant_for_another
from shop.domain.errors import NotAllowed
from shop.models import Event, Notice
from tests.curating import LATER, SENT_BACK, Cast, cast, work
from tests.factories import AT

THREE_DAYS = timedelta(days=3)


@pytest.fixture
def who(session: Session) -> Cast:
    return cast(session)


def test_what_was_given_comes_first_and_is_left_to_its_curator_for_three_days(
    session: Session, who: Cast
) -> None:
    oldest, given, free = (work(session, who) for _ in range(3))
    oldest.submitted_at, given.submitted_at = AT - timedelta(days=2), AT - timedelta(days=1)
    session.flush()
    version = given.version
    assigning.assign_all(session, [oldest, given], to=who.agus, by=who.sari, at=AT)
    assigning.assign(session, oldest, to=None, by=who.sari, at=AT)
    assert given.version == version, "a wish is no change of the content"
    assert claims.claim_next(session, by=who.agus, at=LATER) is given
    claims.release(session, given, by=who.agus, at=LATER)
    assert claims.claim_next(session, by=who.sari, at=LATER) is oldest
    assert claims.claim_next(session, by=who.sari, at=LATER) is free
    assert claims.claim_next(session, by=who.sari, at=AT + timedelta(minutes=20)) is None
    assert claims.claim_next(session, by=who.sari, at=AT + THREE_DAYS, after=oldest) is given


def test_whoever_opens_a_given_work_may_take_it_and_a_decision_ends_the_wish(
    session: Session, who: Cast
) -> None:
    revision = work(session, who)
    assigning.assign(session, revision, to=who.agus, by=who.sari, at=AT)
    claims.claim(session, revision, by=who.fransiskus, at=LATER)
    assert (revision.claimed_by_id, revision.assigned_to_id) == (who.fransiskus.id, who.agus.id)
    decisions.request_changes(
        session, revision, SENT_BACK, by=who.fransiskus, version=revision.version, at=LATER
    )
    assert (revision.assigned_to_id, revision.assigned_at) == (None, None)


def test_what_cannot_be_given_is_named_and_the_rest_is_given_once(session: Session, who: Cast) -> None:
    free, held = work(session, who), work(session, who, "in_review")
    for _ in range(2):
        given, refused = assigning.assign_all(session, [free, held], to=who.agus, by=who.sari, at=LATER)
        assert given == [free]
        assert [(one, type(why)) for one, why in refused] == [(held, NotWaiting)]
    (event,) = session.scalars(select(Event))
    assert (event.what, event.by_id, event.person_id) == ("assign", who.sari.id, who.agus.id)
    (notice,) = session.scalars(select(Notice))
    assert (notice.kind, notice.person_id, notice.facts["count"]) == ("works_assigned", who.agus.id, 1)


def test_nobody_is_given_a_work_of_their_own_group_and_nobody_gives_one_away(
    session: Session, who: Cast
) -> None:
    revision = work(session, who)
    with pytest.raises(NotForThem):
        assigning.assign(session, revision, to=who.own, by=who.sari, at=LATER)
    with pytest.raises(OwnGroup):
        assigning.assign(session, revision, to=who.agus, by=who.own, at=LATER)
    for giver, taker in ((who.chair, who.agus), (who.sari, who.chair)):
        with pytest.raises(NotAllowed):
            assigning.assign(session, revision, to=taker, by=giver, at=LATER)
    assigning.assign_all(session, [revision], to=who.sari, by=who.admin, at=LATER)
    assert session.scalars(select(Event.actor)).all() == ["administrator"]


@pytest.mark.parametrize(
    ("assigned_to", "age", "for_another"),
    [
        (None, None, False),
        (1, timedelta(0), False),
        (2, timedelta(0), True),
        (2, THREE_DAYS - timedelta(seconds=1), True),
        (2, THREE_DAYS, False),
    ],
)
def test_a_work_is_a_colleagues_first_until_three_days_have_passed(
    assigned_to: int | None, age: timedelta | None, for_another: bool
) -> None:
    at = None if age is None else AT - age
    assert is_meant_for_another(assigned_to, at, 1, at=AT) is for_another
