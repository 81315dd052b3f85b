"""The first screen, holidays, the profile, and the group's own copy of its data."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from shop.models import Decision, Event, Inquiry, InquiryItem, Listing, Member, Notice, Person
from tests import factories
from tests.factories import AT
from tests.images.pictures import as_bytes, quarters
from tests.page import Visitor

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)
NOW = datetime.now(UTC)


def asked(session: Session, about: Listing, *, ago: timedelta, **values: object) -> Inquiry:
    """A question about a work, so long ago."""
    number = session.query(Inquiry).count()
    row = Inquiry(
        **{
            "code": f"BLU-AAAA{number}Z", "form_key": str(number), "producer_id": about.producer_id,
            "buyer_name": "Dewi", "buyer_phone": "+6281200000000", "destination": "Denpasar",
            "created_at": NOW - ago, "changed_at": NOW - ago,
            "waiting_since": None if "answered_at" in values else NOW - ago,
        } | values
    )  # fmt: skip
    row.items = [
        InquiryItem(
            listing_id=about.id, revision_id=about.revisions[0].id, title=about.revisions[0].title_id,
            price_idr=1_350_000, price_kind="fixed", quantity=2,
        )
    ]  # fmt: skip
    session.add(row)
    session.commit()
    return row


@pytest.fixture
def live(session: Session, chair: Member) -> Listing:
    listing = factories.published(session, chair.producer, chair.person)
    session.commit()
    return listing


def test_somebody_new_is_shown_three_steps(visitor: Visitor) -> None:
    page = visitor.get("/studio")
    assert page.heading.endswith(", Yuliana")
    assert "Mulai di sini" in page.text
    assert page.links("Tambah karya") == ["/studio/karya/baru"]
    assert "Selamat" in page.heading
    assert visitor.get("/en/studio").heading.startswith("Good")


def test_a_person_is_greeted_as_one_says_it(session: Session, visitor: Visitor, chair: Member) -> None:
    chair.person.name = "Mama Rosalinda Luruk"
    session.commit()
    assert visitor.get("/studio").heading.endswith(", Mama Rosalinda")


def test_what_waits_comes_first(session: Session, visitor: Visitor, chair: Member, live: Listing) -> None:
    asked(session, live, ago=timedelta(hours=50))
    asked(session, live, ago=timedelta(hours=3))
    asked(session, live, ago=timedelta(days=3), answered_at=NOW - timedelta(days=2, hours=17))
    returned = factories.listing(
        session, chair.producer, chair.person, status="changes_requested", title_id="Tais Nila"
    )
    session.add(
        Decision(listing_id=returned.id, revision_id=returned.revisions[0].id, kind="request_changes", at=AT,
                 curator_id=factories.curator(session).id, codes=["F2"])
    )  # fmt: skip
    broken = factories.listing(session, chair.producer, chair.person, title_id="Selendang")
    broken.revisions[0].photos[0].photo.state = "parked"
    session.add(
        Notice(
            kind="x",
            channel="whatsapp",
            to_phone="+62",
            created_at=AT,
            due_at=AT,
            hand_over_by_id=chair.person_id,
        )
    )
    session.commit()
    page = visitor.get("/studio")
    items = [" ".join(li.text_content().split()) for li in page.html.xpath("//ul[@class='todo']/li")]
    assert len(items) == 4
    assert items[0].startswith("2Pertanyaan menunggu jawaban")
    assert "Tais Nila: kurang foto sisi balik" in items[1]
    assert "Selendang: ganti fotonya" in items[2]
    assert "Pesan WhatsApp belum dikirim" in items[3]
    rows = [" ".join(row.text_content().split()) for row in page.html.xpath("//tbody/tr")]
    assert len(rows) == 3
    assert len(page.html.xpath("//tr[@class='is-late']")) == 1
    assert rows[0].startswith("2 × Tais Lajur Merah")


def test_a_neighbours_things_are_not_counted(session: Session, visitor: Visitor, neighbour: Person) -> None:
    theirs = session.query(Member).filter_by(person_id=neighbour.id).one()
    listing = factories.listing(session, theirs.producer, neighbour, status="changes_requested")
    asked(session, listing, ago=timedelta(hours=30))
    page = visitor.get("/studio")
    assert "Mulai di sini" in page.text
    assert not page.html.xpath("//ul[@class='todo']")


def test_the_figures_of_the_month(session: Session, visitor: Visitor, chair: Member, live: Listing) -> None:
    asked(session, live, ago=timedelta(minutes=3), answered_at=NOW)
    page = visitor.get("/studio")
    figures = {
        part.findtext("dt"): part.findtext("dd") for part in page.html.xpath("//dl[@class='figures']/div")
    }
    assert figures["Pertanyaan masuk"] == "1"
    assert figures["Rata-rata balas"] == "kurang dari 1 jam"
    assert figures["Karya lolos kurasi"] == "0"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("applied", "sedang diperiksa galeri"),
        ("rejected", "Alamatnya di luar daerah"),
        ("suspended", "Toko Anda sedang ditangguhkan"),
    ],
)
def test_the_state_of_the_producer_is_told(
    session: Session, visitor: Visitor, chair: Member, status: str, words: str
) -> None:
    chair.producer.status, chair.producer.decision_reason = status, "Alamatnya di luar daerah"
    session.commit()
    assert words in visitor.get("/studio").text


def test_a_holiday_has_a_date_and_a_note(session: Session, visitor: Visitor, chair: Member) -> None:
    visitor.get("/studio")
    page = visitor.press("Mulai libur", {"Libur sampai tanggal": ""}, status=422)
    assert "Pilih tanggal terakhir libur" in page.text
    page = visitor.press("Mulai libur", {"Libur sampai tanggal": "2020-01-01"}, status=422)
    assert "dari hari ini sampai enam bulan lagi" in page.text
    day = (NOW + timedelta(days=20)).date()
    page = visitor.press(
        "Mulai libur", {"Libur sampai tanggal": day.isoformat(), "Pesan untuk pembeli": "Panen jagung"}
    )
    assert "Anda libur sampai" in page.text
    session.expire_all()
    assert (chair.producer.holiday_until, chair.producer.holiday_note) == (day, "Panen jagung")
    page = visitor.press("Akhiri libur")
    assert "Libur diakhiri" in page.text
    session.expire_all()
    assert chair.producer.holiday_until is None
    assert [event.what for event in session.query(Event).all()] == ["holiday", "holiday"]


def test_the_profile_is_written_and_read(session: Session, visitor: Visitor, chair: Member) -> None:
    visitor.get("/studio/profil")
    page = visitor.press(
        "Simpan profil",
        {
            "Cerita Anda": "Saya belajar dari ibu.", "Satu kalimat dari Anda": "Benang tidak pernah bohong.",
            "Sejak tahun": "1998", "Jumlah anggota": "14", "Nomor WhatsApp": "0812 3456 7890",
            "Tampilkan nomor WhatsApp": True,
        },
    )  # fmt: skip
    assert "Profil tersimpan" in page.text
    session.expire_all()
    group = chair.producer
    assert (group.story_id, group.since_year, group.member_count) == ("Saya belajar dari ibu.", 1998, 14)
    assert (group.phone, group.phone_public) == ("+6281234567890", True)
    page = visitor.press("Simpan profil", {"Tampilkan nomor WhatsApp": False})
    session.expire_all()
    assert group.phone_public is False


@pytest.mark.parametrize(
    ("label", "value", "sentence"),
    [
        ("Sejak tahun", "1200", "Isi angka bulat dari 1900"),
        ("Satu kalimat dari Anda", "x" * 241, "Paling banyak 240 huruf"),
        ("Nomor WhatsApp", "12", "Isi nomor WhatsApp, misalnya 0812 3456 7890"),
    ],
)
def test_a_profile_that_cannot_be_read_comes_back(
    session: Session, visitor: Visitor, chair: Member, label: str, value: str, sentence: str
) -> None:
    visitor.get("/studio/profil")
    page = visitor.press("Simpan profil", {label: value, "Cerita Anda": "Cerita baru"}, status=422)
    assert sentence in page.text
    assert value in [field.get("value") for field in page.html.xpath("//input")]
    session.expire_all()
    assert chair.producer.story_id == "Kami menenun sejak kecil."


def test_two_members_do_not_overwrite_each_others_words(
    session: Session, visitor: Visitor, chair: Member
) -> None:
    visitor.get("/studio/profil")
    chair.producer.story_id = "Cerita dari anggota lain."
    session.commit()
    page = visitor.press("Simpan profil", {"Cerita Anda": "Cerita saya."}, status=409)
    assert "Cerita dari anggota lain." in page.text
    assert "Cerita saya." in page.html.xpath("//textarea[@name='story_id']")[0].text
    visitor.press("Simpan profil")
    session.expire_all()
    assert chair.producer.story_id == "Cerita saya."


def test_a_portrait_comes_and_goes(session: Session, visitor: Visitor, chair: Member) -> None:
    visitor.get("/studio/profil")
    page = visitor.press(
        "Kirim foto", {"Tambah foto profil": (io.BytesIO(as_bytes(quarters(), "JPEG")), "kami.jpg")}
    )
    assert "Foto tersimpan." in page.text
    session.expire_all()
    assert chair.producer.photo_id is not None
    visitor.press("Hapus foto profil")
    session.expire_all()
    assert chair.producer.photo_id is None
    page = visitor.press("Kirim foto", {"Tambah foto profil": (io.BytesIO(b"bukan"), "x.txt")}, status=422)
    assert "Foto harus JPG" in page.text


@pytest.mark.parametrize(
    "address", ["/studio/profil", "/studio/profil/foto", "/studio/libur", "/studio/libur/akhiri"]
)
def test_rooms_doors_ask_for_sign_in(client: FlaskClient, app: Flask, address: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    assert "/masuk" in client.post(address).headers["Location"]


def test_a_group_takes_its_own_data_along(
    session: Session, visitor: Visitor, chair: Member, live: Listing, neighbour: Person
) -> None:
    live.revisions[0].title_id = "=HYPERLINK(0)"
    theirs = session.query(Member).filter_by(person_id=neighbour.id).one()
    factories.published(session, theirs.producer, neighbour, title_id="Bukan milik kami")
    asked(session, live, ago=timedelta(hours=3))
    works = table(visitor.client.get("/studio/unduh/karya.csv").text)
    assert [row["Nama karya"] for row in works] == ["'=HYPERLINK(0)"]
    assert works[0]["Harga (Rp)"] == "1350000"
    answer = visitor.client.get("/studio/unduh/pesanan.csv")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "+62812" not in answer.text
    assert [(row["Pembeli"], row["Tujuan"]) for row in table(answer.text)] == [("Dewi", "Denpasar")]


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
