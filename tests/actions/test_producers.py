"""What is done with producers."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from shop.actions import producers as act
from shop.domain.curation import OwnGroup
from shop.domain.errors import NotAllowed, WrongState
from shop.models import CatalogueEntry, Consent, Event, Listing, Member, Notice, Person, Producer
from tests import factories

AT = factories.AT
STORY = "Kami menenun sejak 2009."


def application(**changes) -> act.Application:
    facts = {
        "name": "Kelompok Tenun Fitun",
        "kind": "group",
        "crafts": ["tenun-ikat", "anyaman"],
        "district_code": "53.04.02",
        "village": "Umaklaran",
        "phone": "+6281234567890",
        "story": STORY,
    }
    return act.Application(**(facts | changes))


def applied(session) -> tuple[Producer, Person]:
    chair = factories.person(session, "Yuliana")
    return act.apply(session, application(), by=chair, at=AT), chair


def test_asking_to_join_makes_a_chair_and_tells_them(session) -> None:
    producer, chair = applied(session)
    assert (producer.status, producer.slug, producer.story_id) == ("applied", "kelompok-tenun-fitun", STORY)
    assert [row.craft for row in producer.crafts] == ["tenun-ikat", "anyaman"]
    member = session.scalars(select(Member)).one()
    assert (member.person_id, member.role) == (chair.id, "chair")
    assert session.scalars(select(Consent.purpose)).all() == ["profile"]
    assert session.scalars(select(Notice.kind)).all() == ["producer_applied"]
    assert session.scalars(select(Event.what).order_by(Event.id)).all() == [
        "apply",
        "member_joined",
        "consent",
    ]


def test_two_of_one_name_get_two_addresses(session) -> None:
    slugs = [act.apply(session, application(), by=factories.person(session), at=AT).slug for _ in range(3)]
    assert slugs == ["kelompok-tenun-fitun", "kelompok-tenun-fitun-2", "kelompok-tenun-fitun-3"]


def test_a_name_without_letters_has_an_address_too(session) -> None:
    assert act.apply(session, application(name="???"), by=factories.person(session), at=AT).slug == "perajin"


def test_a_curator_verifies_and_the_members_hear_of_it(session) -> None:
    producer, chair = applied(session)
    sari = factories.curator(session)
    act.verify(session, producer, by=sari, at=AT)
    assert (producer.status, producer.verified_at, producer.decided_by_id) == ("verified", AT, sari.id)
    last = session.scalars(select(Notice).order_by(Notice.id.desc())).first()
    assert (last.kind, last.person_id, last.facts) == (
        "producer_verified",
        chair.id,
        {"producer": producer.name},
    )


def test_a_rejection_says_why_and_can_be_mended(session) -> None:
    producer, _chair = applied(session)
    act.reject(session, producer, why="Desanya di luar wilayah.", by=factories.curator(session), at=AT)
    assert (producer.status, producer.decision_reason) == ("rejected", "Desanya di luar wilayah.")
    assert "Desanya" in session.scalars(select(Notice.facts).order_by(Notice.id.desc())).first()["why"]
    act.apply_again(session, producer.members[0], application(village="Manumutin"), at=AT + timedelta(days=1))
    assert (producer.status, producer.village, producer.slug) == (
        "applied",
        "Manumutin",
        "kelompok-tenun-fitun",
    )


def test_only_the_chair_mends(session) -> None:
    producer, _chair = applied(session)
    act.reject(session, producer, why="x", by=factories.curator(session), at=AT)
    helper = factories.member(session, producer, factories.person(session), "assistant")
    with pytest.raises(NotAllowed):
        act.apply_again(session, helper, application(), at=AT)


def test_suspending_is_a_filter_over_works_that_stay_as_they_are(session) -> None:
    chair = factories.person(session)
    producer = factories.producer(session, chair=chair)
    work = factories.published(session, producer, chair)
    sari = factories.curator(session)
    act.refresh_producer(session, producer)
    assert session.scalars(select(CatalogueEntry.listing_id)).all() == [work.id]
    act.suspend(session, producer, why="Menjual kain cetakan.", by=sari, at=AT)
    assert session.scalars(select(CatalogueEntry.listing_id)).all() == []
    assert session.get(Listing, work.id).status == "published"
    act.resume(session, producer, by=sari, at=AT)
    assert session.scalars(select(CatalogueEntry.listing_id)).all() == [work.id]
    assert producer.suspended_at is None


@pytest.mark.parametrize("left", [False, True])
@pytest.mark.parametrize("step", ["verify", "reject", "suspend", "resume", "trust"])
def test_a_curator_never_decides_about_their_own_group_even_after_leaving(
    session, step: str, left: bool
) -> None:
    producer, _chair = applied(session)
    sari = factories.curator(session)
    factories.member(session, producer, sari, "assistant").left_at = AT if left else None
    more = {"reject": {"why": "x"}, "suspend": {"why": "x"}, "trust": {"trusted": True}}.get(step, {})
    with pytest.raises(OwnGroup):
        getattr(act, step)(session, producer, **more, by=sari, at=AT)
    assert producer.status == "applied"


def test_who_is_no_curator_decides_nothing(session) -> None:
    producer, _chair = applied(session)
    with pytest.raises(NotAllowed):
        act.verify(session, producer, by=factories.person(session), at=AT)


def test_the_second_of_two_curators_is_told(session) -> None:
    producer, _chair = applied(session)
    act.verify(session, producer, by=factories.curator(session), at=AT)
    with pytest.raises(WrongState):
        act.reject(session, producer, why="x", by=factories.curator(session), at=AT)
    assert producer.status == "verified"


def test_trust_is_given_and_taken_with_a_trace(session) -> None:
    producer = factories.producer(session)
    sari = factories.curator(session)
    act.trust(session, producer, True, by=sari, at=AT)
    act.trust(session, producer, True, by=sari, at=AT)
    act.trust(session, producer, False, by=sari, at=AT)
    assert producer.trusted is False
    assert session.scalars(select(Event.what).order_by(Event.id)).all() == ["trust", "distrust"]
