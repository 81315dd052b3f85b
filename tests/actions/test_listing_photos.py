"""Photos in their slots."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from shop.actions import listing_photos
from shop.domain.errors import NotFound, WrongState
from shop.domain.photo import TooManyPhotos
from shop.models import Listing, Member, Revision
from tests import factories
from tests.factories import AT

LATER = AT + timedelta(hours=2)


@pytest.fixture
def chair(session: Session) -> Member:
    return factories.member(session, factories.producer(session), factories.person(session))


@pytest.fixture
def draft(session: Session, chair: Member) -> Listing:
    """A draft of cloth without photos."""
    listing = factories.listing(session, chair.producer, chair.person)
    listing.revisions[0].photos.clear()
    session.flush()
    return listing


def slots(revision: Revision) -> list[str]:
    """Where photos stand, in the order of the page, as it is kept."""
    return [place.slot for place in sorted(revision.photos, key=lambda place: place.position)]


def add(session: Session, listing: Listing, by: Member, *wanted: str | None) -> list[str]:
    names = []
    for slot in wanted:
        photo = factories.photo(session, by.producer)
        listing_photos.attach(session, listing, photo, slot=slot, by=by, at=LATER)
        names.append(photo.name)
    return names


def test_photos_without_a_wish_fill_the_empty_slots_in_order(
    session: Session, chair: Member, draft: Listing
) -> None:
    add(session, draft, chair, "detail", *[None] * 6)
    assert sorted(slots(draft.revisions[0])) == sorted(
        ["utuh", "detail", "balik", "tepi", "skala", "lain", "lain"]
    )


def test_the_first_photo_is_the_main_one_until_another_is_chosen(
    session: Session, chair: Member, draft: Listing
) -> None:
    names = add(session, draft, chair, "detail", "utuh", "balik")
    assert slots(draft.revisions[0]) == ["detail", "utuh", "balik"]
    listing_photos.make_main(session, draft, names[2], by=chair, at=LATER)
    assert slots(draft.revisions[0]) == ["balik", "utuh", "detail"]


def test_a_new_photo_in_a_taken_slot_takes_its_place(session: Session, chair: Member, draft: Listing) -> None:
    add(session, draft, chair, "utuh", "balik")
    new = add(session, draft, chair, "utuh")
    revision = draft.revisions[0]
    assert slots(revision) == ["utuh", "balik"]
    assert revision.photos[-1].photo.name == new[0] or revision.photos[0].photo.name == new[0]
    assert {place.photo.name for place in revision.photos if place.slot == "utuh"} == set(new)


def test_the_same_photo_sent_again_is_one_photo(session: Session, chair: Member, draft: Listing) -> None:
    photo = factories.photo(session, chair.producer)
    for slot in (None, None, "balik"):
        listing_photos.attach(session, draft, photo, slot=slot, by=chair, at=LATER)
    assert slots(draft.revisions[0]) == ["balik"]


def test_moving_into_a_taken_slot_swaps(session: Session, chair: Member, draft: Listing) -> None:
    names = add(session, draft, chair, "utuh", "balik")
    listing_photos.move(session, draft, names[1], slot="utuh", by=chair, at=LATER)
    assert {place.photo.name: place.slot for place in draft.revisions[0].photos} == {
        names[0]: "balik",
        names[1]: "utuh",
    }


def test_a_removed_photo_leaves_its_slot_and_the_next_is_main(
    session: Session, chair: Member, draft: Listing
) -> None:
    names = add(session, draft, chair, "utuh", "detail", "balik")
    listing_photos.remove(session, draft, names[0], by=chair, at=LATER)
    assert slots(draft.revisions[0]) == ["detail", "balik"]
    assert [place.position for place in draft.revisions[0].photos] == [0, 1]


def test_there_are_at_most_ten_photos(session: Session, chair: Member, draft: Listing) -> None:
    add(session, draft, chair, *[None] * 10)
    with pytest.raises(TooManyPhotos):
        add(session, draft, chair, None)
    add(session, draft, chair, "utuh")
    assert len(draft.revisions[0].photos) == 10


def test_photos_of_others_and_slots_of_other_crafts_are_not_there(
    session: Session, chair: Member, draft: Listing
) -> None:
    other = factories.photo(session, factories.producer(session, "Bengkel"))
    with pytest.raises(NotFound):
        listing_photos.attach(session, draft, other, by=chair, at=LATER)
    with pytest.raises(NotFound):
        add(session, draft, chair, "sambungan")
    with pytest.raises(NotFound):
        listing_photos.remove(session, draft, other.name, by=chair, at=LATER)


def test_a_neighbour_cannot_touch_the_photos(session: Session, chair: Member, draft: Listing) -> None:
    names = add(session, draft, chair, "utuh")
    neighbour = factories.member(session, factories.producer(session, "Bengkel"), factories.person(session))
    with pytest.raises(NotFound):
        listing_photos.remove(session, draft, names[0], by=neighbour, at=LATER)
    with pytest.raises(NotFound):
        listing_photos.describe(session, draft, names[0], alt_id="x", alt_en="", by=neighbour, at=LATER)


def test_photos_of_a_live_work_change_in_a_revision(session: Session, chair: Member) -> None:
    listing = factories.published(session, chair.producer, chair.person)
    first = listing.revisions[0].photos[0].photo.name
    listing_photos.remove(session, listing, first, by=chair, at=LATER)
    assert slots(listing.revisions[0]) == ["utuh", "detail", "balik"]
    assert slots(listing.revisions[1]) == ["detail", "balik"]


def test_words_for_a_photo_are_written_at_once_in_both_versions(session: Session, chair: Member) -> None:
    listing = factories.published(session, chair.producer, chair.person)
    places = listing.revisions[0].photos
    listing_photos.remove(session, listing, places[0].photo.name, by=chair, at=LATER)
    name = places[1].photo.name
    listing_photos.describe(
        session, listing, name, alt_id="Benang dari dekat", alt_en="Threads", by=chair, at=LATER
    )
    both = [p for r in listing.revisions for p in r.photos if p.photo.name == name]
    assert [(p.alt_id, p.alt_en) for p in both] == [("Benang dari dekat", "Threads")] * 2


def test_photos_under_review_stay_as_they_are(session: Session, chair: Member) -> None:
    listing = factories.listing(session, chair.producer, chair.person, status="submitted")
    with pytest.raises(WrongState):
        add(session, listing, chair, "tepi")


def test_a_photo_coming_in_does_not_overtake_a_form(session: Session, chair: Member, draft: Listing) -> None:
    before = draft.revisions[0].version
    add(session, draft, chair, "utuh")
    assert draft.revisions[0].version == before
