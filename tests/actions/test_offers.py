"""What applies at once on a live work, and which price waits."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions import submitting
from shop.actions.offers import Offer, offer_of, save_offer, seen_offer
from shop.actions.publishing import publish
from shop.domain.errors import ChangedMeanwhile, NotFound, WrongState
from shop.models import Event, Listing, Member
from tests import factories
from tests.factories import AT

LATER = AT + timedelta(hours=2)


@pytest.fixture
def chair(session: Session) -> Member:
    return factories.member(session, factories.producer(session), factories.person(session))


@pytest.fixture
def live(session: Session, chair: Member) -> Listing:
    return factories.published(session, chair.producer, chair.person, price_idr=1_000_000)


def change(session: Session, listing: Listing, by: Member, **changed: Any) -> bool:
    offer = replace(offer_of(listing), **changed)
    return save_offer(session, listing, offer, seen=seen_offer(listing), by=by, at=LATER)


def test_stock_and_terms_apply_at_once(session: Session, chair: Member, live: Listing) -> None:
    terms = {
        "availability": "made_to_order", "stock": 0, "lead_time_days": 30, "size_limits": {"length_cm": [100, 300]},
    }  # fmt: skip
    assert change(session, live, chair, **terms) is False
    assert {key: getattr(live, key) for key in terms} == terms
    assert len(live.revisions) == 1
    event = session.scalars(select(Event).where(Event.listing_id == live.id)).one()
    assert event.what == "change_now"
    assert event.facts["stock"] == [1, 0]


def test_a_small_price_step_applies_at_once(session: Session, chair: Member, live: Listing) -> None:
    assert change(session, live, chair, price_idr=1_200_000) is False
    assert (live.price_idr, live.live_revision.price_idr, len(live.revisions)) == (1_200_000, 1_000_000, 1)
    event = session.scalars(select(Event).where(Event.listing_id == live.id)).one()
    assert event.facts == {"price_idr": [1_000_000, 1_200_000]}


def test_small_steps_do_not_add_up_past_the_approved_price(
    session: Session, chair: Member, live: Listing
) -> None:
    change(session, live, chair, price_idr=1_200_000)
    assert change(session, live, chair, price_idr=1_210_000) is True
    assert (live.price_idr, live.revisions[1].price_idr) == (1_200_000, 1_210_000)


@pytest.mark.parametrize("asked", [{"price_idr": 1_200_001}, {"price_kind": "from"},
                                   {"price_kind": "on_request", "price_idr": None}])  # fmt: skip
def test_a_far_price_waits_for_a_curator(
    session: Session, chair: Member, live: Listing, asked: dict[str, Any]
) -> None:
    assert change(session, live, chair, stock=4, **asked) is True
    assert (live.price_kind, live.price_idr) == ("fixed", 1_000_000)
    assert live.stock == 4, "the rest applies at once"
    assert offer_of(live) == replace(offer_of(live), **asked), "the form shows what waits"
    submitting.submit(session, live, by=chair, at=LATER)
    publish(session, live.revisions[1], at=LATER)
    assert (live.price_kind, live.price_idr) == (
        asked.get("price_kind", "fixed"),
        asked.get("price_idr", 1_000_000),
    )


def test_a_waiting_price_can_be_taken_back_to_a_small_step(
    session: Session, chair: Member, live: Listing
) -> None:
    change(session, live, chair, price_idr=2_000_000)
    assert change(session, live, chair, price_idr=1_100_000) is False
    assert (live.price_idr, live.revisions[1].price_idr) == (1_100_000, 1_000_000)


def test_stock_changes_while_curators_look_at_a_revision(
    session: Session, chair: Member, live: Listing
) -> None:
    change(session, live, chair, price_idr=2_000_000)
    submitting.submit(session, live, by=chair, at=LATER)
    assert change(session, live, chair, stock=0) is False
    assert live.stock == 0
    with pytest.raises(WrongState):
        change(session, live, chair, price_idr=3_000_000)


def test_a_draft_takes_any_price(session: Session, chair: Member) -> None:
    draft = factories.listing(session, chair.producer, chair.person)
    assert change(session, draft, chair, price_idr=9_000_000) is False
    assert draft.price_idr == draft.revisions[0].price_idr == 9_000_000


@pytest.mark.parametrize("status", ["submitted", "rejected"])
def test_a_work_never_approved_waits_as_a_whole(session: Session, chair: Member, status: str) -> None:
    listing = factories.listing(session, chair.producer, chair.person, status=status)
    with pytest.raises(WrongState):
        change(session, listing, chair, stock=4)


def test_two_devices_do_not_overwrite_terms(session: Session, chair: Member, live: Listing) -> None:
    before = seen_offer(live)
    change(session, live, chair, stock=4)
    with pytest.raises(ChangedMeanwhile):
        save_offer(session, live, replace(offer_of(live), stock=9), seen=before, by=chair, at=LATER)
    assert live.stock == 4
    save_offer(session, live, offer_of(live), seen=before, by=chair, at=LATER)


def test_a_neighbour_cannot_change_the_terms(session: Session, live: Listing) -> None:
    neighbour = factories.member(session, factories.producer(session, "Bengkel"), factories.person(session))
    with pytest.raises(NotFound):
        change(session, live, neighbour, stock=0)
    assert isinstance(offer_of(live), Offer)
