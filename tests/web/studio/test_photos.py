"""The photo step: files in, places, words, refusals."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from shop.domain.photo import MAX_BYTES
from shop.models import Listing, Member, Person, Photo
from tests import factories
from tests.images.pictures import as_bytes, quarters
from tests.page import Visitor

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)
MAIN = "Kirim foto"


@pytest.fixture
def draft(session: Session, chair: Member) -> Listing:
    """A draft without photos."""
    listing = factories.listing(session, chair.producer, chair.person)
    listing.revisions[0].photos.clear()
    session.commit()
    return listing


def picture(number: int = 0) -> io.BytesIO:
    return io.BytesIO(as_bytes(quarters(80 + number, 60), "JPEG"))


def slots(session: Session, listing: Listing) -> dict[str, int]:
    """Which slots of the newest revision are filled, by position."""
    session.expire_all()
    return {place.slot: place.position for place in listing.revisions[-1].photos}


def test_several_photos_come_in_at_once_and_fill_the_slots(
    session: Session, visitor: Visitor, draft: Listing
) -> None:
    page = visitor.get(f"/studio/karya/{draft.id}/foto")
    assert "3 yang wajib belum ada" in page.text.replace("\xa0", " ")
    files = [(picture(number), f"foto-{number}.jpg") for number in range(3)]
    page = visitor.press(MAIN, {"Tambah foto": files})
    assert page.heading == "Foto"
    assert "Tersimpan, foto utama" in page.text
    assert slots(session, draft) == {"utuh": 0, "detail": 1, "balik": 2}
    assert "belum ada" not in page.text


def test_one_photo_goes_into_the_slot_it_was_chosen_for(
    session: Session, visitor: Visitor, draft: Listing
) -> None:
    visitor.get(f"/studio/karya/{draft.id}/foto")
    visitor.press("Kirim foto Foto untuk Sisi balik", {"Foto untuk Sisi balik": (picture(), "balik.jpg")})
    assert slots(session, draft) == {"balik": 0}


def test_a_refused_file_is_named_and_the_others_stay(
    session: Session, visitor: Visitor, draft: Listing
) -> None:
    visitor.get(f"/studio/karya/{draft.id}/foto")
    files = [(picture(), "utuh.jpg"), (io.BytesIO(b"kata-kata"), "catatan.txt")]
    page = visitor.press(MAIN, {"Tambah foto": files}, status=422)
    assert "catatan.txt: Foto harus JPG, PNG, WebP, atau HEIC" in page.text
    assert slots(session, draft) == {"utuh": 0}


def test_too_heavy_a_file_is_told_in_words(session: Session, visitor: Visitor, draft: Listing) -> None:
    visitor.get(f"/studio/karya/{draft.id}/foto")
    files = [(io.BytesIO(b"\xff\xd8\xff" + b"0" * MAX_BYTES), "besar.jpg")]
    page = visitor.press(MAIN, {"Tambah foto": files}, status=413)
    assert "besar.jpg: Foto paling besar 15 MB" in page.text
    assert slots(session, draft) == {}


def test_nothing_chosen_is_told(visitor: Visitor, draft: Listing) -> None:
    page = visitor.get(f"/studio/karya/{draft.id}/foto")
    token = page.html.xpath("//input[@name='csrf_token']")[0].get("value")
    answer = visitor.client.post(f"/studio/karya/{draft.id}/foto", data={"csrf_token": token})
    assert answer.status_code == 422
    assert "Pilih foto terlebih dahulu" in answer.text


def test_the_script_sends_one_photo_twice_and_it_is_one(
    session: Session, visitor: Visitor, draft: Listing
) -> None:
    page = visitor.get(f"/studio/karya/{draft.id}/foto")
    token = page.html.xpath("//input[@name='csrf_token']")[0].get("value")
    for _ in range(2):
        answer = visitor.client.post(
            f"/studio/karya/{draft.id}/foto",
            data={"csrf_token": token, "client_id": "k1", "photo": (picture(), "a.jpg")},
            headers={"Accept": "application/json"},
        )
        assert (answer.status_code, answer.json) == (201, {"count": 1})
    assert session.query(Photo).filter_by(client_id="k1").count() == 1
    refused = visitor.client.post(
        f"/studio/karya/{draft.id}/foto",
        data={"csrf_token": token, "photo": (io.BytesIO(b"x"), "a.txt")},
        headers={"Accept": "application/json"},
    )
    assert (refused.status_code, "JPG" in refused.json["detail"]) == (422, True)


def test_photos_are_moved_chosen_described_and_removed(
    session: Session, visitor: Visitor, chair: Member
) -> None:
    listing = factories.listing(session, chair.producer, chair.person)
    session.commit()
    address = f"/studio/karya/{listing.id}/foto"
    visitor.get(address)
    visitor.press("Jadikan foto utama Sisi balik")
    assert slots(session, listing)["balik"] == 0
    visitor.press("Pindahkan Utuh", {"Pindah ke": "Tepi atau rumbai"})
    assert set(slots(session, listing)) == {"balik", "tepi", "detail"}
    visitor.press("Simpan teks foto Detail motif", {"Teks foto": "Benang dari dekat"})
    session.expire_all()
    assert "Benang dari dekat" in [place.alt_id for place in listing.revisions[0].photos]
    page = visitor.press("Hapus Detail motif")
    assert "Foto dilepas" in page.text
    assert set(slots(session, listing)) == {"balik", "tepi"}


def test_too_long_words_for_a_photo_come_back(session: Session, visitor: Visitor, chair: Member) -> None:
    listing = factories.listing(session, chair.producer, chair.person)
    session.commit()
    visitor.get(f"/studio/karya/{listing.id}/foto")
    page = visitor.press("Simpan teks foto Utuh", {"Teks foto": "x" * 201}, status=422)
    assert "Paling banyak 200 huruf" in page.text
    assert "x" * 201 in [field.get("value") for field in page.html.xpath("//input[@name='alt_id']")]


def test_photos_of_a_live_work_change_beside_it(session: Session, visitor: Visitor, chair: Member) -> None:
    listing = factories.published(session, chair.producer, chair.person)
    session.commit()
    visitor.get(f"/studio/karya/{listing.id}/foto")
    visitor.press("Hapus Utuh")
    assert set(slots(session, listing)) == {"detail", "balik"}
    assert {place.slot for place in listing.revisions[0].photos} == {"utuh", "detail", "balik"}


def test_photos_under_review_have_no_buttons(session: Session, visitor: Visitor, chair: Member) -> None:
    listing = factories.listing(session, chair.producer, chair.person, status="submitted")
    session.commit()
    page = visitor.get(f"/studio/karya/{listing.id}/foto")
    assert not page.html.xpath("//main//input[@type='file']")
    name = listing.revisions[0].photos[0].photo.name
    token = page.html.xpath("//input[@name='csrf_token']")[0].get("value")
    answer = visitor.client.post(f"/studio/karya/{listing.id}/foto/{name}/hapus", data={"csrf_token": token})
    assert answer.status_code == 409


@pytest.mark.parametrize("what", ["", "/{name}/hapus", "/{name}/utama", "/{name}/pindah", "/{name}/teks"])
def test_doors_of_photos_are_for_their_producer_only(
    client: FlaskClient, app: Flask, session: Session, chair: Member, neighbour: Person, what: str
) -> None:
    listing = factories.listing(session, chair.producer, chair.person)
    name = listing.revisions[0].photos[0].photo.name
    session.commit()
    app.config["WTF_CSRF_ENABLED"] = False
    address = f"/studio/karya/{listing.id}/foto" + what.format(name=name)
    guest = client.post(address, data={"slot": "tepi"})
    assert "/masuk" in guest.headers["Location"]
    other = Visitor(client).signed_in(session, neighbour)
    answer = other.client.post(address, data={"slot": "tepi", "photo": (picture(), "a.jpg")})
    assert answer.status_code == 404
    assert slots(session, listing) == {"utuh": 0, "detail": 1, "balik": 2}
