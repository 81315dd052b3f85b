"""What curators do to live works, and how visitors' reports are answered."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions import reports, takedowns, undo
from shop.actions.publishing import publish
from shop.domain.curation import Judgement, OwnGroup
from shop.domain.errors import ChangedMeanwhile, Incomplete, NotAllowed, WrongInput, WrongState
from shop.models import Event, Listing, Notice, Report
from tests import factories
from tests.curating import BARRED, LATER, SENT_BACK, Cast, cast, next_revision
from tests.factories import AT


@pytest.fixture
def who(session: Session) -> Cast:
    return cast(session)


@pytest.fixture
def listing(session: Session, who: Cast) -> Listing:
    return factories.published(session, who.group, who.chair)


def kinds(session: Session) -> list[str]:
    return list(session.scalars(select(Notice.kind).order_by(Notice.id)))


def test_a_work_taken_down_tells_its_producer_why_and_can_be_restored(
    session: Session, who: Cast, listing: Listing
) -> None:
    takedowns.take_down(session, listing, SENT_BACK, by=who.sari, version=listing.version, at=LATER)
    assert listing.status == "hidden_by_curator"
    takedowns.restore(session, listing, Judgement(), by=who.agus, version=listing.version, at=LATER)
    assert listing.status == "published"
    assert kinds(session) == ["listing_taken_down", "listing_restored"]
    steps = [(event.what, event.from_status, event.to_status) for event in session.scalars(select(Event))]
    assert steps == [
        ("take_down", "published", "hidden_by_curator"), ("restore", "hidden_by_curator", "published")]  # fmt: skip


def test_taking_down_needs_a_reason_and_the_version_that_was_read(
    session: Session, who: Cast, listing: Listing
) -> None:
    with pytest.raises(Incomplete):
        takedowns.take_down(session, listing, Judgement(), by=who.sari, version=listing.version, at=LATER)
    with pytest.raises(ChangedMeanwhile):
        takedowns.take_down(session, listing, SENT_BACK, by=who.sari, version=listing.version + 1, at=LATER)
    with pytest.raises(OwnGroup):
        takedowns.take_down(session, listing, SENT_BACK, by=who.own, version=listing.version, at=LATER)
    with pytest.raises(NotAllowed):
        takedowns.take_down(session, listing, SENT_BACK, by=who.chair, version=listing.version, at=LATER)
    assert listing.status == "published"


@pytest.mark.parametrize("status", ["draft", "submitted", "archived", "hidden_by_curator"])
def test_only_what_is_live_or_hidden_by_its_producer_is_taken_down(
    session: Session, who: Cast, listing: Listing, status: str
) -> None:
    listing.status = status
    session.flush()
    with pytest.raises(WrongState):
        takedowns.take_down(session, listing, SENT_BACK, by=who.sari, version=listing.version, at=LATER)


def test_a_barred_work_is_not_restored(session: Session, who: Cast, listing: Listing) -> None:
    listing.status, listing.barred_at = "hidden_by_curator", AT
    session.flush()
    with pytest.raises(WrongState):
        takedowns.restore(session, listing, Judgement(), by=who.sari, version=listing.version, at=LATER)


def test_an_undone_take_down_is_live_again(session: Session, who: Cast, listing: Listing) -> None:
    decision = takedowns.take_down(
        session, listing, SENT_BACK, by=who.sari, version=listing.version, at=LATER
    )
    undo.undo(session, decision, by=who.sari, at=LATER + timedelta(seconds=3))
    assert listing.status == "published"


def trusted_change(session: Session, who: Cast, listing: Listing, minutes: int, **changed: object) -> None:
    """What happens when a trusted producer changes a live work: live first, acknowledged later."""
    since = listing.unacknowledged_since
    at = AT + timedelta(minutes=minutes)
    publish(session, next_revision(session, listing, who.chair, **changed), at=at)
    listing.unacknowledged_since = since or at
    session.flush()


def test_one_acknowledgement_covers_all_earlier_changes(
    session: Session, who: Cast, listing: Listing
) -> None:
    trusted_change(session, who, listing, 1, title_id="Kedua")
    trusted_change(session, who, listing, 2, title_id="Ketiga")
    seen = listing.live_revision_id
    assert seen is not None
    takedowns.acknowledge(session, listing, by=who.sari, seen_revision_id=seen, at=LATER)
    assert listing.unacknowledged_since is None
    assert kinds(session) == []
    with pytest.raises(ChangedMeanwhile):
        takedowns.acknowledge(session, listing, by=who.agus, seen_revision_id=seen, at=LATER)


def test_a_change_that_was_not_seen_is_not_acknowledged(
    session: Session, who: Cast, listing: Listing
) -> None:
    trusted_change(session, who, listing, 1, title_id="Kedua")
    seen = listing.live_revision_id
    assert seen is not None
    trusted_change(session, who, listing, 2, title_id="Ketiga")
    with pytest.raises(ChangedMeanwhile):
        takedowns.acknowledge(session, listing, by=who.sari, seen_revision_id=seen, at=LATER)


def test_reverting_goes_back_past_every_unacknowledged_change(
    session: Session, who: Cast, listing: Listing
) -> None:
    approved = listing.live_revision_id
    trusted_change(session, who, listing, 1, title_id="Kedua", price_idr=2_000_000)
    trusted_change(session, who, listing, 2, title_id="Ketiga", price_idr=3_000_000)
    seen = listing.live_revision_id
    assert seen is not None
    decision = takedowns.revert(session, listing, SENT_BACK, by=who.sari, seen_revision_id=seen, at=LATER)
    assert (listing.live_revision_id, listing.price_idr, listing.unacknowledged_since) == (
        approved,
        1_350_000,
        None,
    )
    assert kinds(session) == ["listing_reverted"]
    undo.undo(session, decision, by=who.sari, at=LATER)
    assert (listing.live_revision_id, listing.price_idr) == (seen, 3_000_000)
    assert listing.unacknowledged_since is not None


def test_a_work_that_was_never_approved_is_taken_down_instead_of_reverted(
    session: Session, who: Cast
) -> None:
    made = factories.listing(session, who.group, who.chair, status="submitted")
    publish(session, made.revisions[0], at=AT)
    made.unacknowledged_since = AT
    session.flush()
    takedowns.revert(session, made, SENT_BACK, by=who.sari, seen_revision_id=made.revisions[0].id, at=LATER)
    assert made.status == "hidden_by_curator"


# --- reports ----------------------------------------------------------------------------------


def report(session: Session, listing: Listing, key: str = "k1", **values: str) -> Report:
    words = {"reason": "printed", "text": "Terlihat cetakan.", "contact": ""} | values
    return reports.file_report(session, listing, form_key=key, at=AT, **words)


def test_a_report_pressed_twice_is_one(session: Session, listing: Listing) -> None:
    assert report(session, listing).id == report(session, listing).id
    assert [event.what for event in session.scalars(select(Event))] == ["report"]


def test_a_report_names_a_reason_of_the_list_and_other_says_which(session: Session, listing: Listing) -> None:
    with pytest.raises(WrongInput):
        report(session, listing, reason="ugly")
    with pytest.raises(WrongInput):
        report(session, listing, reason="other", text=" ")


@pytest.mark.parametrize("outcome", ["no_cause", "noted"])
def test_a_report_is_answered_once(session: Session, who: Cast, listing: Listing, outcome: str) -> None:
    filed = report(session, listing)
    with pytest.raises(OwnGroup):
        reports.answer_report(session, filed, outcome=outcome, by=who.own, at=LATER)
    reports.answer_report(session, filed, outcome=outcome, by=who.sari, at=LATER)
    assert (filed.outcome, filed.handled_by_id, listing.status) == (outcome, who.sari.id, "published")
    with pytest.raises(ChangedMeanwhile):
        reports.answer_report(session, filed, outcome="noted", by=who.agus, at=LATER)


def test_taking_down_answers_every_open_report_about_the_work_and_undoing_opens_them(
    session: Session, who: Cast, listing: Listing
) -> None:
    first, second = report(session, listing, "k1"), report(session, listing, "k2")
    decision = reports.take_down_for_report(
        session, first, BARRED, by=who.sari, version=listing.version, at=LATER
    )
    assert (first.outcome, second.outcome, listing.status) == (
        "taken_down",
        "taken_down",
        "hidden_by_curator",
    )
    undo.undo(session, decision, by=who.sari, at=LATER)
    session.refresh(first)
    assert (first.outcome, first.handled_at, listing.status) == (None, None, "published")
