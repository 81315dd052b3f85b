"""A producer's steps on a work, against a real database."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.actions import listings, submitting
from shop.actions.revisions import fields_of, open_revision
from shop.domain.editor import FIELDS, EditorStep, print_of
from shop.domain.errors import ChangedMeanwhile, Incomplete, NotFound, WrongState
from shop.domain.listing import ONCE_APPROVED, STEPS, Status, Step
from shop.domain.roles import Actor
from shop.models import Appeal, Event, Listing, Member, Revision, RevisionPhoto
from tests import factories
from tests.factories import AT

LATER = AT + timedelta(hours=2)


@pytest.fixture
def chair(session: Session) -> Member:
    return factories.member(session, factories.producer(session), factories.person(session))


def a_work(session: Session, chair: Member, status: str) -> Listing:
    """A complete work in any status of a listing."""
    if status in ONCE_APPROVED or status == "archived":
        listing = factories.published(session, chair.producer, chair.person)
        listing.status = status
        session.flush()
        return listing
    return factories.listing(session, chair.producer, chair.person, status=status)


def seen(listing: Listing, step: EditorStep) -> str:
    return print_of(fields_of(listings.shown_revision(listing), FIELDS[step]))


def save(session: Session, listing: Listing, by: Member, **changed: Any) -> Revision | None:
    """Save the step that holds the changed fields, as seen now."""
    step = next(step for step, fields in FIELDS.items() if set(changed) <= set(fields))
    values = fields_of(listings.shown_revision(listing), FIELDS[step]) | changed
    return listings.save(
        session, listing, step=step, values=values, seen=seen(listing, step), by=by, at=LATER
    )


def events(session: Session, listing: Listing) -> list[str]:
    return list(session.scalars(select(Event.what).where(Event.listing_id == listing.id).order_by(Event.id)))


def _appeal(session: Session, listing: Listing, *, by: Member, at: Any) -> None:
    submitting.appeal(session, listing, by=by, text="Kain ini kami tenun sendiri.", at=at)


PRODUCER_STEPS: dict[Step, Callable[..., Any]] = {
    Step.SUBMIT: submitting.submit,
    Step.WITHDRAW: submitting.withdraw,
    Step.HIDE: listings.hide,
    Step.UNHIDE: listings.unhide,
    Step.ARCHIVE: listings.archive,
    Step.RESTORE_AS_DRAFT: listings.restore_as_draft,
    Step.APPEAL: _appeal,
}


def test_every_step_of_a_producer_has_its_action() -> None:
    assert set(PRODUCER_STEPS) == {step for (_, step), (_, actor) in STEPS.items() if actor is Actor.PRODUCER}


@pytest.mark.parametrize("step", PRODUCER_STEPS, ids=lambda step: step.value)
def test_a_step_works_exactly_in_the_states_of_the_table(session: Session, chair: Member, step: Step) -> None:
    for status in Status:
        listing = a_work(session, chair, status)
        to = STEPS.get((status, step), (None, None))[0]
        before = events(session, listing)
        if to is None:
            with pytest.raises(WrongState):
                PRODUCER_STEPS[step](session, listing, by=chair, at=LATER)
            session.flush()
            assert (listing.status, events(session, listing)) == (status, before), status
        else:
            PRODUCER_STEPS[step](session, listing, by=chair, at=LATER)
            assert listing.status == to, status
            event = session.scalars(select(Event).where(Event.listing_id == listing.id)).one()
            assert (event.what, event.by_id, event.actor) == (step, chair.person_id, "producer")
            assert (event.from_status, event.to_status, event.at) == (status, to, LATER)


@pytest.mark.parametrize("step", PRODUCER_STEPS, ids=lambda step: step.value)
def test_a_neighbour_finds_no_such_work(session: Session, chair: Member, step: Step) -> None:
    neighbour = factories.member(session, factories.producer(session, "Bengkel"), factories.person(session))
    for status in Status:
        listing = a_work(session, chair, status)
        with pytest.raises(NotFound):
            PRODUCER_STEPS[step](session, listing, by=neighbour, at=LATER)
        assert listing.status == status


def test_somebody_who_left_the_group_may_do_nothing(session: Session, chair: Member) -> None:
    listing = a_work(session, chair, "draft")
    chair.left_at = AT
    with pytest.raises(NotFound):
        submitting.submit(session, listing, by=chair, at=LATER)


def test_a_draft_begins_empty_and_is_taken_up_again(session: Session, chair: Member) -> None:
    listing = listings.start(session, by=chair, craft="tenun-ikat", at=LATER)
    assert (listing.status, listing.revisions[0].craft) == ("draft", "tenun-ikat")
    assert events(session, listing) == ["start"]
    assert listings.start(session, by=chair, craft="tenun-ikat", at=LATER) is listing
    save(session, listing, chair, title_id="Tais")
    assert listings.start(session, by=chair, craft="tenun-ikat", at=LATER) is not listing


def test_a_craft_the_producer_does_not_work_in_cannot_be_begun(session: Session, chair: Member) -> None:
    with pytest.raises(NotFound):
        listings.start(session, by=chair, craft="meubel", at=LATER)


def test_a_saved_step_stands_in_the_draft(session: Session, chair: Member) -> None:
    listing = a_work(session, chair, "draft")
    revision = save(session, listing, chair, length_cm=205)
    assert revision is listing.revisions[0]
    assert (revision.length_cm, revision.saved_at) == (205, LATER)
    assert events(session, listing) == ["edit"]


def test_writing_on_does_not_fill_the_log(session: Session, chair: Member) -> None:
    listing = a_work(session, chair, "draft")
    for length in (201, 202, 203):
        save(session, listing, chair, length_cm=length)
    assert events(session, listing) == ["edit"]


def test_two_devices_do_not_overwrite_each_other(session: Session, chair: Member) -> None:
    listing = a_work(session, chair, "draft")
    other_device = seen(listing, EditorStep.SIZE)
    save(session, listing, chair, length_cm=201)
    values = fields_of(listing.revisions[0], FIELDS[EditorStep.SIZE]) | {"length_cm": 333}
    with pytest.raises(ChangedMeanwhile):
        listings.save(
            session, listing, step=EditorStep.SIZE, values=values, seen=other_device, by=chair, at=LATER
        )
    assert listing.revisions[0].length_cm == 201


def test_two_devices_on_different_steps_do_not_disturb_each_other(session: Session, chair: Member) -> None:
    listing = a_work(session, chair, "draft")
    other_device = seen(listing, EditorStep.MOTIF)
    save(session, listing, chair, length_cm=201)
    values = {"motif_name": "Toke", "motif_source": "ketua"}
    listings.save(
        session, listing, step=EditorStep.MOTIF, values=values, seen=other_device, by=chair, at=LATER
    )
    assert (listing.revisions[0].length_cm, listing.revisions[0].motif_name) == (201, "Toke")


def test_the_same_form_sent_twice_is_saved_once(session: Session, chair: Member) -> None:
    listing = a_work(session, chair, "draft")
    before = seen(listing, EditorStep.MOTIF)
    values = {"motif_name": "Toke", "motif_source": "ketua"}
    sent = {"step": EditorStep.MOTIF, "values": values, "seen": before, "by": chair, "at": LATER}
    assert listings.save(session, listing, **sent) is not None
    assert listings.save(session, listing, **sent) is None


@pytest.mark.parametrize(
    "status", ["submitted", "in_review", "rejection_proposed", "rejected", "appealed", "archived"]
)
def test_what_curators_hold_cannot_be_written_to(session: Session, chair: Member, status: str) -> None:
    listing = a_work(session, chair, status)
    with pytest.raises(WrongState):
        save(session, listing, chair, length_cm=205)
    assert [r.length_cm for r in listing.revisions] == [190]


@pytest.mark.parametrize("status", ["published", "hidden_by_producer", "hidden_by_curator"])
def test_editing_a_live_work_opens_a_revision_beside_it(session: Session, chair: Member, status: str) -> None:
    listing = a_work(session, chair, status)
    revision = save(session, listing, chair, title_id="Judul baru")
    assert revision is not None
    assert (revision.number, revision.status, revision.title_id) == (2, "draft", "Judul baru")
    assert [(p.slot, p.photo_id, p.alt_id) for p in revision.photos] == [
        (p.slot, p.photo_id, p.alt_id) for p in listing.revisions[0].photos
    ]
    assert (listing.status, listing.live_revision) == (status, listing.revisions[0])
    assert listing.revisions[0].title_id == "Tais Lajur Merah"


def test_a_second_edit_merges_into_the_open_revision(session: Session, chair: Member) -> None:
    listing = a_work(session, chair, "published")
    first = save(session, listing, chair, title_id="Judul baru")
    second = save(session, listing, chair, length_cm=205)
    assert second is first
    assert len(listing.revisions) == 2


def test_a_live_work_stays_while_its_revision_is_submitted_and_taken_back(
    session: Session, chair: Member
) -> None:
    listing = a_work(session, chair, "published")
    revision = save(session, listing, chair, title_id="Judul baru")
    submitting.submit(session, listing, by=chair, at=LATER)
    assert revision is not None
    assert (listing.status, revision.status, revision.submitted_at) == ("published", "submitted", LATER)
    submitting.withdraw(session, listing, by=chair, at=LATER)
    assert (listing.status, revision.status) == ("published", "draft")
    listings.discard(session, listing, by=chair, at=LATER)
    assert open_revision(listing) is None
    assert listings.shown_revision(listing) is listing.live_revision


def test_only_an_unsent_revision_of_a_live_work_can_be_dropped(session: Session, chair: Member) -> None:
    for status in Status:
        with pytest.raises(WrongState):
            listings.discard(session, a_work(session, chair, status), by=chair, at=LATER)


def test_another_craft_drops_what_does_not_fit_and_keeps_the_photos(session: Session, chair: Member) -> None:
    listing = a_work(session, chair, "draft")
    revision = save(session, listing, chair, craft="meubel", kind="kursi")
    assert revision is not None
    assert (revision.kind, revision.material, revision.technique, revision.attributes) == (
        "kursi",
        None,
        None,
        {},
    )
    assert [place.slot for place in revision.photos] == ["lain", "lain", "lain"]


def test_an_incomplete_work_says_what_is_missing_on_each_step(session: Session, chair: Member) -> None:
    listing = factories.listing(
        session, chair.producer, chair.person, title_id="", kind=None, weight_g=None, price_idr=None
    )
    session.delete(session.scalars(select(RevisionPhoto).where(RevisionPhoto.slot == "balik")).one())
    session.flush()
    with pytest.raises(Incomplete) as refused:
        submitting.submit(session, listing, by=chair, at=LATER)
    assert refused.value.problems == {
        "photos": "Tambahkan foto: Sisi balik",
        "name": "Isi nama karya",
        "size": "Isi berat kirim",
        "price": "Isi harga, misalnya 1.250.000",
    }
    assert listing.status == "draft"


@pytest.mark.parametrize("status", ["applied", "suspended", "rejected"])
def test_only_verified_producers_submit(session: Session, chair: Member, status: str) -> None:
    listing = a_work(session, chair, "draft")
    chair.producer.status, chair.producer.decision_reason = status, "belum lengkap"
    with pytest.raises(submitting.NotVerified):
        submitting.submit(session, listing, by=chair, at=LATER)


def test_submitting_describes_the_photos_that_have_no_words(session: Session, chair: Member) -> None:
    listing = a_work(session, chair, "draft")
    listing.revisions[0].photos[2].alt_id = ""
    submitting.submit(session, listing, by=chair, at=LATER)
    assert listing.revisions[0].photos[2].alt_id == "Tais Lajur Merah: sisi balik"


def test_a_trusted_producer_is_live_at_once_and_to_be_looked_at(session: Session, chair: Member) -> None:
    chair.producer.trusted = True
    listing = a_work(session, chair, "draft")
    submitting.submit(session, listing, by=chair, at=LATER)
    assert (listing.status, listing.unacknowledged_since) == ("published", LATER)
    assert listing.live_revision is listing.revisions[0]
    assert events(session, listing) == ["submit", "publish_first"]
    save(session, listing, chair, title_id="Judul baru")
    submitting.submit(session, listing, by=chair, at=LATER + timedelta(days=1))
    assert listing.live_revision.title_id == "Judul baru"
    assert listing.unacknowledged_since == LATER, "the first change nobody looked at"


def test_trust_ends_at_a_regulated_wood(session: Session, chair: Member) -> None:
    chair.producer.trusted = True
    listing = factories.listing(session, chair.producer, chair.person, title_id="Kotak cendana")
    submitting.submit(session, listing, by=chair, at=LATER)
    assert listing.status == "submitted"
    event = session.scalars(select(Event).where(Event.listing_id == listing.id)).one()
    assert event.facts == {"regulated": ["cendana"]}


def test_trust_ends_where_a_curator_asked_for_changes_or_took_the_work_down(
    session: Session, chair: Member
) -> None:
    chair.producer.trusted = True
    returned = a_work(session, chair, "changes_requested")
    submitting.submit(session, returned, by=chair, at=LATER)
    assert returned.status == "submitted"
    down = a_work(session, chair, "hidden_by_curator")
    save(session, down, chair, title_id="Judul baru")
    submitting.submit(session, down, by=chair, at=LATER)
    assert (down.status, down.revisions[1].status) == ("hidden_by_curator", "submitted")


def test_archiving_puts_the_open_revision_away_too(session: Session, chair: Member) -> None:
    listing = a_work(session, chair, "published")
    revision = save(session, listing, chair, title_id="Judul baru")
    submitting.submit(session, listing, by=chair, at=LATER)
    listings.archive(session, listing, by=chair, at=LATER)
    assert revision is not None
    assert (listing.status, revision.status, revision.closed_at) == ("archived", "draft", LATER)
    assert open_revision(listing) is None
    assert listings.restore_as_draft(session, listing, by=chair, at=LATER) is revision
    assert (listing.status, revision.closed_at) == ("draft", None)


def test_an_archived_work_comes_back_as_a_draft_of_what_was_shown(session: Session, chair: Member) -> None:
    listing = a_work(session, chair, "published")
    listings.archive(session, listing, by=chair, at=LATER)
    revision = listings.restore_as_draft(session, listing, by=chair, at=LATER)
    assert (listing.status, revision.number, revision.status) == ("draft", 2, "draft")
    assert revision.title_id == "Tais Lajur Merah"
    submitting.submit(session, listing, by=chair, at=LATER)
    assert (listing.status, revision.status) == ("submitted", "submitted")


@pytest.mark.parametrize("status", ["rejection_proposed", "appealed"])
def test_a_live_work_is_not_archived_away_from_a_judgement(
    session: Session, chair: Member, status: str
) -> None:
    listing = a_work(session, chair, "published")
    revision = save(session, listing, chair, title_id="Judul baru")
    assert revision is not None
    revision.status, revision.submitted_at = status, AT
    with pytest.raises(listings.StillJudged):
        listings.archive(session, listing, by=chair, at=LATER)
    assert listing.status == "published"


def test_a_work_rejected_for_a_severe_reason_does_not_come_back(session: Session, chair: Member) -> None:
    listing = a_work(session, chair, "archived")
    listing.barred_at = AT
    with pytest.raises(submitting.Barred):
        listings.restore_as_draft(session, listing, by=chair, at=LATER)


def test_an_appeal_is_made_once(session: Session, chair: Member) -> None:
    listing = a_work(session, chair, "rejected")
    made = submitting.appeal(session, listing, by=chair, text="Kami menenunnya sendiri.", at=LATER)
    assert (made.revision_id, made.by_id) == (listing.revisions[0].id, chair.person_id)
    assert (listing.status, listing.revisions[0].appealed_at) == ("appealed", LATER)
    listing.status = listing.revisions[0].status = "rejected"
    with pytest.raises(submitting.OnceOnly):
        submitting.appeal(session, listing, by=chair, text="Sekali lagi.", at=LATER)
    assert session.scalar(select(func.count()).select_from(Appeal)) == 1


def test_a_rejected_revision_can_be_appealed_while_the_work_stays(session: Session, chair: Member) -> None:
    listing = a_work(session, chair, "published")
    revision = save(session, listing, chair, title_id="Judul baru")
    assert revision is not None
    revision.status, revision.submitted_at = "rejected", AT
    submitting.appeal(session, listing, by=chair, text="Judulnya benar.", at=LATER)
    assert (listing.status, revision.status) == ("published", "appealed")


def test_what_an_assistant_does_is_written_down_as_help_for_the_chair(
    session: Session, chair: Member
) -> None:
    helper = factories.member(session, chair.producer, factories.person(session, "Rina"), role="assistant")
    listing = a_work(session, chair, "draft")
    submitting.submit(session, listing, by=helper, at=LATER)
    event = session.scalars(select(Event).where(Event.listing_id == listing.id)).one()
    assert (event.by_id, event.for_id, event.facts) == (
        helper.person_id,
        chair.person_id,
        {"role": "assistant"},
    )
