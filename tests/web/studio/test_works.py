"""The list of works, one work with its buttons and history, and what each button does."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from shop.models import Decision, Listing, Member, Person
from tests import factories
from tests.factories import AT
from tests.page import Visitor

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)


def a_work(session: Session, chair: Member, status: str = "draft", **content: object) -> Listing:
    make = (
        factories.published
        if status in ("published", "hidden_by_producer", "archived")
        else factories.listing
    )
    listing = make(
        session,
        chair.producer,
        chair.person,
        **content | ({} if make is factories.published else {"status": status}),
    )
    listing.status = status
    session.commit()
    return listing


def press(visitor: Visitor, listing: Listing, button: str) -> str:
    """Press a button on the work's page; the status that is stored afterwards."""
    visitor.get(f"/studio/karya/{listing.id}")
    visitor.press(button)
    return listing.status


@pytest.mark.parametrize(
    ("status", "button", "to"),
    [
        ("submitted", "Tarik kembali", "draft"),
        ("in_review", "Tarik kembali", "draft"),
        ("published", "Sembunyikan dari pembeli", "hidden_by_producer"),
        ("hidden_by_producer", "Tampilkan lagi", "published"),
        ("draft", "Arsipkan", "archived"),
        ("published", "Arsipkan", "archived"),
        ("archived", "Pulihkan sebagai draf", "draft"),
    ],
)
def test_a_button_does_what_it_says(
    session: Session, visitor: Visitor, chair: Member, status: str, button: str, to: str
) -> None:
    listing = a_work(session, chair, status)
    visitor.get(f"/studio/karya/{listing.id}")
    visitor.press(button)
    session.expire_all()
    assert listing.status == to


def test_submitting_puts_the_work_before_the_curators(
    session: Session, visitor: Visitor, chair: Member
) -> None:
    listing = a_work(session, chair)
    visitor.get(f"/studio/karya/{listing.id}/periksa")
    page = visitor.press("Kirim untuk dikurasi")
    assert "Menunggu kurasi" in page.text
    assert "Dikirim untuk dikurasi oleh Yuliana Hoar" in page.text
    session.expire_all()
    assert listing.status == "submitted"


def test_a_trusted_producers_work_is_live_at_once(session: Session, visitor: Visitor, chair: Member) -> None:
    chair.producer.trusted = True
    listing = a_work(session, chair)
    visitor.get(f"/studio/karya/{listing.id}/periksa")
    page = visitor.press("Kirim untuk dikurasi")
    assert "Karya ditayangkan." in page.text
    assert "kurator melihatnya kemudian" in page.text
    assert page.links("Lihat di toko") == ["/karya/tais-lajur-merah"]


def test_an_unverified_producer_reads_why_it_cannot_submit(
    session: Session, visitor: Visitor, chair: Member
) -> None:
    chair.producer.status = "applied"
    listing = a_work(session, chair)
    visitor.get(f"/studio/karya/{listing.id}/periksa")
    page = visitor.press("Kirim untuk dikurasi", status=403)
    assert "setelah perajin diverifikasi" in page.text
    session.expire_all()
    assert listing.status == "draft"


def test_a_step_that_no_longer_leads_on_answers_409(
    session: Session, visitor: Visitor, chair: Member
) -> None:
    listing = a_work(session, chair, "submitted")
    visitor.get(f"/studio/karya/{listing.id}")
    listing.status = listing.revisions[0].status = "changes_requested"
    session.commit()
    visitor.press("Tarik kembali", status=409)


def test_a_rejection_is_read_and_appealed_once(session: Session, visitor: Visitor, chair: Member) -> None:
    listing = a_work(session, chair, "rejected")
    session.add(
        Decision(
            listing_id=listing.id, revision_id=listing.revisions[0].id, curator_id=factories.curator(session).id,
            kind="reject", at=AT, codes=["X2"], note="Benangnya cetakan.",
        )
    )  # fmt: skip
    session.commit()
    page = visitor.get(f"/studio/karya/{listing.id}")
    assert "Karya ini cetakan atau buatan pabrik." in page.text
    assert "Benangnya cetakan." in page.text
    page = visitor.press("Ajukan banding", {"Mengapa keputusan ini": ""}, status=422)
    assert "Tulis alasan banding" in page.text
    page = visitor.press("Ajukan banding", {"Mengapa keputusan ini": "Kami menenunnya sendiri."})
    assert "Kami menenunnya sendiri." in page.text
    assert "Banding menunggu" in page.text
    assert not page.html.xpath("//button[text()='Ajukan banding']")
    session.expire_all()
    assert listing.status == "appealed"


def test_a_rejected_revision_of_a_live_work_says_why_beside_it(
    session: Session, visitor: Visitor, chair: Member
) -> None:
    listing = a_work(session, chair, "published")
    visitor.get(f"/studio/karya/{listing.id}/nama")
    visitor.press("Simpan dan lanjut", {"Nama karya": "Judul baru"})
    session.expire_all()
    revision = listing.revisions[1]
    revision.status, revision.submitted_at = "rejected", AT
    told = {
        "listing_id": listing.id,
        "revision_id": revision.id,
        "at": AT,
        "curator_id": factories.curator(session).id,
    }
    session.add(Decision(**told, kind="reject", codes=["M2"], note="Tanyakan dahulu."))
    session.commit()
    page = visitor.get(f"/studio/karya/{listing.id}")
    assert "Motif ini dikenal sebagai milik" in page.text
    assert "Tanyakan dahulu." in page.text
    assert page.html.xpath("//button[text()='Ajukan banding']")


def test_a_proposed_rejection_is_not_told_before_the_second_curator_spoke(
    session: Session, visitor: Visitor, chair: Member
) -> None:
    listing = a_work(session, chair, "rejection_proposed")
    told = {
        "listing_id": listing.id, "revision_id": listing.revisions[0].id, "at": AT,
        "curator_id": factories.curator(session).id,
    }  # fmt: skip
    session.add(Decision(**told, kind="propose_rejection", codes=["X2"], note="Cetakan."))
    session.commit()
    page = visitor.get(f"/studio/karya/{listing.id}")
    assert "cetakan" not in page.text.lower()
    listing.status = listing.revisions[0].status = "rejected"
    session.add(Decision(**told, kind="confirm_rejection", codes=["X2"], note="Cetakan."))
    session.commit()
    assert "Karya ini cetakan" in visitor.get(f"/studio/karya/{listing.id}").text


def test_a_work_taken_down_says_why(session: Session, visitor: Visitor, chair: Member) -> None:
    listing = a_work(session, chair, "published")
    listing.status = "hidden_by_curator"
    session.add(
        Decision(
            listing_id=listing.id, revision_id=listing.revisions[0].id, curator_id=factories.curator(session).id,
            kind="take_down", at=AT, codes=["F3"], note="Foto dari tempat lain.",
        )
    )  # fmt: skip
    session.commit()
    page = visitor.get(f"/studio/karya/{listing.id}")
    assert "Diturunkan kurator" in page.text
    assert "Ada foto yang bukan foto barang ini." in page.text


def test_a_barred_work_offers_no_way_back(session: Session, visitor: Visitor, chair: Member) -> None:
    listing = a_work(session, chair, "archived")
    listing.barred_at = AT
    session.commit()
    assert "Pulihkan" not in visitor.get(f"/studio/karya/{listing.id}").text


def test_an_assistants_help_stands_in_the_history(
    client: FlaskClient, session: Session, visitor: Visitor, chair: Member
) -> None:
    helper = factories.person(session, "Rina")
    factories.member(session, chair.producer, helper, role="assistant")
    listing = a_work(session, chair)
    Visitor(client).signed_in(session, helper).get(f"/studio/karya/{listing.id}/periksa")
    page = visitor.get(f"/studio/karya/{listing.id}/periksa")
    page = visitor.press("Kirim untuk dikurasi")
    assert "Dikirim untuk dikurasi oleh Rina, pendamping" in page.text


def test_the_list_shows_each_work_under_its_state(session: Session, visitor: Visitor, chair: Member) -> None:
    for status, title in (
        ("draft", "Karya Draf"),
        ("published", "Karya Tayang"),
        ("archived", "Karya Arsip"),
    ):
        a_work(session, chair, status, title_id=title)
    page = visitor.get("/studio/karya")
    assert "Karya Draf" in page.text
    assert "Karya Arsip" not in page.text
    assert "Karya Arsip" in visitor.get("/studio/karya?keadaan=arsip").text
    page = visitor.get("/studio/karya?keadaan=draf")
    assert "Karya Tayang" not in page.text
    assert visitor.get("/studio/karya?keadaan=omong&hal=-3").text.count("Karya Draf") == 1


def test_a_piece_that_is_gone_reads_sold(session: Session, visitor: Visitor, chair: Member) -> None:
    a_work(session, chair, "published", stock=0)
    row = visitor.get("/studio/karya?keadaan=terjual").html.xpath("//tbody/tr")[0].text_content()
    assert "Terjual" in row
    assert "Ditayangkan" not in row


def test_an_empty_list_offers_one_way_on(visitor: Visitor) -> None:
    page = visitor.get("/studio/karya")
    assert "Belum ada karya" in page.text
    assert "Tidak ada karya dalam keadaan ini" in visitor.get("/studio/karya?keadaan=tolak").text


def test_long_lists_have_pages(session: Session, visitor: Visitor, chair: Member) -> None:
    for number in range(25):
        factories.listing(session, chair.producer, chair.person, title_id=f"Karya {number:02}")
    session.commit()
    page = visitor.get("/studio/karya")
    assert page.links("Muat lebih banyak") == ["/studio/karya?hal=2"]
    page = visitor.get("/studio/karya?hal=2")
    assert len(page.html.xpath("//tbody/tr")) == 1
    assert visitor.get("/studio/karya?hal=99").links("Sebelumnya") == ["/studio/karya"]


def test_a_producer_of_several_crafts_says_which(session: Session, visitor: Visitor, chair: Member) -> None:
    chair.producer.crafts.append(type(chair.producer.crafts[0])(craft="anyaman"))
    session.commit()
    visitor.get("/studio/karya/baru")
    page = visitor.press("Mulai dengan foto", status=422)
    assert "Pilih kerajinan" in page.text
    page = visitor.press("Mulai dengan foto", {"Anyaman": True})
    assert "Simpul" in page.text


@pytest.mark.parametrize(
    "word", ["kirim", "tarik", "sembunyikan", "tampilkan", "arsipkan", "pulihkan", "buang", "banding"]
)
def test_every_button_is_for_its_producer_only(
    client: FlaskClient, app: Flask, session: Session, chair: Member, neighbour: Person, word: str
) -> None:
    listing = a_work(session, chair)
    app.config["WTF_CSRF_ENABLED"] = False
    address = f"/studio/karya/{listing.id}/{word}"
    assert "/masuk" in client.post(address).headers["Location"]
    other = Visitor(client).signed_in(session, neighbour)
    assert other.client.post(address, data={"text": "x"}).status_code == 404
    session.expire_all()
    assert listing.status == "draft"


def test_somebody_without_a_producer_finds_no_room(client: FlaskClient, session: Session) -> None:
    buyer = factories.person(session)
    session.commit()
    visitor = Visitor(client).signed_in(session, buyer)
    for address in (
        "/studio",
        "/studio/karya",
        "/studio/karya/baru",
        "/studio/profil",
        "/studio/unduh/karya.csv",
    ):
        visitor.get(address, 404)


def test_an_archived_draft_without_photos_has_its_page(
    session: Session, visitor: Visitor, chair: Member
) -> None:
    listing = a_work(session, chair)
    listing.revisions[0].photos.clear()
    listing.status = "archived"
    session.commit()
    assert visitor.get(f"/studio/karya/{listing.id}").heading
