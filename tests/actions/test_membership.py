"""Who belongs to a group."""

import pytest
from sqlalchemy import select

from shop.actions import membership as act
from shop.domain.errors import NotFound, WrongState
from shop.domain.roles import MemberRole
from shop.models import Event, Member
from tests import factories

AT = factories.AT


@pytest.fixture
def group(session):
    return factories.producer(session)


def member(session, group, role: str) -> Member:
    return factories.member(session, group, factories.person(session), role)


def test_the_chair_is_handed_over(session, group) -> None:
    chair, other = member(session, group, "chair"), member(session, group, "assistant")
    act.hand_over(session, chair, other, at=AT)
    assert (chair.role, other.role) == ("member", "chair")
    assert session.scalars(select(Event.what).order_by(Event.id)).all() == ["member_role", "member_role"]


def test_the_last_chair_can_neither_leave_nor_step_down(session, group) -> None:
    chair = member(session, group, "chair")
    with pytest.raises(act.LastChair):
        act.leave(session, chair, by=chair.person, at=AT)
    with pytest.raises(act.LastChair):
        act.give_role(session, chair, MemberRole.MEMBER, by=chair, at=AT)
    member(session, group, "chair")
    act.leave(session, chair, by=chair.person, at=AT)
    assert chair.left_at == AT


@pytest.mark.parametrize("status", ["applied", "rejected", "suspended"])
def test_a_group_that_does_not_work_can_be_left_by_its_last(session, group, status: str) -> None:
    chair = member(session, group, "chair")
    group.decision_reason, group.status = "x", status
    act.leave(session, chair, by=chair.person, at=AT)


@pytest.mark.parametrize("role", ["member", "assistant"])
def test_only_the_chair_gives_roles_and_sends_people_out(session, group, role: str) -> None:
    member(session, group, "chair")
    one, other = member(session, group, role), member(session, group, "member")
    for step in (
        lambda: act.give_role(session, other, MemberRole.CHAIR, by=one, at=AT),
        lambda: act.remove(session, other, by=one, at=AT),
        lambda: act.hand_over(session, one, other, at=AT),
    ):
        with pytest.raises(act.ChairOnly):
            step()


def test_a_chair_has_no_say_in_another_group(session, group) -> None:
    chair = member(session, group, "chair")
    stranger = member(session, factories.producer(session), "member")
    with pytest.raises(NotFound):
        act.remove(session, stranger, by=chair, at=AT)


def test_handing_over_to_a_chair_or_oneself_is_no_step(session, group) -> None:
    chair, second = member(session, group, "chair"), member(session, group, "chair")
    for to in (chair, second):
        with pytest.raises(WrongState):
            act.hand_over(session, chair, to, at=AT)


def test_who_left_keeps_the_row_and_may_come_back(session, group) -> None:
    chair = member(session, group, "chair")
    other = member(session, group, "member")
    act.remove(session, other, by=chair, at=AT)
    again = act.join(session, group, other.person, role=MemberRole.ASSISTANT, by=chair.person, at=AT)
    assert again.id != other.id
    assert (other.left_at, other.role) == (AT, "member")
    assert (
        act.join(session, group, other.person, role=MemberRole.MEMBER, by=chair.person, at=AT).id == again.id
    )
