"""Two devices, or a producer and a curator, at the same moment: one of them wins, nothing is lost unseen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions import listings, submitting
from shop.actions.claims import claim
from shop.actions.decisions import approve, request_changes
from shop.actions.offers import offer_of, save_offer, seen_offer
from shop.actions.revisions import fields_of
from shop.domain.curation import Judgement
from shop.domain.editor import FIELDS, EditorStep, print_of
from shop.domain.errors import ChangedMeanwhile, WrongState
from shop.domain.review import GATES, SCORES
from shop.models import CatalogueEntry, Listing, Member, Person
from tests import factories
from tests.at_once import at_once
from tests.factories import AT

LATER = AT + timedelta(hours=2)


@pytest.fixture
def chair(session: Session) -> Member:
    return factories.member(session, factories.producer(session), factories.person(session))


def write(listing_id: int, member_id: int, value: int, seen: str) -> Callable[[Session], Any]:
    def step(own: Session) -> None:
        listing, by = own.get_one(Listing, listing_id), own.get_one(Member, member_id)
        values = fields_of(listings.shown_revision(listing), FIELDS[EditorStep.SIZE]) | {"length_cm": value}
        listings.save(own, listing, step=EditorStep.SIZE, values=values, seen=seen, by=by, at=LATER)

    return step


@pytest.mark.parametrize("live", [False, True], ids=["draft", "live"])
def test_of_two_devices_on_one_step_one_wins(app: Flask, session: Session, chair: Member, live: bool) -> None:
    make = factories.published if live else factories.listing
    listing = make(session, chair.producer, chair.person)
    seen = print_of(fields_of(listing.revisions[0], FIELDS[EditorStep.SIZE]))
    outcomes = at_once(app, session, *(write(listing.id, chair.id, value, seen) for value in (201, 202)))
    assert [type(error) for error in outcomes if error] == [ChangedMeanwhile]
    written = listings.shown_revision(listing).length_cm
    assert written == (202 if outcomes[0] else 201)
    assert len(listing.revisions) == (2 if live else 1)


def test_of_two_devices_on_the_terms_one_wins(app: Flask, session: Session, chair: Member) -> None:
    listing = factories.published(session, chair.producer, chair.person)
    seen, listing_id, member_id = seen_offer(listing), listing.id, chair.id

    def sell(stock: int) -> Callable[[Session], Any]:
        def step(own: Session) -> None:
            work, by = own.get_one(Listing, listing_id), own.get_one(Member, member_id)
            save_offer(own, work, replace(offer_of(work), stock=stock), seen=seen, by=by, at=LATER)

        return step

    outcomes = at_once(app, session, sell(3), sell(4))
    assert [type(error) for error in outcomes if error] == [ChangedMeanwhile]
    assert listing.stock == (4 if outcomes[0] else 3)


def test_a_work_taken_back_while_a_curator_decides_is_one_of_the_two(
    app: Flask, session: Session, chair: Member
) -> None:
    listing = factories.listing(session, chair.producer, chair.person, status="submitted")
    curator = factories.curator(session)
    claim(session, listing.revisions[0], by=curator, at=AT)
    session.commit()
    version, revision_id = listing.revisions[0].version, listing.revisions[0].id
    listing_id, member_id, curator_id = listing.id, chair.id, curator.id

    def take_back(own: Session) -> None:
        submitting.withdraw(
            own, own.get_one(Listing, listing_id), by=own.get_one(Member, member_id), at=LATER
        )

    def decide(own: Session) -> None:
        revision = own.get_one(Listing, listing_id).revisions[0]
        assert revision.id == revision_id
        approve(own, revision, good(), by=own.get_one(Person, curator_id), version=version, at=AT)

    outcomes = at_once(app, session, take_back, decide)
    assert sum(error is not None for error in outcomes) == 1
    assert isinstance(next(filter(None, outcomes)), (ChangedMeanwhile, WrongState))
    assert listing.status == ("published" if outcomes[0] else "draft")
    shown = session.scalar(select(CatalogueEntry).where(CatalogueEntry.listing_id == listing_id))
    assert (shown is not None) is (listing.status == "published")


def good() -> Judgement:
    return Judgement(gates=dict.fromkeys(GATES, True), scores=dict.fromkeys(SCORES, 2))


def test_the_story_of_a_work_from_draft_to_the_catalogue(session: Session, chair: Member) -> None:
    """Listed, sent back, mended, approved, edited while it stays, approved again."""
    listing = factories.listing(session, chair.producer, chair.person)
    curator = factories.curator(session)
    submitting.submit(session, listing, by=chair, at=LATER)
    revision = listing.revisions[0]
    claim(session, revision, by=curator, at=LATER)
    session.flush()
    sent_back = Judgement(codes=("D1",), note="Ukur sekali lagi.")
    request_changes(session, revision, sent_back, by=curator, version=revision.version, at=LATER)
    assert listing.status == "changes_requested"
    session.commit()
    seen = print_of(fields_of(revision, FIELDS[EditorStep.SIZE]))
    write(listing.id, chair.id, 205, seen)(session)
    submitting.submit(session, listing, by=chair, at=LATER)
    claim(session, revision, by=curator, at=LATER)
    session.flush()
    approve(session, revision, good(), by=curator, version=revision.version, at=LATER)
    entry = session.scalars(select(CatalogueEntry)).one()
    assert (entry.slug, entry.length_cm) == ("tais-lajur-merah", 205)
    session.commit()

    seen = print_of(fields_of(listings.shown_revision(listing), FIELDS[EditorStep.SIZE]))
    write(listing.id, chair.id, 210, seen)(session)
    submitting.submit(session, listing, by=chair, at=LATER)
    second = listing.revisions[1]
    session.expire(entry)
    assert (listing.status, second.status, entry.length_cm) == ("published", "submitted", 205)
    claim(session, second, by=curator, at=LATER)
    session.flush()
    approve(session, second, good(), by=curator, version=second.version, at=LATER)
    session.expire(entry)
    assert (entry.slug, entry.length_cm) == ("tais-lajur-merah", 210)
