"""The steps of the editor, by a visitor without script."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from shop.models import Decision, Listing, Member, Person, Revision
from tests import factories
from tests.factories import AT
from tests.page import Page, Visitor

# What the database must do stands in tests/actions and tests/queries, on both engines.
pytestmark = pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)
WORDS = ("foto", "nama", "ukuran", "bahan", "motif", "harga", "cerita", "periksa")


@pytest.fixture
def draft(session: Session, chair: Member) -> Listing:
    listing = factories.listing(session, chair.producer, chair.person)
    session.commit()
    return listing


@pytest.fixture
def live(session: Session, chair: Member) -> Listing:
    listing = factories.published(session, chair.producer, chair.person, price_idr=1_000_000)
    session.commit()
    return listing


def step(visitor: Visitor, listing: Listing, word: str, status: int = 200) -> Page:
    return visitor.get(f"/studio/karya/{listing.id}/{word}", status)


def stored(session: Session, listing: Listing) -> Revision:
    """The newest revision as it is committed."""
    session.expire_all()
    return listing.revisions[-1]


def test_every_step_shows_itself_in_both_languages(visitor: Visitor, draft: Listing, live: Listing) -> None:
    for listing in (draft, live):
        for word in WORDS:
            assert step(visitor, listing, word).status == 200
            assert visitor.get(f"/en/studio/karya/{listing.id}/{word}").html.get("lang") == "en"


def test_a_new_work_goes_from_its_first_step_to_the_check(
    session: Session, visitor: Visitor, chair: Member
) -> None:
    visitor.get("/studio")
    page = visitor.get("/studio/karya/baru")
    page = visitor.press("Mulai dengan foto")
    assert page.heading == "Foto"
    assert page.address.endswith("/foto")
    listing = session.query(Listing).one()
    step(visitor, listing, "nama")
    page = visitor.press("Simpan dan lanjut", {"Nama karya": "Tais Fitun", "Jenis karya": "Tais mane"})
    assert page.heading == "Ukuran dan berat kirim"
    page = visitor.press(
        "Simpan dan lanjut",
        {
            "Panjang (cm)": "190", "Lebar (cm)": "98", "Berat kirim (kg)": "1,2", "Panjang paket (cm)": "35",
            "Lebar paket (cm)": "30", "Tinggi paket (cm)": "6",
        },
    )  # fmt: skip
    assert page.heading == "Bahan, teknik, pewarna"
    page = visitor.press(
        "Simpan dan lanjut",
        {
            "Kapas": True,
            "Ikat (futus)": True,
            "Pewarna alami": True,
            "Gedogan": True,
            "Lembar yang dijahit": "2",
        },
    )
    assert page.heading == "Nama motif"
    page = visitor.press("Simpan dan lanjut", {"Nama motif": "Belah ketupat", "Menurut siapa": "penenun"})
    assert page.heading == "Harga"
    page = visitor.press("Simpan dan lanjut", {"Harga (Rp)": "Rp1,25 jt"})
    assert page.heading == "Cerita"
    page = visitor.press("Simpan dan lanjut", {"Apa barang ini": "Kain untuk upacara."})
    assert page.heading == "Periksa dan kirim"
    assert "Tambahkan foto: Sisi balik" in page.text
    revision = stored(session, listing)
    assert (revision.title_id, revision.kind, revision.weight_g, revision.price_idr) == (
        "Tais Fitun", "tais-mane", 1200, 1_250_000,
    )  # fmt: skip
    assert revision.attributes == {"loom": "gedogan", "panels": 2}
    assert (listing.status, listing.price_idr) == ("draft", 1_250_000)


def test_each_step_asks_for_sign_in(client: FlaskClient, draft: Listing) -> None:
    for word in ("", *(f"/{word}" for word in WORDS)):
        answer = client.get(f"/studio/karya/{draft.id}{word}")
        assert answer.status_code == 302
        assert "/masuk" in answer.headers["Location"]


def test_a_neighbour_finds_nothing(
    client: FlaskClient, session: Session, neighbour: Person, draft: Listing
) -> None:
    other = Visitor(client).signed_in(session, neighbour)
    for word in ("", *(f"/{word}" for word in WORDS)):
        other.get(f"/studio/karya/{draft.id}{word}", 404)


@pytest.mark.parametrize("word", ["tidak-ada", "kirim"])
def test_a_step_that_is_none_is_not_there(visitor: Visitor, draft: Listing, word: str) -> None:
    step(visitor, draft, word, 404)


def test_only_cloth_has_a_motif_step(session: Session, visitor: Visitor, chair: Member) -> None:
    chair_ = factories.listing(
        session, chair.producer, chair.person, craft="meubel", kind="kursi", motif_name="", attributes={}
    )
    session.commit()
    step(visitor, chair_, "motif", 404)
    assert "Langkah 2 dari 7" in step(visitor, chair_, "nama").text
    assert "Finishing" in step(visitor, chair_, "bahan").text


@pytest.mark.parametrize(
    ("word", "typed", "sentence"),
    [
        ("nama", {"Nama karya": "x" * 81}, "Paling banyak 80 huruf"),
        ("ukuran", {"Panjang (cm)": "seratus"}, "Isi angka bulat dari 1 sampai 1000"),
        ("ukuran", {"Panjang (cm)": "0"}, "Isi angka bulat dari 1 sampai 1000"),
        ("ukuran", {"Berat kirim (kg)": "berat"}, "Isi berat dalam kg, misalnya 1,2"),
        ("bahan", {"Lembar yang dijahit": "7"}, "Isi angka bulat dari 1 sampai 6"),
        ("motif", {"Nama motif": "x" * 81}, "Paling banyak 80 huruf"),
        ("harga", {"Harga (Rp)": "murah"}, "Harga harus angka, misalnya 1.250.000"),
        ("harga", {"Satu-satunya": True, "Stok": "3"}, "Karya satu-satunya mempunyai stok 0 atau 1"),
        ("harga", {"Panjang dari (cm)": "100"}, "Isi batas bawah dan batas atas"),
        (
            "harga",
            {"Panjang dari (cm)": "300", "Panjang sampai (cm)": "100"},
            "Batas atas lebih kecil daripada batas bawah",
        ),
        ("cerita", {"Apa barang ini": "x" * 2001}, "Paling banyak 2000 huruf"),
    ],
)
def test_what_cannot_be_read_comes_back_with_its_sentence(
    session: Session, visitor: Visitor, draft: Listing, word: str, typed: dict[str, Any], sentence: str
) -> None:
    before = stored(session, draft).version
    step(visitor, draft, word)
    page = visitor.press("Simpan dan lanjut", typed, status=422)
    assert sentence in page.text
    kept = [value for value in typed.values() if isinstance(value, str)]
    inputs = [field.get("value") or field.text or "" for field in page.html.xpath("//input|//textarea")]
    assert all(any(value == text.strip() for text in inputs) for value in kept)
    assert stored(session, draft).version == before


def test_two_devices_read_of_each_other(session: Session, visitor: Visitor, draft: Listing) -> None:
    step(visitor, draft, "motif")
    revision = stored(session, draft)
    revision.motif_name = "Toke"
    session.commit()
    page = visitor.press("Simpan dan lanjut", {"Nama motif": "Sasuit"}, status=409)
    assert "berubah sementara Anda bekerja" in page.text
    assert "Nama motif: Toke" in page.text
    assert page.html.xpath("//input[@name='motif_name']")[0].get("value") == "Sasuit"
    assert stored(session, draft).motif_name == "Toke"
    assert visitor.press("Simpan dan lanjut").heading == "Harga", "saving again takes what was typed"
    assert stored(session, draft).motif_name == "Sasuit"


def test_terms_too_are_not_overwritten_unseen(session: Session, visitor: Visitor, live: Listing) -> None:
    step(visitor, live, "harga")
    live.stock = 7
    session.commit()
    page = visitor.press("Simpan dan lanjut", {"Stok": "3"}, status=409)
    assert "Stok: 7" in page.text
    visitor.press("Simpan dan lanjut")
    session.expire_all()
    assert live.stock == 3


def test_a_work_taken_by_a_curator_meanwhile_keeps_what_was_typed(
    session: Session, visitor: Visitor, draft: Listing
) -> None:
    step(visitor, draft, "motif")
    draft.status = draft.revisions[0].status = "submitted"
    draft.revisions[0].submitted_at = AT
    session.commit()
    page = visitor.press("Simpan dan lanjut", {"Nama motif": "Sasuit"}, status=409)
    assert page.html.xpath("//input[@name='motif_name']")[0].get("value") == "Sasuit"
    assert stored(session, draft).motif_name == "Belah ketupat"


def test_the_script_saves_in_passing(session: Session, visitor: Visitor, draft: Listing) -> None:
    page = step(visitor, draft, "motif")
    fields = {field.name: field.value for field in page.html.forms[0].inputs if field.name}
    fields |= {"motif_name": "Sasuit"}
    address, asks = f"/studio/karya/{draft.id}/motif", {"Accept": "application/json"}
    answer = visitor.client.post(address, data=fields, headers=asks)
    assert answer.status_code == 200
    assert re.fullmatch(r"Tersimpan \d\d\.\d\d WITA", answer.json["saved"])
    again = visitor.client.post(
        address, data=fields | {"motif_name": "Toke", "seen": answer.json["seen"]}, headers=asks
    )
    assert again.status_code == 200
    assert stored(session, draft).motif_name == "Toke"
    stale = visitor.client.post(address, data=fields | {"motif_name": "Karau"}, headers=asks)
    assert stale.status_code == 409
    long = visitor.client.post(address, data=fields | {"motif_name": "x" * 99}, headers=asks)
    assert (long.status_code, list(long.json["errors"])) == (422, ["motif_name"])


def test_the_helper_reckons_a_price_and_saves_nothing(
    session: Session, visitor: Visitor, draft: Listing
) -> None:
    step(visitor, draft, "harga")
    page = visitor.press(
        "Hitung",
        {"Bahan (Rp)": "200.000", "Hari kerja": "10", "Upah sehari (Rp)": "75 rb", "Stok": "4"},
    )
    assert "Usulan: Rp 1.045.000" in page.text
    page = visitor.press("Pakai harga ini")
    assert page.html.xpath("//input[@name='price']")[0].get("value") == "1.045.000"
    assert page.html.xpath("//input[@name='stock']")[0].get("value") == "4", "what was typed stays"
    assert stored(session, draft).price_idr == 1_350_000
    visitor.press("Simpan dan lanjut")
    assert stored(session, draft).price_idr == 1_045_000


def test_making_to_order_keeps_lead_time_and_limits(
    session: Session, visitor: Visitor, draft: Listing
) -> None:
    step(visitor, draft, "harga")
    visitor.press(
        "Simpan dan lanjut",
        {
            "Dibuat sesuai pesanan": True, "Mulai dari": True, "Lama pengerjaan (hari)": "30",
            "Panjang dari (cm)": "150", "Panjang sampai (cm)": "300",
        },
    )  # fmt: skip
    session.expire_all()
    assert (draft.availability, draft.lead_time_days, draft.price_kind) == ("made_to_order", 30, "from")
    assert draft.size_limits == {"length_cm": [150, 300]}


def test_editing_a_live_work_says_that_it_becomes_a_revision(
    session: Session, visitor: Visitor, live: Listing
) -> None:
    page = step(visitor, live, "nama")
    assert "Perubahan Anda menjadi revisi" in page.text
    visitor.press("Simpan dan lanjut", {"Nama karya": "Judul baru"})
    assert stored(session, live).number == 2
    assert live.live_revision is not None
    assert (live.live_revision.title_id, live.status) == ("Tais Lajur Merah", "published")
    page = visitor.get(f"/studio/karya/{live.id}")
    assert "Revisi: Draf" in page.text
    visitor.press("Buang perubahan")
    assert "Revisi" not in visitor.get(f"/studio/karya/{live.id}").text


def test_a_small_price_step_applies_and_a_far_one_waits(
    session: Session, visitor: Visitor, live: Listing
) -> None:
    step(visitor, live, "harga")
    page = visitor.press("Simpan dan lanjut", {"Harga (Rp)": "1.100.000", "Stok": "5"})
    assert "Perubahan langsung berlaku" in page.text
    step(visitor, live, "harga")
    page = visitor.press("Simpan dan lanjut", {"Harga (Rp)": "2.000.000"})
    assert "Harga baru menunggu kurasi" in page.text
    session.expire_all()
    assert (live.price_idr, live.stock, live.revisions[1].price_idr) == (1_100_000, 5, 2_000_000)


def test_stock_can_be_changed_while_a_revision_is_reviewed(
    session: Session, visitor: Visitor, live: Listing
) -> None:
    step(visitor, live, "nama")
    visitor.press("Simpan dan lanjut", {"Nama karya": "Judul baru"})
    step(visitor, live, "periksa")
    visitor.press("Kirim untuk dikurasi")
    assert not step(visitor, live, "nama").html.xpath("//button[contains(., 'Simpan dan lanjut')]")
    step(visitor, live, "harga")
    visitor.press("Simpan dan lanjut", {"Stok": "0"})
    session.expire_all()
    assert (live.stock, live.revisions[1].status) == (0, "submitted")


def test_another_craft_is_chosen_with_its_kind(session: Session, visitor: Visitor, chair: Member) -> None:
    chair.producer.crafts.append(type(chair.producer.crafts[0])(craft="anyaman"))
    draft = factories.listing(session, chair.producer, chair.person)
    session.commit()
    step(visitor, draft, "nama")
    visitor.press("Simpan dan lanjut", {"Jenis karya": "Tanasak"})
    revision = stored(session, draft)
    assert (revision.craft, revision.kind, revision.material) == ("anyaman", "tanasak", None)


def test_a_craft_of_somebody_else_is_no_choice(session: Session, visitor: Visitor, draft: Listing) -> None:
    page = step(visitor, draft, "nama")
    fields = {field.name: field.value for field in page.html.forms[0].inputs if field.name}
    answer = visitor.client.post(f"/studio/karya/{draft.id}/nama", data=fields | {"kind": "meubel/kursi"})
    assert answer.status_code == 422
    assert stored(session, draft).craft == "tenun-ikat"


def test_the_curators_reasons_stand_on_the_step_they_concern(
    session: Session, visitor: Visitor, chair: Member
) -> None:
    listing = factories.listing(session, chair.producer, chair.person, status="changes_requested")
    session.add(
        Decision(
            listing_id=listing.id, revision_id=listing.revisions[0].id, curator_id=factories.curator(session).id,
            kind="request_changes", at=AT, codes=["F2", "H1"], note="Tinggal dua hal kecil.",
            internal_note="Rahasia kurator",
        )
    )  # fmt: skip
    session.commit()
    assert "Foto sisi balik belum ada." in step(visitor, listing, "foto").text
    assert "Balik kainnya" in step(visitor, listing, "foto").text
    assert "Harga belum dihitung" in step(visitor, listing, "harga").text
    assert "Foto sisi balik belum ada." not in step(visitor, listing, "cerita").text
    page = visitor.get(f"/studio/karya/{listing.id}")
    assert "Tinggal dua hal kecil." in page.text
    assert "Rahasia" not in page.text
    assert page.links("Perbaiki")


def test_submitting_an_incomplete_work_points_to_each_step(
    session: Session, visitor: Visitor, chair: Member
) -> None:
    draft = factories.listing(session, chair.producer, chair.person, title_id="", weight_g=None)
    session.commit()
    step(visitor, draft, "periksa")
    page = visitor.press("Kirim untuk dikurasi", status=422)
    summary = page.html.xpath("//*[@class='error-summary']")[0].text_content()
    assert "Isi nama karya" in summary
    assert "Isi berat kirim" in summary
    targets = [a.get("href")[1:] for a in page.html.xpath("//*[@class='error-summary']//a")]
    assert all(page.html.xpath(f"//*[@id='{target}']") for target in targets)


def test_sandalwood_is_told_before_sending(session: Session, visitor: Visitor, chair: Member) -> None:
    draft = factories.listing(session, chair.producer, chair.person, title_id="Kotak Cendana")
    session.commit()
    assert "surat asal bahan" in step(visitor, draft, "periksa").text


def test_what_people_write_is_text(session: Session, visitor: Visitor, chair: Member) -> None:
    draft = factories.listing(
        session, chair.producer, chair.person, title_id="<script>alert(1)</script>", story="<b>tebal</b>"
    )
    session.commit()
    for word in ("nama", "cerita", "periksa"):
        assert not step(visitor, draft, word).html.xpath("//main//b[text()='tebal']|//script[text()]")
