"""Receiving photos: checked, kept once, and the same when sent again."""

from __future__ import annotations

import io
import threading
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.actions import photos
from shop.domain import photo as rules
from shop.domain.photo import (
    BrokenPhoto,
    EmptyPhoto,
    NotAPhoto,
    PhotoRefused,
    PhotoTooHeavy,
    QuotaReached,
    Rendered,
    original_key,
    preview_key,
)
from shop.gateways.local_photos import LocalPhotos
from shop.models import Inquiry, Photo, Producer
from shop.ports import PhotoFailed, RoomBusy
from tests import factories
from tests.factories import AT
from tests.images.pictures import as_bytes, cloth, quarters

SEEN = Rendered(640, 480, "aGFsbw==", [480])


class Painter:
    """A picture maker that says what it is told to say."""

    def __init__(self, problem: Exception | None = None) -> None:
        self.problem = problem

    def preview(self, source: Path, target: Path, *, patience_s: float = 8) -> Rendered:
        if self.problem:
            raise self.problem
        target.write_bytes(b"preview of " + source.read_bytes()[:4])
        return SEEN

    def render(self, source: Path, folder: Path) -> Rendered:
        raise NotImplementedError


@pytest.fixture
def store(folder: Path) -> LocalPhotos:
    return LocalPhotos(folder / "uploads")


def taken(
    store: LocalPhotos, data: bytes = b"\xff\xd8\xff photo", problem: Exception | None = None
) -> photos.Incoming:
    return photos.take_in(store, Painter(problem), io.BytesIO(data))


def files(store: LocalPhotos) -> list[str]:
    return sorted(file.key for prefix in ("originals", "photos") for file in store.files(prefix))


# --- taking the file in ----------------------------------------------------------------------


def test_a_file_is_kept_under_its_own_content_with_its_preview(store: LocalPhotos) -> None:
    incoming = taken(store)
    assert incoming.size_bytes == 9
    assert files(store) == sorted([original_key(incoming.sha256), preview_key(incoming.sha256)])
    assert store.open(original_key(incoming.sha256)).read() == b"\xff\xd8\xff photo"


def test_the_same_file_twice_is_stored_once(store: LocalPhotos) -> None:
    assert taken(store) == taken(store)
    assert len(files(store)) == 2


@pytest.mark.parametrize(
    ("data", "problem", "refusal"),
    [
        (b"", None, EmptyPhoto),
        (b"x" * (rules.MAX_BYTES + 1), None, PhotoTooHeavy),
        (b"x", BrokenPhoto(), BrokenPhoto),
        (b"x", NotAPhoto(), NotAPhoto),
        (b"x", PhotoFailed("died"), PhotoRefused),
        (b"x", RoomBusy(), RoomBusy),
    ],
    ids=["empty", "too heavy", "broken", "no photo", "decoder died", "room busy"],
)
def test_nothing_is_kept_of_what_is_refused(
    store: LocalPhotos, data: bytes, problem: Exception | None, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        taken(store, data, problem)
    assert files(store) == []


def test_a_photo_of_exactly_the_limit_is_taken(store: LocalPhotos) -> None:
    assert taken(store, b"x" * rules.MAX_BYTES).size_bytes == rules.MAX_BYTES


def test_an_endless_stream_is_not_read_to_its_end(store: LocalPhotos) -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            Endless.given += size
            return b"x" * size

    with pytest.raises(PhotoTooHeavy):
        photos.take_in(store, Painter(), Endless())  # type: ignore[arg-type]
    assert Endless.given <= rules.MAX_BYTES + 2 * photos.CHUNK


# --- its row ---------------------------------------------------------------------------------


@pytest.fixture
def group(session: Session) -> Producer:
    chair = factories.person(session, "Maria")
    return factories.producer(session, chair=chair)


def received(
    session: Session, group: Producer, incoming: photos.Incoming, client_id: str = "", **more
) -> Photo:
    by = group.members[0].person
    return photos.receive(session, incoming, by=by, producer=group, client_id=client_id, at=AT, **more)


def test_the_row_knows_what_pages_need_and_waits_for_the_worker(
    session: Session, group: Producer, store: LocalPhotos
) -> None:
    photo = received(session, group, taken(store), "c1")
    assert (photo.width_px, photo.height_px, photo.placeholder, photo.widths) == (640, 480, "aGFsbw==", [])
    assert (photo.state, photo.due_at, photo.producer_id, photo.client_id) == ("received", AT, group.id, "c1")
    assert len(photo.name) == 32


def test_names_do_not_follow_from_the_photo(session: Session, group: Producer, store: LocalPhotos) -> None:
    other = factories.producer(session, "Bengkel Jati", chair=factories.person(session))
    incoming = taken(store)
    mine, theirs = received(session, group, incoming), received(session, other, incoming)
    assert mine.name != theirs.name
    assert mine.sha256 == theirs.sha256


def test_a_repeat_under_the_same_client_id_is_the_same_photo(
    session: Session, group: Producer, store: LocalPhotos
) -> None:
    first = received(session, group, taken(store), "c1")
    assert received(session, group, taken(store), "c1") is first
    assert received(session, group, taken(store, b"other bytes, same id"), "c1") is first


def test_the_same_content_from_two_tabs_is_one_photo(
    session: Session, group: Producer, store: LocalPhotos
) -> None:
    assert received(session, group, taken(store), "tab1") is received(session, group, taken(store), "tab2")


def test_without_a_client_id_the_content_is_the_id(
    session: Session, group: Producer, store: LocalPhotos
) -> None:
    assert received(session, group, taken(store)) is received(session, group, taken(store))


def test_two_at_the_same_moment_are_one_photo(
    app: Flask, session: Session, group: Producer, store: LocalPhotos
) -> None:
    group_id = group.id
    session.commit()
    incoming, found, errors = taken(store), [], []
    barrier = threading.Barrier(2)

    def send() -> None:
        try:
            with Session(session.get_bind()) as own:
                barrier.wait(5)
                mine = own.get_one(Producer, group_id)
                found.append(received(own, mine, incoming, "same").id)
                own.commit()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert found[0] == found[1]
    assert session.scalar(select(func.count()).select_from(Photo)) == 1


def test_a_full_place_takes_no_more_but_still_knows_its_own(
    session: Session, group: Producer, store: LocalPhotos, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photos, "QUOTA_PER_PRODUCER", 1)
    first = received(session, group, taken(store))
    with pytest.raises(QuotaReached):
        received(session, group, taken(store, b"another"))
    assert received(session, group, taken(store)) is first


def test_a_photo_of_a_thread_belongs_to_the_thread(
    session: Session, group: Producer, store: LocalPhotos
) -> None:
    inquiry = Inquiry(
        code="BLU-TEST01", form_key="k", producer_id=group.id, buyer_name="Ana", buyer_phone="+628120000",
        created_at=AT, changed_at=AT,
    )  # fmt: skip
    session.add(inquiry)
    session.flush()
    photo = photos.receive(session, taken(store), by=None, inquiry=inquiry, client_id="g1", at=AT)
    assert (photo.inquiry_id, photo.producer_id, photo.uploaded_by) == (
        inquiry.id,
        None,
        f"guest:{inquiry.id}",
    )
    assert received(session, group, taken(store)) is not photo


def test_a_parked_photo_that_is_sent_again_gets_another_chance(
    session: Session, group: Producer, store: LocalPhotos
) -> None:
    photo = received(session, group, taken(store))
    photo.state, photo.attempts, photo.problem = "parked", 5, "the worker died"
    received(session, group, taken(store))
    assert (photo.state, photo.attempts, photo.problem) == ("received", 0, "")


def test_an_unused_photo_can_be_removed_and_a_used_one_cannot(
    session: Session, group: Producer, store: LocalPhotos
) -> None:
    photo = received(session, group, taken(store))
    group.photo_id = photo.id
    session.flush()
    with pytest.raises(photos.PhotoInUse):
        photos.remove(session, photo, by=group.members[0].person, at=AT)
    group.photo_id = None
    session.flush()
    photos.remove(session, photo, by=group.members[0].person, at=AT)
    assert photos.count(session, group) == 0
    work = factories.listing(session, group, group.members[0].person)
    with pytest.raises(photos.PhotoInUse):
        photos.remove(session, work.revisions[0].photos[0].photo, by=group.members[0].person, at=AT)


# --- with the real picture room --------------------------------------------------------------


def test_a_real_photo_goes_in_and_its_preview_is_there_at_once(app: Flask) -> None:
    shop = app.extensions["shop"]
    incoming = photos.take_in(shop.photos, shop.pictures, io.BytesIO(as_bytes(quarters(800, 600), "JPEG")))
    assert (incoming.seen.width_px, incoming.seen.height_px) == (800, 600)
    assert shop.photos.path(preview_key(incoming.sha256)).read_bytes().startswith(b"\xff\xd8\xff")


def test_a_photo_cut_off_on_the_way_is_refused_during_the_upload(app: Flask) -> None:
    shop, whole = app.extensions["shop"], as_bytes(cloth(600, 400), "JPEG")
    with pytest.raises(BrokenPhoto):
        photos.take_in(shop.photos, shop.pictures, io.BytesIO(whole[: len(whole) // 2]))
