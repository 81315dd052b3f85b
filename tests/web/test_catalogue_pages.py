"""The pages buyers look at: what stands on them, what never does, and what they cost."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from shop.actions import catalogue
from shop.extensions import db
from shop.models import Report
from tests import factories
from tests.bazaar import Bazaar, bazaar, publish, unseen
from tests.page import Page, Visitor

PUBLIC = (
    "/", "/karya", "/karya?q=tais", "/karya?q=rahasia", "/kerajinan/tenun-ikat", "/kerajinan/gerabah", "/perajin",
    "/perajin/kelompok-tenun-kmanek", "/karya/tais-lajur-merah", "/saran?q=rahas",
)  # fmt: skip


@pytest.fixture
def market(session: Session) -> Bazaar:
    return bazaar(session)


@pytest.fixture
def visitor(client: FlaskClient) -> Visitor:
    return Visitor(client)


def counted(app: Flask, do: Callable[[], object]) -> int:
    said: list[str] = []
    note = lambda *a: said.append(a[2])  # noqa: E731
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    do()
    event.remove(engine, "before_cursor_execute", note)
    return len([one for one in said if not one.startswith("BEGIN") and "catalogue_change" not in one])


def linked(page: Page) -> list[dict[str, object]]:
    return [json.loads(script.text) for script in page.html.xpath("//script[@type='application/ld+json']")]


def meta(page: Page, name: str) -> str:
    found = page.html.xpath(f"//meta[@property='{name}']/@content | //meta[@name='{name}']/@content")
    return str(found[0]) if found else ""


def test_every_page_stands_in_both_languages(visitor: Visitor, market: Bazaar) -> None:
    for address in PUBLIC:
        page = visitor.get(address)
        english = visitor.get("/en" + address)
        assert page.html.get("lang") == "id"
        assert english.html.get("lang") == "en"
        assert english.links("Indonesia") == [address]


def test_the_home_page_shows_works_crafts_a_maker_and_districts(
    visitor: Visitor, market: Bazaar, session: Session
) -> None:
    market.weavers.quote_id = "Kalau merahnya belum dalam, benang kembali ke periuk."
    catalogue.refresh_producer(session, market.weavers)
    session.commit()
    page = visitor.get("/")
    assert page.heading == "Tenun, meubel, gerabah, dan anyaman dari Belu"
    for words in (
        "7 karya dari 3 pembuat",
        "Segera hadir",
        "Lemari Dua Pintu",
        "Mulai Rp 5.400.000",
        "belum dalam",
    ):
        assert words in page.text, words
    assert page.links("Kakuluk Mesak") == ["/karya?kec=kakuluk-mesak"]
    assert not page.links("Gerabah")[2:], "an empty craft is not linked from its tile"


def test_an_empty_shop_still_opens(visitor: Visitor) -> None:
    for address in ("/", "/karya", "/kerajinan/meubel", "/perajin", "/karya?q=tais"):
        visitor.get(address)


def test_finding_by_need_keeps_everything_in_the_address(visitor: Visitor, market: Bazaar) -> None:
    page = visitor.get("/kerajinan/tenun-ikat")
    assert "3 karya dari 1 pembuat" in page.text
    page = visitor.press("Lihat 3 karya", {"Pewarna sintetis": True, "Sampai": "Rp 500 rb"})
    assert "Selendang Nila" in page.text
    assert "Tais Lajur Merah" not in page.text
    assert page.html.xpath("//form[@id='saring']//button")[0].text_content() == "Lihat 1 karya"
    assert meta(page, "robots") == "noindex, follow"
    without = page.links("Hapus saringan Sampai Rp 500.000")
    assert without == ["/kerajinan/tenun-ikat?pewarna=sintetis"]


def test_an_empty_list_names_the_filter_to_loosen(visitor: Visitor, market: Bazaar) -> None:
    page = visitor.get("/kerajinan/tenun-ikat?pewarna=alami&sampai=100000")
    assert "Yang membuat daftar kosong: Sampai Rp 100.000. Tanpa saringan itu ada 1 karya." in page.text
    assert page.links("Lihat 1 karya") == ["/kerajinan/tenun-ikat?pewarna=alami"]


def test_a_search_says_how_it_understood(visitor: Visitor, market: Bazaar) -> None:
    page = visitor.get("/karya?q=tanasek")
    assert "Mungkin maksud Anda ‘tanasak’" in page.text
    assert "Tanasak Bertutup" in page.text
    page = visitor.get("/karya?q=kmanek")
    assert page.links("Kelompok Tenun Kmanek") == ["/perajin/kelompok-tenun-kmanek"]
    page = visitor.get("/karya?q=xyzxyz")
    assert "Tidak ada karya untuk ‘xyzxyz’" in page.text
    assert page.links("Tanya Galeri")[0].startswith("https://wa.me/")


def test_what_people_type_is_text(visitor: Visitor, market: Bazaar) -> None:
    page = visitor.get("/karya?q=<script>alert(1)</script>")
    assert not page.html.xpath("//script[not(@type)]")
    assert "<script>alert" not in page.response.get_data(as_text=True)


def test_a_work_tells_everything_and_leads_to_its_maker(visitor: Visitor, market: Bazaar) -> None:
    page = visitor.get("/karya/tais-lajur-merah")
    assert page.heading == "Tais Lajur Merah"
    for words in ("Rp 1.350.000", "190 × 98 cm", "900 g, dikemas 35 × 30 × 6 cm", "Ikat (futus)", "Gedogan",
                  "Alami: mengkudu, loba", "Belah ketupat, menurut penenun", "Lolos kurasi 24 Nov 2026",
                  "Cuci dengan air dingin.", "Selendang Nila"):  # fmt: skip
        assert words in page.text, words
    assert page.links("Tentang perajin ini") == ["/perajin/kelompok-tenun-kmanek"]
    assert set(page.links("Beli sekarang")) == {"/beli?karya=tais-lajur-merah"}
    assert "/karya/tais-lajur-merah/tanya" in page.links("Tanya")
    photos = page.html.xpath("//div[@class='gallery__row']//a/@href")
    assert photos == [f"/karya/tais-lajur-merah/foto/{number}" for number in (1, 2, 3)]
    assert visitor.get(photos[1]).links("Foto berikutnya") == [photos[2]]
    visitor.get("/karya/tais-lajur-merah/foto/4", status=404)


def test_a_work_tells_machines_what_it_is(visitor: Visitor, market: Bazaar) -> None:
    page = visitor.get("/karya/tais-lajur-merah?utm=x")
    product, steps = linked(page)
    assert product["@type"] == "Product"
    assert product["offers"]["price"] == 1_350_000  # type: ignore[index]
    assert product["offers"]["availability"] == "https://schema.org/InStock"  # type: ignore[index]
    assert [step["name"] for step in steps["itemListElement"]] == [
        "Beranda",
        "Tenun ikat",
        "Tais Lajur Merah",
    ]  # type: ignore[index, union-attr]
    assert page.html.xpath("//link[@rel='canonical']/@href") == ["http://localhost/karya/tais-lajur-merah"]
    languages = {a.get("hreflang"): a.get("href") for a in page.html.xpath("//link[@rel='alternate']")}
    assert languages["en"] == "http://localhost/en/karya/tais-lajur-merah"
    assert languages["x-default"] == languages["id"] == "http://localhost/karya/tais-lajur-merah"
    assert meta(page, "og:image").endswith("-720.jpg")


def test_linked_data_cannot_break_out_of_its_script(
    visitor: Visitor, market: Bazaar, session: Session
) -> None:
    publish(session, market.weavers, market.weavers.members[0].person, title_id="</script><b>x", slug="jahat")
    session.commit()
    page = visitor.get("/karya/jahat")
    assert linked(page)[0]["name"] == "</script><b>x"


def test_offers_say_from_on_request_and_sold(visitor: Visitor, market: Bazaar) -> None:
    offers = {}
    for slug in ("lemari-dua-pintu", "kursi-makan", "tais-lumpur"):
        offers[slug] = linked(visitor.get(f"/karya/{slug}"))[0]["offers"]
    assert offers["lemari-dua-pintu"]["lowPrice"] == 5_400_000  # type: ignore[index]
    assert "price" not in offers["kursi-makan"]  # type: ignore[operator]
    assert offers["tais-lumpur"]["availability"] == "https://schema.org/SoldOut"  # type: ignore[index]


def test_a_sold_work_offers_a_similar_one(visitor: Visitor, market: Bazaar) -> None:
    page = visitor.get("/karya/tais-lumpur")
    assert page.links("Minta dibuatkan serupa")
    assert not page.links("Ajukan pesanan")
    assert "Terjual" in page.text


def test_a_maker_shows_works_and_then_those_that_are_sold(visitor: Visitor, market: Bazaar) -> None:
    page = visitor.get("/perajin/kelompok-tenun-kmanek")
    assert (
        page.text.index("Selendang Nila") < page.text.index("Sudah terjual") < page.text.index("Tais Lumpur")
    )
    assert "081234567890" not in page.text.replace("-", "")
    assert linked(page)[0]["@type"] == "Organization"


def test_a_maker_without_works_and_one_on_holiday(visitor: Visitor, market: Bazaar, session: Session) -> None:
    fresh = factories.producer(session, "Kelompok Baru", slug="kelompok-baru")
    catalogue.refresh_producer(session, fresh)
    market.weavers.holiday_until, market.weavers.holiday_note = date(2099, 1, 5), "Panen jagung."
    session.commit()
    assert "Karya pertama sedang dikurasi" in visitor.get("/perajin/kelompok-baru").text
    assert "Karya pertama sedang dikurasi" in visitor.get("/perajin").text
    page = visitor.get("/karya/tais-lajur-merah")
    assert "libur sampai 5 Januari 2099" in page.text
    assert "Panen jagung." in page.text


def test_what_is_not_published_stands_nowhere(visitor: Visitor, market: Bazaar, session: Session) -> None:
    slugs = unseen(session, market.weavers, market.weavers.members[0].person)
    applied = factories.producer(
        session, "Rahasia Kelompok", slug="rahasia-kelompok", status="applied", verified_at=None
    )
    catalogue.refresh_producer(session, applied)
    session.commit()
    for address in (*PUBLIC, "/karya?hal=2", "/karya?setelah=0_0"):
        body = visitor.get(address).response.get_data(as_text=True).replace("rahasia-kelompok", "")
        asked = address.partition("q=")[2]
        assert "Rahasia" not in body, address
        assert "rahasia-" not in body.replace(asked, ""), address
    assert [visitor.get(f"/karya/{slug}", status=410).links("Lihat karya lain dari") for slug in slugs] == [
        ["/perajin/kelompok-tenun-kmanek"]
    ] * len(slugs)
    visitor.get("/karya/rahasia-draft", status=404)
    visitor.get("/perajin/rahasia-kelompok", status=404)
    for door in ("foto/1", "lapor"):
        visitor.get(f"/karya/{slugs[0]}/{door}", status=410)


def test_a_suspended_maker_and_their_works_are_gone(
    visitor: Visitor, market: Bazaar, session: Session
) -> None:
    market.weavers.status, market.weavers.suspended_at = "suspended", factories.AT
    catalogue.refresh_producer(session, market.weavers)
    session.commit()
    visitor.get("/perajin/kelompok-tenun-kmanek", status=410)
    page = visitor.get("/karya/tais-lajur-merah", status=410)
    assert not page.links("Lihat karya lain dari")
    for address in ("/", "/karya", "/karya?q=tais", "/kerajinan/tenun-ikat", "/perajin"):
        assert "Kmanek" not in visitor.get(address).text


def test_a_visitor_reports_a_work_once(visitor: Visitor, market: Bazaar, session: Session) -> None:
    visitor.get("/karya/tais-lajur-merah/lapor")
    page = visitor.press("Kirim laporan", status=422)
    assert "Pilih apa yang menurut Anda tidak sesuai" in page.text
    page = visitor.press("Kirim laporan", {"Hal lain": True}, status=422)
    assert "Tulis apa yang tidak sesuai" in page.text
    page = visitor.press(
        "Kirim laporan", {"Cetakan atau buatan pabrik": True, "Keterangan (opsional)": "Kainnya dicetak."}
    )
    assert "Laporan terkirim" in page.text
    report = session.scalars(select(Report)).one()
    assert (report.reason, report.text) == ("printed", "Kainnya dicetak.")


def test_pages_cost_few_statements_whatever_the_number_of_works(
    app: Flask, client: FlaskClient, market: Bazaar, session: Session
) -> None:
    addresses = {
        "/": 3, "/karya": 2, "/kerajinan/tenun-ikat": 2, "/kerajinan/tenun-ikat?pewarna=alami&sampai=2000000": 3,
        "/kerajinan/tenun-ikat?pewarna=alami": 3,
        "/karya?q=tais": 5, "/karya?q=tanasek": 5,
        "/karya?q=tanasek&ada=siap&pewarna=alami": 4, "/karya/tais-lajur-merah": 3, "/perajin": 2,
        "/perajin/kelompok-tenun-kmanek": 2,
    }  # fmt: skip

    def costs() -> dict[str, int]:
        return {
            address: counted(app, lambda a=address: client.get(a, headers={"Cookie": "x=1"}))
            for address in addresses
        }  # type: ignore[misc]

    assert costs() == addresses
    for number in range(40):
        publish(session, market.weavers, market.weavers.members[0].person, title_id=f"Tais Nomor {number}")
    session.commit()
    assert costs() == addresses


def test_suggestions_come_as_links_and_as_json(visitor: Visitor, client: FlaskClient, market: Bazaar) -> None:
    assert visitor.get("/karya?q=tanas").links("tanasak") == ["/karya?q=tanasak"]
    assert visitor.get("/saran?q=tan").links("tanasak") == ["/karya?q=tanasak"]
    answer = client.get("/saran?q=tan", headers={"Accept": "application/json"})
    assert answer.json == [{"address": "/karya?q=tanasak", "words": "tanasak"}]
